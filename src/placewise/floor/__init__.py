"""The floor under every room: language, timeline, statistics, vocabulary, and how files are written and faults are told."""
