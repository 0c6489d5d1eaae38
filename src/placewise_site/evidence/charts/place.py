"""Where one body stands among its counterparts: its place, the middle, the best, and who differs beyond chance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.difference import get_difference_scores
from placewise.floor.statistics.estimate import Estimate
from placewise.floor.statistics.funnel import ALARM
from placewise.floor.statistics.inequality_gap import get_absolute_gap
from placewise.floor.statistics.normal import get_z
from placewise.floor.statistics.proportion import get_proportions
from placewise_site.evidence.charts.points import Floats, NotDrawn, Point, numbers

__all__ = ["Gap", "Standing", "compare_gaps", "find_places", "find_standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """own: ours, with its 95% limits; place: of `of` bodies with a value, 1 is the best, and equals share a place;
    middle: the median of all; best: the body in the first place; ahead, behind: how many others do better and worse by
    more than chance, at 99.8%."""

    own: Point
    place: int
    of: int
    middle: float
    best: Point
    ahead: int
    behind: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Of ours, the first group's share less the last's, with 95% limits. place: of `of` bodies by the size of the gap,
    1 is the narrowest; middle: the median size; apart: how many others' gaps differ by more than chance, at 95%."""

    value: float
    lower: float
    upper: float
    place: int
    of: int
    middle: float
    apart: int


def find_standing(points: Sequence[Point], own: str, better: str) -> Standing:
    """points: shares with their counts, of every body; own: the code of ours; better: higher, else lower is the best.

    Raises NotDrawn where ours has no value.
    """
    values = numbers(points, "value")
    [at] = [place for place, point in enumerate(points) if point.code == own]
    if np.isnan(values[at]):
        raise NotDrawn(f"Nothing is published of {points[at].name}, so it cannot be compared.")
    x, n = numbers(points, "numerator"), numbers(points, "denominator")
    limits = get_proportions(x, n)
    scores = get_difference_scores(x, n, x[at], n[at]) * (1 if better == "higher" else -1)
    places = find_places(values, better)
    return Standing(
        own=replace(points[at], lower=float(limits.lower[at]), upper=float(limits.upper[at])),
        place=int(places[at]),
        of=int(np.isfinite(values).sum()),
        middle=float(np.nanmedian(values)),
        best=points[int(np.nanargmin(places))],
        ahead=int((scores > get_z(ALARM)).sum()),
        behind=int((scores < -get_z(ALARM)).sum()),
    )


def find_places(values: npt.ArrayLike, better: str) -> Floats:
    """float64 of the values' shape, [bodies]: 1 and how many are better; NaN stays NaN."""
    order = np.asarray(values, dtype=np.float64) * (-1 if better == "higher" else 1)
    return np.where(np.isnan(order), np.nan, 1 + (order[None, :] < order[:, None]).sum(axis=1))


def compare_gaps(first: Sequence[Point], last: Sequence[Point], own: str) -> Gap:
    """first, last: shares with their counts of every body, in two groups of different people; own: the code of ours."""
    sides = [get_proportions(numbers(each, "numerator"), numbers(each, "denominator")) for each in (first, last)]
    gaps = get_absolute_gap(*sides)
    [at] = [place for place, point in enumerate(first) if point.code == own]
    ours = Estimate(*(each[at] for each in (gaps.value, gaps.lower, gaps.upper)))
    apart = get_absolute_gap(ours, gaps)
    sizes = np.abs(gaps.value)
    return Gap(
        value=float(ours.value),
        lower=float(ours.lower),
        upper=float(ours.upper),
        place=int(find_places(sizes, "lower")[at]),
        of=int(np.isfinite(sizes).sum()),
        middle=float(np.nanmedian(sizes)),
        apart=int(((apart.lower > 0) | (apart.upper < 0)).sum()),
    )
