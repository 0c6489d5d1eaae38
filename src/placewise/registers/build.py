"""Answer every register."""

from collections.abc import Iterable

from placewise.floor.language.nodes import In
from placewise.floor.timeline.kernel import Answers
from placewise.registers.contract import Registers


def build_registers(registers: Iterable[str], answers: Answers) -> Registers:
    """Register -> its words. answers: knows their definitions, none of which rests on itself (read_programmes)."""
    return {slug: answers.of(In(slug)) for slug in registers}
