"""Answer every register once, the ones that others rest on first."""

from collections.abc import Mapping
from graphlib import TopologicalSorter

from placewise.floor.language.names import registers as named_registers
from placewise.floor.language.nodes import Node
from placewise.floor.timeline.events import Events
from placewise.floor.timeline.kernel import evaluate
from placewise.floor.timeline.window import Window
from placewise.registers.contract import Registers


def build_registers(definitions: Mapping[str, Node], events: Events, window: Window) -> Registers:
    """Register -> its words. Raises graphlib.CycleError if registers rest on each other in a circle, which
    read_programmes refuses first."""
    order = TopologicalSorter({slug: named_registers(node) for slug, node in definitions.items()}).static_order()
    answered: Registers = {}
    for slug in order:
        answered |= evaluate({slug: definitions[slug]}, events, window, answered)
    return answered
