"""The benchmark: how fast Placewise is on this machine, and how much faster or slower than its peers, in one run.

`make bench` runs `python -m bench`, which writes docs/benchmarks.md and docs/benchmarks.json.
"""
