"""Who has what, since when: each register of each programme as a word a person."""
