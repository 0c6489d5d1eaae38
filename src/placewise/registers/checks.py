"""What must hold of registers."""

from collections.abc import Mapping

from placewise.floor.checking import Check, hold
from placewise.floor.timeline.window import Window, Words

ROOM = "registers"


def check_registers(registers: Mapping[str, Words], people: int, window: Window) -> tuple[Check, ...]:
    """Raises FaultsFound unless every register has a word for each person and sets no month outside the window."""
    for slug, words in registers.items():
        hold(ROOM, "everyone is answered for", len(words) == people, f"{slug} has {len(words)} words, not {people}.")
        hold(ROOM, "no month outside the window", not (words & ~window.full_word).any(), f"{slug} has one.")
    return (
        hold(ROOM, "everyone is answered for", True, "Every register answers for everyone."),
        hold(ROOM, "no month outside the window", True, "Every register keeps to its months."),
    )
