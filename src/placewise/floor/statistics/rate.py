"""Crude rates: events counted by chance over a denominator that is known."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.poisson import get_count_limits


def get_rates(
    events: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95, areas: Sequence[str] = ()
) -> Estimate:
    """events / denominator, in events for one of the denominator, with the limits of `get_rate_limits`.

    events, denominator: arrays of one shape, the first axis is the areas; more events than people is no error. What is
    not known (NaN) and a denominator of 0 give NaN; either below zero is a ValueError that names the area.
    """
    x, n = np.broadcast_arrays(np.asarray(events, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    check_areas(x < 0, "a count of events is below zero", areas)
    check_areas(n < 0, "a denominator is below zero", areas)
    value = np.divide(x, n, out=np.full(x.shape, np.nan), where=n > 0)
    return Estimate(value, *get_rate_limits(x, n, confidence))


def get_rate_limits(
    events: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Limits of events / denominator: those of the count (exact below ten events, else Byar's) over the denominator.

    In events for one of the denominator. NaN where the denominator is 0 or either is NaN. events: not below zero, else
    ValueError. Source: see `placewise.floor.statistics.poisson`.
    """
    x, n = np.broadcast_arrays(np.asarray(events, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    if np.any(x < 0):
        raise ValueError("a count of events is below zero")
    known = np.where(n > 0, n, np.nan)
    lower, upper = get_count_limits(x, confidence)
    return lower / known, upper / known
