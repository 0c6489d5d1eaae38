"""Read delegation.csv: who decides which function in which place, up to which amount and until when.

Columns: function (a slug of instruments.yaml), place (a code of the second level of organisations.csv, also one that
has left, or the code at the top for every place), decider and above (slugs of bodies.yaml; above: who decides beyond
the limit, or empty), limit_pounds (a whole number, or empty for none), starts_on and expires_on (YYYY-MM-DD, both
included; expires_on may be empty), synthetic (yes: invented for a demonstration), source.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placewise.floor.csv_rows import find_rows
from placewise.floor.faults import Fault, nearest
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.vocabulary.partnership import Body

COLUMNS = (
    "function",
    "place",
    "decider",
    "limit_pounds",
    "above",
    "starts_on",
    "expires_on",
    "synthetic",
    "source",
)
Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """One power. place: an organisation's code, None for every place; limit in pounds, None for none."""

    function: str
    place: str | None
    decider: str
    limit_pounds: int | None
    above: str
    starts_on: date
    expires_on: date | None
    synthetic: bool
    source: str


def find_delegations(
    path: Path, hierarchy: Hierarchy, functions: Collection[str], bodies: Mapping[str, Body]
) -> tuple[tuple[Delegation, ...], list[Fault]]:
    """The scheme, and the mistakes of the file by line; no scheme if there are any."""
    rows, faults = find_rows(path, COLUMNS)
    level = hierarchy.levels[1]
    places = {code for code, each in hierarchy.organisations.items() if each.kind == level} | {hierarchy.top.code}
    read = []
    for line, cells in rows:
        told = [*_find_unknown(cells, functions, bodies, places), *_find_unreadable(cells)]
        faults += [Fault(str(path), line, fault, remedy) for fault, remedy in told]
        if told:
            continue
        delegation = _read(cells, hierarchy.top.code)
        faults += [Fault(str(path), line, *told) for told in _find_misdated(delegation, bodies[delegation.decider])]
        read.append(delegation)
    return ((), faults) if faults else (tuple(read), [])


def _find_unknown(
    cells: Cells, functions: Collection[str], bodies: Collection[str], places: Collection[str]
) -> Iterator[tuple[str, str]]:
    if cells["function"] not in functions:
        yield f"{cells['function']} is no function of instruments.yaml", nearest(cells["function"], functions)
    for column in ("decider", "above"):
        if cells[column] not in bodies and (cells[column] or column == "decider"):
            yield f"there is no body {cells[column]}", nearest(cells[column], bodies)
    if cells["place"] not in places:
        yield f"{cells['place']} is no place of organisations.csv", nearest(cells["place"], places)
    if not cells["source"]:
        yield "the power has no source", "name the document, or write that it is invented"


def _find_unreadable(cells: Cells) -> Iterator[tuple[str, str]]:
    for column, (reader, remedy) in _READ.items():
        try:
            reader(cells[column])
        except (ValueError, KeyError):
            yield f"{column} is `{cells[column]}`", remedy


def _find_misdated(power: Delegation, decider: Body) -> Iterator[tuple[str, str]]:
    if power.expires_on and power.expires_on < power.starts_on:
        yield "the power expires before it starts", "put starts_on and expires_on in order"
    if decider.open_from and power.starts_on < decider.open_from:
        yield f"{power.decider} opens on {decider.open_from}, after the power starts", "start it on that day or later"
    if decider.open_to and (power.expires_on is None or power.expires_on > decider.open_to):
        yield f"{power.decider} closes on {decider.open_to}, before the power expires", "let it expire by that day"


def _pounds(text: str) -> int | None:
    if text and not text.isdecimal():
        raise ValueError(text)
    return int(text) if text else None


def _day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_DAY = "write it as 2026-01-31"
_YES_NO = {"yes": True, "no": False}
_READ: Mapping[str, tuple[Callable[[str], object], str]] = {
    "limit_pounds": (_pounds, "write whole pounds in figures alone, or nothing"),
    "starts_on": (date.fromisoformat, _DAY),
    "expires_on": (_day_or_none, _DAY + ", or nothing"),
    "synthetic": (_YES_NO.__getitem__, "write yes or no"),
}


def _read(cells: Cells, top: str) -> Delegation:
    return Delegation(
        function=cells["function"],
        place=cells["place"] if cells["place"] != top else None,
        decider=cells["decider"],
        limit_pounds=_pounds(cells["limit_pounds"]),
        above=cells["above"],
        starts_on=date.fromisoformat(cells["starts_on"]),
        expires_on=_day_or_none(cells["expires_on"]),
        synthetic=_YES_NO[cells["synthetic"]],
        source=cells["source"],
    )
