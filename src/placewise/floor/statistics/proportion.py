"""Limits of a proportion."""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


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
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        proportion = x / n
        centre = 2 * x + z**2
        reach = z * np.sqrt(z**2 + 4 * x * (1 - proportion))
        scale = 2 * (n + z**2)
        lower, upper = (centre - reach) / scale, (centre + reach) / scale
    # Rounding must not put a limit beyond the proportion at 0 and at 1.
    return np.maximum(np.minimum(lower, proportion), 0.0), np.minimum(np.maximum(upper, proportion), 1.0)
