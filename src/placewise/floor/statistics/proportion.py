"""Proportions: how many of a number meet a condition."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.areas import check_areas
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
    check_areas(x < 0, "a numerator is below zero", areas)
    check_areas(x > n, "a numerator exceeds its denominator", areas)
    value = np.divide(x, n, out=np.full(x.shape, np.nan), where=n > 0)
    return Estimate(value, *get_wilson_limits(x, n, confidence))


def get_wilson_limits(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Wilson's score limits of numerator / denominator, as proportions from 0 to 1.

    With p = x / n and z the exact normal quantile of (1 + confidence) / 2 (not 1.96), the limits are

        (2 n p + z^2 -+ z sqrt(z^2 + 4 n p (1 - p))) / (2 (n + z^2))

    numerator, denominator: arrays of one shape, 0 <= x <= n. 0 of n and n of n are valid; a denominator of 0 gives NaN.
    Raises ValueError where a numerator exceeds its denominator.
    Source: Wilson EB, J Am Stat Assoc 1927;22:209-212, in the form of Newcombe RG and Altman DG (Statistics with
    Confidence, 2nd edition, 2000), which public health in England uses (Fingertips technical guidance).
    """
    x, n = np.broadcast_arrays(np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    if np.any(x > n):
        raise ValueError("a numerator exceeds its denominator")
    z = get_z(confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        proportion = x / n
        centre = 2 * x + z**2
        reach = z * np.sqrt(z**2 + 4 * x * (1 - proportion))
        scale = 2 * (n + z**2)
        lower, upper = (centre - reach) / scale, (centre + reach) / scale
    # Rounding must not put a limit beyond the proportion at 0 and at 1.
    return np.maximum(np.minimum(lower, proportion), 0.0), np.minimum(np.maximum(upper, proportion), 1.0)
