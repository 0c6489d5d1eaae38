"""Which measures findings are made of: those with a better direction, and for clusters those that count events. Nothing
is written for one measure alone; which measure says how much of another is known (`completeness`) stands in the
programme file."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from placewise.measures.definition import ADDED, Measure, find_change
from placewise.measures.unit_definition import UnitMeasure
from placewise.measures.unit_measure import Over, Statistic


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure as findings need it. known_by: the share of people that says how much of this one is known, or "";
    of_people: whether it is a share of people; statistic, over: as of a measure of other units."""

    measure: str
    version: str
    title: str
    higher_is_better: bool
    known_by: str
    settles_after: int
    of_people: bool = True
    statistic: Statistic = "proportion"
    over: Over = "month"


@dataclass(frozen=True, slots=True)
class Watched:
    """A measure that counts people put on a register within the month: events, which may cluster."""

    measure: str
    version: str
    title: str
    settles_after: int


def find_judged(measures: Iterable[Measure | UnitMeasure], counted: Collection[str]) -> tuple[Judged, ...]:
    """Of these measures those with a better direction that a cube has counted: shares of people, then the others."""
    directed = {each.slug: each for each in measures if each.better != "neither" and each.slug in counted}
    shares = {slug: each for slug, each in directed.items() if isinstance(each, Measure)}
    return tuple(
        Judged(
            measure=slug,
            version=each.version,
            title=each.title,
            higher_is_better=each.better == "higher",
            known_by=each.completeness if each.completeness in shares else "",
            settles_after=each.settles_after,
            of_people=slug in shares,
            statistic=each.asked.statistic if isinstance(each, UnitMeasure) else "proportion",
            over=each.over if isinstance(each, UnitMeasure) else "month",
        )
        for slug, each in sorted(directed.items(), key=lambda item: item[0] not in shares)
    )


def find_watched(measures: Iterable[Measure | UnitMeasure], counted: Collection[str]) -> tuple[Watched, ...]:
    """Of these measures those that count people put on a register within a month, and are not sensitive."""
    return tuple(
        Watched(each.slug, each.version, each.title, each.settles_after)
        for each in measures
        if isinstance(each, Measure) and each.slug in counted and not each.sensitive
        for change in [find_change(each)]
        if change and change.turn == ADDED and change.months == 1
    )
