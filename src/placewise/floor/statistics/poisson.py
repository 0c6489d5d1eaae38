"""Limits of a count of events that come one by one and by chance."""

import numpy as np
import numpy.typing as npt
from scipy.special import gammainccinv, gammaincinv

from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.normal import get_z

EXACT_BELOW = 10
"""Events fewer than this have exact limits."""


def get_count_limits(events: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Limits of each count: exact below EXACT_BELOW events, Byar's from there. The threshold is on the count.

    events: any shape; NaN gives NaN, a count below zero is a ValueError.
    Source: Association of Public Health Observatories, Technical briefing 3 (2008), as Fingertips computes rates.
    """
    x = _read(events)
    few = x < EXACT_BELOW
    lower, upper = (np.array(each) for each in get_byar_limits(np.where(few, EXACT_BELOW, x), confidence))
    counts, place = np.unique(x[few], return_inverse=True)
    lower[few], upper[few] = (limit[place] for limit in get_exact_limits(counts, confidence))
    return lower, upper


def get_byar_limits(events: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Byar's limits of each count x, with z the normal quantile of (1 + confidence) / 2:

        x (1 - 1 / (9 x) - z / (3 sqrt(x)))^3  and  (x + 1) (1 - 1 / (9 (x + 1)) + z / (3 sqrt(x + 1)))^3

    NaN for a lower limit below zero, which Byar's has for very few events, and for the lower limit of none. Raises
    ValueError for a count below zero.
    Source: Breslow NE, Day NE, Statistical methods in cancer research, volume II (1987), page 69.
    """
    x, z = _read(events), get_z(confidence)
    many = np.where(x > 0, x, np.nan)
    lower = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return np.where(lower >= 0, lower, np.nan), upper


def get_exact_limits(events: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """The means at which a count as large, or as small, has a chance of (1 - confidence) / 2: quantiles of the gamma
    distribution of shape x and x + 1. The lower limit of no events is 0; NaN gives NaN, a count below zero is a
    ValueError.

    Source: Garwood F, Biometrika 1936;28:437-442.
    """
    get_z(confidence)
    x, tail = _read(events), (1 - confidence) / 2
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, 1.0, x), tail))
    return lower, gammainccinv(x + 1, tail)


def _read(events: npt.ArrayLike) -> Floats:
    x = np.asarray(events, dtype=np.float64)
    if np.any(x < 0):
        raise ValueError("a count of events is below zero")
    return x
