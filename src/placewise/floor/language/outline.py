"""A question laid out as a list: each part on its own line, and what is inside it on the lines below."""

from collections.abc import Mapping
from dataclasses import dataclass

from placewise.floor.language.describe import NO_TITLES, describe
from placewise.floor.language.names import inside
from placewise.floor.language.nodes import AllOf, AnyOf, In, Node, Not

CLOSED: Mapping[str, Node] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question. depth: 0 for the question itself, 1 for what is inside it; told: the part by itself."""

    depth: int
    node: Node
    told: str


def outline(
    node: Node, titles: Mapping[str, str] = NO_TITLES, registers: Mapping[str, Node] = CLOSED, depth: int = 0
) -> list[Part]:
    """Every part, outermost first. registers: those to open, so that what a register asks stands below its name."""
    below = inside(node)
    told = describe(node, titles)
    match node:
        case AllOf():
            told = "all of these"
        case AnyOf():
            told = "any of these"
        case Not(AllOf() | AnyOf()):
            told = "not this"
        case Not(inner):  # "has no record of" says it in one line
            below = _below(inner, registers)
        case In():
            below = _below(node, registers)
    return [Part(depth, node, told), *(part for each in below for part in outline(each, titles, registers, depth + 1))]


def _below(node: Node, registers: Mapping[str, Node]) -> tuple[Node, ...]:
    if isinstance(node, In):
        return (registers[node.register],) if node.register in registers else ()
    return inside(node)
