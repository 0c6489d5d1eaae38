"""The parts of the benchmark: each does its work, checks that it is right, and tells its rows."""
