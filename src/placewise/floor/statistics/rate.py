"""Limits of a rate: events counted by chance over a denominator that is known."""

from functools import cache
from math import exp
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

EXACT_BELOW = 10
"""Events fewer than this have exact limits."""


def get_rate_limits(
    events: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Limits of events / denominator, in events for one of the denominator.

    With x events and z the exact normal quantile of (1 + confidence) / 2, Byar's limits of x are

        x (1 - 1 / (9 x) - z / (3 sqrt(x)))^3  and  (x + 1) (1 - 1 / (9 (x + 1)) + z / (3 sqrt(x + 1)))^3

    and below EXACT_BELOW events they are the exact ones of a Poisson count: the means at which a count as large, or as
    small, has a chance of (1 - confidence) / 2; 0 events have the lower limit 0. A denominator of 0 gives NaN. events:
    whole numbers, not below zero, else ValueError.
    Source: Breslow NE, Day NE, Statistical methods in cancer research, volume II (1987); Association of Public Health
    Observatories, Technical briefing 3 (2008), as Fingertips computes rates (Byar's from 10 events, exact below).
    """
    x, n = np.broadcast_arrays(np.asarray(events, dtype=np.int64), np.asarray(denominator, dtype=np.float64))
    if np.any(x < 0):
        raise ValueError("a count of events is below zero")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    many = np.maximum(x, 1).astype(np.float64)
    lower = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    exact = np.array([get_exact_limits(count, confidence) for count in range(EXACT_BELOW)])
    few = np.minimum(x, EXACT_BELOW - 1)
    lower = np.where(x < EXACT_BELOW, exact[few, 0], lower)
    upper = np.where(x < EXACT_BELOW, exact[few, 1], upper)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, lower / n, np.nan), np.where(n > 0, upper / n, np.nan)


@cache
def get_exact_limits(events: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact limits of a Poisson count (Garwood F, Biometrika 1936;28:437-442), by halving."""
    tail = (1 - confidence) / 2
    lower = _solve(events - 1, 1 - tail, events) if events else 0.0
    return lower, _solve(events, tail, events)


def _solve(count: int, chance: float, near: int) -> float:
    """The mean at which a Poisson count is at most `count` with this chance, which falls as the mean rises."""
    low, high = 0.0, 10.0 * near + 50
    for _ in range(200):
        middle = (low + high) / 2
        term = total = exp(-middle)
        for k in range(1, count + 1):
            term *= middle / k
            total += term
        low, high = (middle, high) if total > chance else (low, middle)
    return (low + high) / 2
