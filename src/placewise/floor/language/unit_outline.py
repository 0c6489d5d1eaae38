"""A question about a unit laid out as a list, as outline.py does with a question about people."""

from collections.abc import Mapping
from dataclasses import dataclass

from placewise.floor.language.describe import NO_TITLES
from placewise.floor.language.describe_units import describe_unit_question
from placewise.floor.language.units import AllOfUnit, AnyOfUnit, EveryUnit, NotOfUnit, UnitNode, inside_unit


@dataclass(frozen=True, slots=True)
class UnitPart:
    """As a Part of outline.py, of a question about a unit."""

    depth: int
    node: UnitNode
    told: str


def outline_unit_question(
    node: UnitNode, titles: Mapping[str, str] = NO_TITLES, depth: int = 0
) -> tuple[UnitPart, ...]:
    """Every part, outermost first; nothing where it asks nothing."""
    below = inside_unit(node)
    told = describe_unit_question(node, titles)
    match node:
        case EveryUnit():
            return ()
        case AllOfUnit():
            told = "all of these"
        case AnyOfUnit():
            told = "any of these"
        case NotOfUnit(AllOfUnit() | AnyOfUnit()):
            told = "not this"
        case NotOfUnit(inner):  # "not (it lasted 62 days or less)" says it in one line
            below = inside_unit(inner)
    inner_parts = (part for each in below for part in outline_unit_question(each, titles, depth + 1))
    return (UnitPart(depth, node, told), *inner_parts)
