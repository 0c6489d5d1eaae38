"""What was promised and what became of it, as a release holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from placewise.floor.statistics.control_charts.rare_events import get_g_limits
from placewise.gaps.ambitions.contract import AmbitionCard, Line, Point, Scale, StatementCard, TargetCard, Verdict
from placewise.publishing.ambition_claims import get_address
from placewise.publishing.ambitions import get_ambitions, get_statements
from placewise.publishing.release import NotReleased, Release
from placewise_site.evidence.sight import SeriesCard, Sight

__all__ = [
    "AmbitionCard",
    "Between",
    "Line",
    "Point",
    "Scale",
    "StatementCard",
    "TargetCard",
    "Verdict",
    "address_of",
    "ambitions",
    "between",
    "find_ambition",
    "read_lines",
    "statements",
]


@dataclass(frozen=True, slots=True)
class Between:
    """What lay between one rare event and the next, in order, with the limits of its chart; None where unknown."""

    gaps: tuple[float, ...]
    centre: float | None
    lower: float | None
    upper: float | None


def ambitions(sight: Sight) -> tuple[AmbitionCard, ...]:
    """Every ambition, in the order of the deployment's file; none in a release from before there were verdicts."""
    return _ambitions(sight.release)


def find_ambition(sight: Sight, slug: str) -> AmbitionCard:
    for each in ambitions(sight):
        if each.ambition == slug:
            return each
    raise NotReleased(f"this release holds no ambition called {slug}")


def statements(sight: Sight) -> tuple[StatementCard, ...]:
    return get_statements(sight.manifest.vision)


def between(gaps: Sequence[float]) -> Between | None:
    """The chart for rare events of the released gaps; None where there are too few for limits."""
    if len(gaps) < 2:
        return None
    limits = get_g_limits(np.array([gaps], dtype=np.float64))
    centre, lower, upper = (float(each[0, -1]) for each in (limits.centre, limits.lower, limits.upper))
    return Between(tuple(gaps), *(each if np.isfinite(each) else None for each in (centre, lower, upper)))


def read_lines(card: SeriesCard) -> list[Line]:
    """What was published of a series that a programme rests on; nothing where no file of it has been taken in."""
    return [Line.model_validate(each) for each in card.lines]


def address_of(sight: Sight, ambition: str, target: int, point: Point) -> str:
    """Of the claim behind a figure that a verdict rests on. target: its place in the ambition, from 1."""
    return str(get_address(sight.manifest, sight.whole.code, ambition, target, point))


@lru_cache(maxsize=8)
def _ambitions(release: Release) -> tuple[AmbitionCard, ...]:
    return get_ambitions(release.manifest.ambitions)
