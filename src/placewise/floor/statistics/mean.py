"""Means and their limits, from sums."""

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.normal import get_z


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
        reach = get_t_quantile(n - 1, confidence) * np.sqrt(variance / n)
    return mean, mean - reach, mean + reach


def get_t_quantile(freedom: npt.ArrayLike, confidence: float = 0.95) -> Floats:
    """The quantile (1 + confidence) / 2 of Student's t; NaN without a degree of freedom."""
    get_z(confidence)
    degrees = np.asarray(freedom, dtype=np.float64)
    return stdtrit(np.where(degrees > 0, degrees, np.nan), (1 + confidence) / 2)
