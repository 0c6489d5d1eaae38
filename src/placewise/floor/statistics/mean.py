"""Means and their limits, from sums."""

from functools import cache
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

EXACT_UP_TO = 200
"""Degrees of freedom up to which Student's t is solved for; above them its expansion is as good as a float."""


def get_mean_limits(
    number: npt.ArrayLike, total: npt.ArrayLike, squares: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """The mean of n values and its limits, in the unit of the values, from their sum and the sum of their squares.

    With s^2 = (squares - total^2 / n) / (n - 1), the limits are total / n -+ t s / sqrt(n), where t is the quantile
    (1 + confidence) / 2 of Student's t with n - 1 degrees of freedom. Of no values all three are NaN, of one value the
    limits are. Sums may be Python or NumPy whole numbers of any unit (hundredths): what comes out is in that unit.
    Source: Altman DG and others, Statistics with Confidence, 2nd edition (2000), chapter 4; so does Fingertips.
    """
    n, sums, of_squares = (np.asarray(each, dtype=np.float64) for each in (number, total, squares))
    n, sums, of_squares = np.broadcast_arrays(n, sums, of_squares)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(n > 0, sums / n, np.nan)
        variance = np.maximum(of_squares - sums * mean, 0) / (n - 1)
        freedom, place = np.unique(np.maximum(n - 1, 0), return_inverse=True)
        quantile = np.array([get_t_quantile(int(each), confidence) if each >= 1 else np.nan for each in freedom])
        reach = quantile[place].reshape(n.shape) * np.sqrt(variance / n)
    return mean, mean - reach, mean + reach


@cache
def get_t_quantile(freedom: int, confidence: float = 0.95) -> float:
    """The quantile (1 + confidence) / 2 of Student's t. Source: Abramowitz and Stegun, 26.7.3 to 26.7.5."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    if freedom > EXACT_UP_TO:
        terms = (
            (z**3 + z) / 4,
            (5 * z**5 + 16 * z**3 + 3 * z) / 96,
            (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
            (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
        )
        return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """The chance that Student's t lies between -t and t."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term, total = cos(angle) if odd else 1.0, 0.0
    for k in range(2 + odd, freedom + 1, 2):
        total += term
        term *= (k - 1) / k * cos(angle) ** 2
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
