"""The same month of the year compared, so that seasons and figures of a financial year so far are no change."""

import numpy as np

from placewise.floor.statistics.difference import get_difference_scores
from placewise.floor.statistics.estimate import Floats

YEAR = 12

MEMORY = 1.06
"""How much larger the variance of two years less the two before can be than if all four were of other people. Where a
year goes with the one before by r, and with others by its powers, it is 1 + r / 2 - r^2 - r^3 / 2 times: 1.056 at most
(r = 0.21), and towards none where the same people are counted alike every year."""


def compare_years(good: Floats, people: Floats) -> Floats:
    """The score of the last month against the same month a year before; NaN where it is not in the window.

    good, people: [..., months]; the answer is without the last axis.
    """
    (now, before), (people_now, people_before) = (get_years(each, 0, 1) for each in (good, people))
    return get_difference_scores(now, people_now, before, people_before)


def compare_pairs(good: Floats, people: Floats) -> Floats:
    """The score of the last two years against the two before, allowing for MEMORY."""
    (now, before), (people_now, people_before) = get_pairs(good), get_pairs(people)
    return get_difference_scores(now, people_now, before, people_before) / np.sqrt(MEMORY)


def get_pairs(counts: Floats) -> Floats:
    """[2, ...]: the last month and that a year before added up, and so of the two years before."""
    years = get_years(counts, 0, 1, 2, 3)
    return np.stack([years[0] + years[1], years[2] + years[3]])


def get_years(counts: Floats, *back: int) -> Floats:
    """The last month, and the same month in years before; NaN where it is not in the window."""
    months = [counts.shape[-1] - 1 - years * YEAR for years in back]
    return np.stack([counts[..., month] if month >= 0 else np.full(counts.shape[:-1], np.nan) for month in months])
