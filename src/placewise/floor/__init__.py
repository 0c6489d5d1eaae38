"""The floor under every room: language, timeline, statistics, vocabulary, files written whole and faults told."""
