"""Other ways to count what bench.hypertension counts, each as well as we can write it."""
