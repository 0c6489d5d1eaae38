"""Which measures findings are made of: shares of people of which one direction is better. Nothing is written for one
measure alone; which measure says how much of another is known (`completeness`) stands in the programme file."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from placewise.measures.definition import Measure
from placewise.measures.unit_definition import UnitMeasure


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure as findings need it. known_by: the judged measure that says how much of this one is known, or ""."""

    measure: str
    version: str
    title: str
    higher_is_better: bool
    known_by: str
    settles_after: int


def find_judged(measures: Iterable[Measure | UnitMeasure], counted: Collection[str]) -> tuple[Judged, ...]:
    """Of these measures the shares of people with a better direction that a cube has counted."""
    directed = {
        each.slug: each
        for each in measures
        if each.better != "neither" and each.slug in counted and isinstance(each, Measure)
    }
    return tuple(
        Judged(
            slug,
            each.version,
            each.title,
            each.better == "higher",
            each.completeness if each.completeness in directed else "",
            each.settles_after,
        )
        for slug, each in directed.items()
    )
