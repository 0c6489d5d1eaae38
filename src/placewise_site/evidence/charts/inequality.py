"""What lies between the ends of a population in order of deprivation: computed from the numbers given, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placewise.floor.statistics.estimate import Estimate
from placewise.floor.statistics.inequality_gap import get_absolute_gap, get_relative_gap
from placewise.floor.statistics.slope_index import get_slope_index, get_standard_errors
from placewise_site.evidence.charts.points import Floats, NotDrawn, Point, numbers

__all__ = ["Estimate", "Gaps", "get_gaps"]

FEWEST = 3
"""Groups without which a line says nothing."""

DRAWS = 20_000
"""Lines drawn for an interval: its ends are then known to less than a hundredth of its length."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Estimates of one item each, in the unit of the values; ratios of it. Above 0, or above 1, the most deprived fare
    worse (where neither is better: the least deprived have more).

    slope, relative: over all groups; absolute, ratio: between the first and the last. start, end: what the line says of
    the ends of the population; share: float64[groups] of the population; middle: where each stands, from 0 to 1.
    """

    slope: Estimate
    relative: Estimate
    absolute: Estimate
    ratio: Estimate
    start: float
    end: float
    share: Floats
    middle: Floats

    @property
    def fitted(self) -> Floats:
        """What the line says of each group."""
        return self.start + (self.end - self.start) * self.middle


def get_gaps(points: Sequence[Point], better: str) -> Gaps:
    """points: groups from the most to the least deprived, each with its 95% limits and denominator. Raises NotDrawn."""
    value, lower, upper, people = (numbers(points, name) for name in ("value", "lower", "upper", "denominator"))
    known = ~np.isnan(value + lower + upper) & (people > 0)
    if len(points) < FEWEST or not known.all():
        raise NotDrawn(
            f"No slope of inequality is drawn: it needs all {len(points)} groups, each with its interval, and "
            f"{known.sum()} can be shown."
        )
    high_is_bad = better == "lower"
    index = get_slope_index(value, get_standard_errors(lower, upper), people, high_is_bad=high_is_bad, draws=DRAWS)
    first, last = (Estimate(*(np.array([each[end]]) for each in (value, lower, upper))) for end in (0, -1))
    pair = (first, last) if high_is_bad else (last, first)
    nowhere = np.full(1, np.nan)
    share = people / people.sum()
    return Gaps(
        index.slope,
        index.relative,
        get_absolute_gap(*pair),
        get_relative_gap(*pair) if lower.min() >= 0 else Estimate(nowhere, nowhere, nowhere),
        float(index.start[0]),
        float(index.end[0]),
        share,
        np.cumsum(share) - share / 2,
    )
