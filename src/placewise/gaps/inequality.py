"""Inequality by deprivation: the slope over the five fifths, with its interval and its direction."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.difference import get_score_p_values, get_trend_scores
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.false_discovery import find_discoveries
from placewise.floor.statistics.slope_index import get_slope_index
from placewise.gaps.contract import RATE

FEWEST = 20
"""People in each fifth: with fewer nothing is said of an area."""

DRAWS = 10_000
"""Lines drawn for an interval: its ends are then known to about a hundredth of its length."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """[measures, areas] each. found: the share rises or falls over the fifths by more than chance explains; gap: of
    those found, the slope index, the share at the least deprived end less that at the most deprived, with its 95%
    interval; NaN elsewhere. Above 0 the most deprived fare worse."""

    found: npt.NDArray[np.bool_]
    gap: Estimate


def find_gaps(good: Floats, people: Floats, rate: float = RATE) -> Gaps:
    """good, people: float64[measures, areas, 5], from the most to the least deprived fifth, NaN where not known.

    Found by Cochran and Armitage's test, which asks of all five fifths what the slope tells; false findings are held
    over measures and areas together.
    """
    enough = (people >= FEWEST).all(axis=-1)
    found = find_discoveries(get_score_p_values(np.where(enough, get_trend_scores(good, people), np.nan)), rate)
    gap = np.full((3, *found.shape), np.nan)
    if found.any():
        share = good[found] / people[found]
        errors = np.sqrt(share * (1 - share) / people[found])
        slope = get_slope_index(share, errors, people[found], draws=DRAWS).slope
        gap[:, found] = slope.value, slope.lower, slope.upper
    return Gaps(found, Estimate(*gap))
