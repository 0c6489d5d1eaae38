"""Medians and their limits, from how often each value occurs."""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def get_medians(values: npt.ArrayLike, counts: Integers) -> Floats:
    """The exact median of each column, in the unit of the values: of an even number the mean of the middle two.

    values: rising; counts: whole numbers [values, columns], how often each occurs. NaN for a column without any.
    """
    values = np.asarray(values, dtype=np.float64)
    number = counts.sum(axis=0)
    middle = (_get_ranked(values, counts, (number + 1) // 2) + _get_ranked(values, counts, number // 2 + 1)) / 2
    return np.where(number > 0, middle, np.nan)


def get_median_limits(
    values: npt.ArrayLike, counts: Integers, least: int, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Limits of each median: the values of rank n/2 - z sqrt(n)/2 and 1 + n/2 + z sqrt(n)/2, to the nearest rank.

    NaN where fewer than `least` values lie at a limit or beyond it, so that a limit never is the value of a few people.
    Source: Campbell MJ, Gardner MJ, BMJ 1988;296:1454-1456.
    """
    values = np.asarray(values, dtype=np.float64)
    number = counts.sum(axis=0)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * np.sqrt(number) / 2
    lower = np.floor(number / 2 - reach + 0.5).astype(np.int64)
    upper = np.floor(1 + number / 2 + reach + 0.5).astype(np.int64)
    known = (lower >= max(least, 1)) & (number - upper + 1 >= max(least, 1))
    limits = (_get_ranked(values, counts, np.where(known, rank, 1)) for rank in (lower, upper))
    first, second = (np.where(known, each, np.nan) for each in limits)
    return first, second


def _get_ranked(values: Floats, counts: Integers, rank: Integers) -> Floats:
    """The value of each column that stands at a rank, from 1, when all are put in order."""
    before = np.cumsum(counts, axis=0) < rank
    return values[np.minimum(before.sum(axis=0), len(values) - 1)]
