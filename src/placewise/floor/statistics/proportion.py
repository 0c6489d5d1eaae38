"""Proportions: how many of a number meet a condition."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from placewise.floor.statistics.areas import check_counted
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.normal import get_z


def get_proportions(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95, areas: Sequence[str] = ()
) -> Estimate:
    """numerator / denominator, from 0 to 1, with Wilson's limits (`get_wilson_limits`).

    numerator, denominator: arrays of one shape, the first axis is the areas. What is not known (NaN) and a denominator
    of 0 give NaN; a numerator below zero or above its denominator is a ValueError that names the area.
    """
    x, n = np.broadcast_arrays(np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    check_counted(x, n, areas)
    value = np.divide(x, n, out=np.full(x.shape, np.nan), where=n > 0)
    return Estimate(value, *get_wilson_limits(x, n, confidence))


def get_wilson_limits(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Wilson's score limits of numerator / denominator, as proportions from 0 to 1.

    With p = x / n and z the exact normal quantile of (1 + confidence) / 2 (not 1.96), the limits are

        (2 n p + z^2 -+ z sqrt(z^2 + 4 n p (1 - p))) / (2 (n + z^2))

    numerator, denominator: arrays of one shape, 0 <= x <= n. 0 of n and n of n are valid; a denominator of 0 gives NaN.
    Raises ValueError where a numerator is below zero or exceeds its denominator.
    Source: Wilson EB, J Am Stat Assoc 1927;22:209-212, in the form of Newcombe RG and Altman DG (Statistics with
    Confidence, 2nd edition, 2000), which public health in England uses (Fingertips technical guidance).
    """
    x, n = _read(numerator, denominator)
    z = get_z(confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        proportion = x / n
        centre = 2 * x + z**2
        reach = z * np.sqrt(z**2 + 4 * x * (1 - proportion))
        scale = 2 * (n + z**2)
        lower, upper = (centre - reach) / scale, (centre + reach) / scale
    # Rounding must not put a limit beyond the proportion at 0 and at 1.
    return np.maximum(np.minimum(lower, proportion), 0.0), np.minimum(np.maximum(upper, proportion), 1.0)


def get_exact_proportion_limits(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Clopper and Pearson's limits, which hold at least their confidence: for very small numbers, where it is said so.

    The proportions at which a numerator as large, or as small, has a chance of (1 - confidence) / 2: quantiles of the
    beta distribution. 0 and 1 are the limits of none and of all; shapes, blanks and errors as for Wilson's.
    Source: Clopper CJ, Pearson ES, Biometrika 1934;26:404-413.
    """
    x, n = _read(numerator, denominator)
    get_z(confidence)
    tail, known = (1 - confidence) / 2, n > 0
    lower = np.where(x == 0, 0.0, betaincinv(np.where(x > 0, x, 1.0), n - x + 1, tail))
    upper = np.where(x == n, 1.0, betaincinv(x + 1, np.where(n > x, n - x, 1.0), 1 - tail))
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)


def _read(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> tuple[Floats, Floats]:
    x, n = np.broadcast_arrays(np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    if np.any(x < 0):
        raise ValueError("a numerator is below zero")
    if np.any(x > n):
        raise ValueError("a numerator exceeds its denominator")
    return x, n
