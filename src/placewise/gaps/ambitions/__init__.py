"""What a system promised of itself, target by target: how each is judged, and what became of it."""
