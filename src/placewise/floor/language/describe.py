"""A question in plain English, for the page beside the figure."""

from collections.abc import Mapping

from placewise.floor.language.comparison import RECORDED
from placewise.floor.language.nodes import (
    Age,
    AllOf,
    AnyOf,
    Count,
    Earliest,
    Has,
    In,
    Latest,
    Node,
    Not,
    OnMedicine,
    Reading,
    Registered,
    Sex,
)
from placewise.floor.language.period import FinancialYear, Period

_DENIED = {
    "has a record": "has no record",
    "has a reading": "has no reading",
    "is ": "is not ",
    "takes ": "does not take ",
    "was ": "was not ",
}
NO_TITLES: Mapping[str, str] = {}


def describe(node: Node, titles: Mapping[str, str] = NO_TITLES) -> str:
    """The question as a clause about a person: "is on the register "af" and is aged 14 or more".

    titles: what to call code lists and registers, by name; a name without a title stands for itself.
    """

    def name(slug: str) -> str:
        return f"“{titles.get(slug, slug.replace('_', ' '))}”"

    match node:
        case AllOf(nodes):
            return _joined(nodes, " and ", titles)
        case AnyOf(nodes):
            return _joined(nodes, " or ", titles)
        case Not(inner):
            return _denied(inner, titles)
        case In(register):
            return f"is on the register {name(register)}"
        case Has(codes, within, resolving):
            unless = f", no later {name(resolving)}" if resolving else ""
            return f"has a record of {name(codes)}{_in(within)}{unless}"
        case Latest(readings, within):
            if all(comparison.symbol == RECORDED for each in readings for _, comparison in each.parts):
                return f"has a reading{_in(within)} of {', or of '.join(_names(each, titles) for each in readings)}"
            asked = ", or ".join(_reading(each, titles) for each in readings)
            return f"has as latest reading{_in(within)} {asked}"
        case Earliest(codes, among):
            others = ", ".join(name(each) for each in among if each != codes)
            return f"was first recorded by {name(codes)}, before {others}"
        case OnMedicine(codes, within):
            return f"takes {name(codes)}" if within is None else f"was issued {name(codes)}{_in(within)}"
        case Count(codes, at_least, within):
            return f"has a record of {name(codes)} on {at_least} or more days{_in(within)}"
        case Age(years):
            return f"is aged {years.in_words}"
        case Sex(sex):
            return f"is recorded as {sex.replace('_', ' ')}"
        case Registered():
            return "is alive and registered with a practice"


def _denied(node: Node, titles: Mapping[str, str]) -> str:
    """That a question does not hold: by its verb where it begins with one."""
    told = describe(node, titles)
    if isinstance(node, AllOf | AnyOf):
        return f"not ({told})"
    for verb, denied in _DENIED.items():
        if told.startswith(verb):
            return denied + told.removeprefix(verb)
    return f"not: {told}"


def _joined(nodes: tuple[Node, ...], word: str, titles: Mapping[str, str]) -> str:
    return word.join(
        f"({describe(each, titles)})" if isinstance(each, AllOf | AnyOf) else describe(each, titles) for each in nodes
    )


def _names(reading: Reading, titles: Mapping[str, str]) -> str:
    return " with ".join(f"“{titles.get(codes, codes.replace('_', ' '))}”" for codes, _ in reading.parts)


def _reading(reading: Reading, titles: Mapping[str, str]) -> str:
    return " with ".join(
        f"“{titles.get(codes, codes.replace('_', ' '))}” {comparison.in_words}" for codes, comparison in reading.parts
    )


def _in(period: Period | None) -> str:
    if period is None:
        return ""
    return " in the financial year so far" if isinstance(period, FinancialYear) else f" in the last {period}"
