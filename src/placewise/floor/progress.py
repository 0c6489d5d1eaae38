"""How long work tells how far it has come. The core never prints: whoever starts the work listens."""

from collections.abc import Callable

Report = Callable[[str, float], None]
"""Told what is being done, and the share of the whole that is done, 0 to 1."""


def quiet(told: str, share: float) -> None:
    """Nobody listens."""


def part_of(report: Report, start: float, stop: float) -> Report:
    """A report of one part of the work as its share of the whole."""
    return lambda told, share: report(told, start + (stop - start) * share)
