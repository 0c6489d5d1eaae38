"""What may be decided, by whom and on what: pure functions over plain values, without Django."""
