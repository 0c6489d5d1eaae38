"""A question in plain English, for the page beside the figure."""

from collections.abc import Mapping

from placewise.floor.language.comparison import RECORDED, Comparison
from placewise.floor.language.nodes import (
    Age,
    Alive,
    AllOf,
    Anchor,
    AnyOf,
    Began,
    Count,
    Earliest,
    Ended,
    Has,
    In,
    Latest,
    Node,
    Not,
    Nth,
    OnMedicine,
    Ordered,
    Reading,
    Registered,
    Resolved,
    Sex,
    Value,
)
from placewise.floor.language.period import FinancialYear, Period

_DENIED = {
    "has a record": "has no record",
    "has a reading": "has no reading",
    "has any reading": "has no reading",
    "has as latest reading": "does not have as latest reading",
    "has had ": "has not had ",
    "had ": "did not have ",
    "is ": "is not ",
    "takes ": "does not take ",
    "was ": "was not ",
}
"""How a clause begins -> how it begins when it is denied. Every clause about a person begins with one of these."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NO_TITLES: Mapping[str, str] = {}


def describe(node: Node, titles: Mapping[str, str] = NO_TITLES) -> str:
    """The question as a clause about a person: "is on the register "af" and is aged 14 or more".

    titles: what to call code lists and registers, by name; a name without a title stands for itself.
    """

    def name(slug: str) -> str:
        return _name(slug, titles)

    match node:
        case AllOf(nodes):
            return _joined(nodes, " and ", titles)
        case AnyOf(nodes):
            return _joined(nodes, " or ", titles)
        case Not(inner):
            return deny(inner, titles)
        case Began(inner, since):
            return f"is now, unlike {since} before, someone who {_bracketed(inner, titles)}"
        case Ended(inner, since):
            return f"is now, unlike {since} before, someone who {deny(inner, titles)}"
        case In(register):
            return f"is on the register {name(register)}"
        case Has(codes, within, resolving):
            unless = f", no later {name(resolving)}" if resolving else ""
            return f"has a record of {name(codes)}{_in(within)}{unless}"
        case Resolved(codes, by):
            return f"has had {name(codes)} resolved by a later {name(by)}"
        case Ordered(codes, after, before, near, within):
            return f"has a record of {name(codes)}{_in(within)}{_order(after, before, near, titles)}"
        case Latest(readings, within):
            if all(comparison.symbol == RECORDED for each in readings for _, comparison in each.parts):
                return f"has a reading{_in(within)} of {', or of '.join(_names(each, titles) for each in readings)}"
            asked = ", or ".join(_reading(each, titles) for each in readings)
            return f"has as latest reading{_in(within)} {asked}"
        case Value(codes, comparison, within):
            return f"has any reading{_in(within)} of {name(codes)}{_compared(comparison)}"
        case Nth(codes, n, asked, within):
            counted = f"record ever of {name(codes)}" if asked is None else f"reading ever of {name(codes)}"
            return f"had the {_ordinal(n)} {counted}{_in(within)}{_compared(asked)}"
        case Earliest(codes, among):
            others = ", ".join(name(each) for each in among if each != codes)
            return f"was first recorded by {name(codes)}, before {others}"
        case OnMedicine(codes, within, grace, carried_over):
            if within is not None:
                return f"was issued {name(codes)}{_in(within)}"
            carried = ", early supplies carried over" if carried_over else ""
            return f"takes {name(codes)}{carried}" + (f", with {grace} of grace after each supply" if grace else "")
        case Count(codes, at_least, within):
            return f"has a record of {name(codes)} on {at_least} or more days{_in(within)}"
        case Age(years):
            return f"is aged {years.in_words}"
        case Sex(sex):
            return f"is recorded as {sex.replace('_', ' ')}"
        case Alive():
            return "is alive"
        case Registered():
            return "is alive and registered with a practice"


def deny(node: Node, titles: Mapping[str, str] = NO_TITLES) -> str:
    """The clause that a question does not hold: "is not on the register "af""."""
    told = describe(node, titles)
    match node:
        case Not(inner):
            return describe(inner, titles)
        case AllOf() | AnyOf() | Registered():
            return f"not ({told})"
        case Count(codes, at_least, within):
            return f"has a record of {_name(codes, titles)} on fewer than {at_least} days{_in(within)}"
    verb = next(verb for verb in _DENIED if told.startswith(verb))
    return _DENIED[verb] + told.removeprefix(verb)


def _joined(nodes: tuple[Node, ...], word: str, titles: Mapping[str, str]) -> str:
    return word.join(_bracketed(each, titles) for each in nodes)


def _bracketed(node: Node, titles: Mapping[str, str]) -> str:
    told = describe(node, titles)
    return f"({told})" if isinstance(node, AllOf | AnyOf) else told


def _order(after: Anchor | None, before: Anchor | None, near: Period | None, titles: Mapping[str, str]) -> str:
    """What stands after the event's name: which others it comes after and before, and how near."""
    words = []
    if after is not None:
        words.append(f"on or after the day of {_anchor(after, titles)}{_near(near)}")
    if before is not None:
        words.append(f"before the day of {_anchor(before, titles)}{_near(near if after is None else None)}")
    return ", " + ", and ".join(words)


def _anchor(anchor: Anchor, titles: Mapping[str, str]) -> str:
    return f"the {'latest' if anchor.nth is None else _ordinal(anchor.nth)} {_name(anchor.codes, titles)}"


def _near(near: Period | None) -> str:
    if near is None:
        return ""
    return ", in the same financial year" if isinstance(near, FinancialYear) else f", within {near} of it"


def _ordinal(n: int) -> str:
    """ "first", "tenth", "11th", "22nd"."""
    if n <= len(_ORDINALS):
        return _ORDINALS[n - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}th" if n % 100 in (11, 12, 13) else f"{n}{ending}"


def _names(reading: Reading, titles: Mapping[str, str]) -> str:
    return " with ".join(_name(codes, titles) for codes, _ in reading.parts)


def _reading(reading: Reading, titles: Mapping[str, str]) -> str:
    return " with ".join(f"{_name(codes, titles)} {comparison.in_words}" for codes, comparison in reading.parts)


def _name(slug: str, titles: Mapping[str, str]) -> str:
    return f"“{titles.get(slug, slug.replace('_', ' '))}”"


def _compared(comparison: Comparison | None) -> str:
    return "" if comparison is None or comparison.symbol == RECORDED else f", {comparison.in_words}"


def _in(period: Period | None) -> str:
    if period is None:
        return ""
    return " in the financial year so far" if isinstance(period, FinancialYear) else f" in the last {period}"
