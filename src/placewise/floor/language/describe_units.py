"""Units, and questions about them, in plain English."""

from collections.abc import Mapping

from placewise.floor.language.describe import NO_TITLES, describe
from placewise.floor.language.units import (
    AllOfUnit,
    AnyOfUnit,
    During,
    Each,
    EndedBy,
    EveryUnit,
    Lasted,
    NotOfUnit,
    OfPerson,
    Unit,
    UnitNode,
    When,
)

WHEN: Mapping[When, str] = {
    "starts": "that began in the month",
    "ends": "that ended in the month",
    "open": "open at the end of the month",
}


def describe_when(when: When, period: str) -> str:
    """WHEN, where months are added up: "that began in the 12 months". period: what stands in place of the month."""
    return WHEN[when].replace("in the month", f"in the {period}")


def describe_unit(unit: Unit, titles: Mapping[str, str] = NO_TITLES) -> str:
    """As a phrase: "from “Referral” to “Treatment”, 2 years at most"."""
    if isinstance(unit, Each):
        return f"each record of {_name(unit.codes, titles)}"
    first = "the first ever " if unit.first_ever else ""
    return f"from {first}{_name(unit.start, titles)} to {_name(unit.end, titles)}, {unit.longest} at most"


def describe_unit_question(node: UnitNode, titles: Mapping[str, str] = NO_TITLES) -> str:
    """As a clause about it: "it lasted 62 days or less". Empty where it asks nothing."""
    match node:
        case EveryUnit():
            return ""
        case Lasted(days):
            return f"it lasted {_days(days.in_words)}"
        case During(codes):
            return f"{_name(codes, titles)} was recorded while it lasted"
        case EndedBy(codes):
            return f"it ended with {_name(codes, titles)}"
        case OfPerson(inner):
            return f"its person {describe(inner, titles)}"
        case NotOfUnit(inner):
            return f"not ({describe_unit_question(inner, titles) or 'each'})"
        case AllOfUnit(nodes):
            return " and ".join(_bracketed(each, titles) for each in nodes)
        case AnyOfUnit(nodes):
            return " or ".join(_bracketed(each, titles) for each in nodes)


def _days(compared: str) -> str:
    """ "62 or less" as "62 days or less"."""
    number, either, rest = compared.partition(" or ")
    return f"{number} days{either}{rest}"


def _bracketed(node: UnitNode, titles: Mapping[str, str]) -> str:
    told = describe_unit_question(node, titles) or "each"
    return f"({told})" if isinstance(node, AllOfUnit | AnyOfUnit) else told


def _name(slug: str, titles: Mapping[str, str]) -> str:
    return f"“{titles.get(slug, slug.replace('_', ' '))}”"
