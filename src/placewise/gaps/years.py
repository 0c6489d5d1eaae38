"""The same month of the year compared, so that seasons and figures of a financial year so far are no change."""

from collections.abc import Callable

import numpy as np

from placewise.floor.statistics.difference import get_difference_scores
from placewise.floor.statistics.estimate import Floats
from placewise.gaps.readings import Readings

YEAR = 12

MEMORY = 1.06
"""How much larger the variance of two years less the two before can be than if all four were of other people. Where a
year goes with the one before by r, and with others by its powers, it is 1 + r / 2 - r^2 - r^3 / 2 times: 1.056 at most
(r = 0.21), and towards none where the same people are counted alike every year."""


def compare_years(counts: Readings) -> Floats:
    """The score of the last month against the same month a year before; NaN where it is not in the window.

    counts: [..., months]; the answer is without the last axis.
    """
    return _compare(counts, lambda each: get_years(each, 0, 1))


def compare_pairs(counts: Readings) -> Floats:
    """The score of the last two years against the two before, allowing for MEMORY."""
    return _compare(counts, get_pairs) / np.sqrt(MEMORY)


def _compare(counts: Readings, get: Callable[[Floats], Floats]) -> Floats:
    """Better by the reading that makes it least so, and worse by the one that makes it least so; else 0."""
    least, of_least, most, of_most = map(get, (counts.good_least, counts.of_least, counts.good_most, counts.of_most))
    better = get_difference_scores(least[0], of_least[0], most[1], of_most[1])
    worse = get_difference_scores(most[0], of_most[0], least[1], of_least[1])
    return np.asarray(np.maximum(better, 0.0) + np.minimum(worse, 0.0))


def get_pairs(counts: Floats) -> Floats:
    """[2, ...]: the last month and that a year before added up, and so of the two years before."""
    years = get_years(counts, 0, 1, 2, 3)
    return np.stack([years[0] + years[1], years[2] + years[3]])


def get_years(counts: Floats, *back: int) -> Floats:
    """The last month, and the same month in years before; NaN where it is not in the window."""
    months = [counts.shape[-1] - 1 - years * YEAR for years in back]
    return np.stack([counts[..., month] if month >= 0 else np.full(counts.shape[:-1], np.nan) for month in months])
