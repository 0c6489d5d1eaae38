"""Published files in: each read once, checked, counted and kept as it was published."""
