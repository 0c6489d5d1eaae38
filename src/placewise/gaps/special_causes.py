"""Months in which a series jumps: the special causes of large areas.

The people asked about in a month are nearly all those of the month before, and many measures look a year back: the
points of such a series are no independent draws, and both the XmR and the p' chart of the shares themselves would see a
special cause in nearly every one. Their changes from month to month have no such memory. So the XmR chart is of these
changes, each less what the same calendar month usually brings, and p', which is for shares, has no place here.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from placewise.floor.statistics.control_charts.xmr import get_xmr_limits
from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.false_discovery import find_discoveries
from placewise.gaps.contract import RATE
from placewise.gaps.years import YEAR

LARGE = 1000
"""People in every month: in smaller areas single people make the changes, and their chance is not near normal."""

FEWEST_YEARS = 3
"""Of changes, so that what a calendar month usually brings is known from at least two others."""

FREEDOM = 0.62
"""Degrees of freedom that a mean moving range of two has for each of its ranges (its efficiency to the usual standard
deviation; Duncan AJ, Quality control and industrial statistics, 1986)."""


@dataclass(frozen=True, slots=True)
class Jumps:
    """bool[measures, areas, months]: months of the last year that jump, to the better or to the worse side."""

    better: npt.NDArray[np.bool_]
    worse: npt.NDArray[np.bool_]


def find_jumps(good: Floats, people: Floats, rate: float = RATE) -> Jumps:
    """good, people: float64[measures, areas, months]. False findings are held over measures, areas and the year."""
    measures, areas, months = good.shape
    p, distance = np.full(good.shape, np.nan), np.zeros(good.shape)
    if months > FEWEST_YEARS * YEAR:
        is_large = (people >= LARGE).all(axis=-1, keepdims=True)
        changes = _less_usual(np.diff(np.where(is_large, good / people, np.nan), axis=-1))
        limits = get_xmr_limits(changes.reshape(measures * areas, -1))
        with np.errstate(invalid="ignore", divide="ignore"):
            score = 3 * (changes.reshape(limits.centre.shape) - limits.centre) / (limits.upper - limits.centre)
        freedom = FREEDOM * (limits.points[:, -YEAR:] - 1)
        last = score[:, -YEAR:]
        last = np.where(np.isfinite(last), last, np.nan)
        p[..., -YEAR:] = (2 * stdtr(freedom, -np.abs(last))).reshape(measures, areas, YEAR)
        distance[..., -YEAR:] = np.nan_to_num(last).reshape(measures, areas, YEAR)
    found = find_discoveries(p, rate)
    return Jumps(found & (distance > 0), found & (distance < 0))


def _less_usual(changes: Floats) -> Floats:
    """Each change less the mean of those of the same calendar month in the other years; NaN with fewer than two."""
    left = np.full(changes.shape, np.nan)
    for month in range(YEAR):
        same = changes[..., month::YEAR]
        others = (~np.isnan(same)).sum(axis=-1, keepdims=True) - 1
        usual = (np.nansum(same, axis=-1, keepdims=True) - same) / np.where(others >= 2, others, np.nan)
        left[..., month::YEAR] = same - usual
    return left
