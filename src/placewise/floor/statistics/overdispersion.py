"""Funnel limits that allow for differences which no area is to blame for: Spiegelhalter's random effects.

With large denominators nearly every area lies outside the exact limits, because areas differ by more than chance. Here
the limits are widened by the variance between areas, as the areas in the middle show it. It is a choice apart from the
exact limits (`placewise.floor.statistics.funnel`), and whoever shows them says which was made.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.normal import get_z

WINSORISED = 0.1
"""The share of areas at each end whose distance counts as that of the next ones inwards: outliers are to be found, so
they must not widen the limits."""


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """Of a set of areas about their target, on the scale where chance varies alike at every size.

    factor: the mean squared distance in standard errors, 1 by chance alone; variance: between areas, 0 where the
    distances are no larger than chance makes them; distance: of each area in standard deviations, of both chance and
    what lies between areas; NaN for an area that is not known.
    """

    factor: float
    variance: float
    distance: Floats


def get_proportion_overdispersion(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, target: float
) -> Overdispersion:
    """Of proportions on the scale arcsin(sqrt(p)), where the variance of chance is 1 / (4 n). target: 0 to 1."""
    x, n = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    n = np.where(n > 0, n, np.nan)
    return _get_overdispersion(np.arcsin(np.sqrt(x / n)), float(np.arcsin(np.sqrt(target))), 1 / (4 * n))


def get_ratio_overdispersion(observed: npt.ArrayLike, expected: npt.ArrayLike) -> Overdispersion:
    """Of observed to expected events on the scale sqrt(ratio), where the variance of chance is 1 / (4 expected).

    Of rates: expected = target rate x denominator.
    """
    x, expects = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    expects = np.where(expects > 0, expects, np.nan)
    return _get_overdispersion(np.sqrt(x / expects), 1.0, 1 / (4 * expects))


def get_widened_proportion_limits(
    target: float, denominators: npt.ArrayLike, variance: float, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Limits about a target proportion at each denominator: sin(arcsin(sqrt(p)) -+ z sqrt(1 / (4 n) + variance))^2."""
    centre = np.arcsin(np.sqrt(target))
    reach = get_z(confidence) * np.sqrt(1 / (4 * np.asarray(denominators, dtype=np.float64)) + variance)
    return np.sin(np.maximum(centre - reach, 0.0)) ** 2, np.sin(np.minimum(centre + reach, np.pi / 2)) ** 2


def get_widened_ratio_limits(
    expected: npt.ArrayLike, variance: float, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Limits of a ratio about 1 at each number of expected events: (1 -+ z sqrt(1 / (4 expected) + variance))^2."""
    reach = get_z(confidence) * np.sqrt(1 / (4 * np.asarray(expected, dtype=np.float64)) + variance)
    return np.maximum(1 - reach, 0.0) ** 2, (1 + reach) ** 2


def _get_overdispersion(value: Floats, target: float, chance: Floats) -> Overdispersion:
    """value: [area], about the target with the variance of chance alone.

    With distances z in standard errors, winsorised, over I areas: factor f = sum z^2 / I; with weights w = 1 / chance,
    variance = (I f - (I - 1)) / (sum w - sum w^2 / sum w), or 0 where that is below 0 (DerSimonian and Laird's).
    Source: Spiegelhalter DJ, Stat Med 2005;24:1185-1202, and Qual Saf Health Care 2005;14:347-351.
    """
    known = ~np.isnan(value + chance)
    if known.sum() < 2:
        raise ValueError("the variance between areas needs two areas or more")
    z, w = (value[known] - target) / np.sqrt(chance[known]), 1 / chance[known]
    middle = np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))
    number = len(z)
    factor = float((middle**2).mean())
    between = (number * factor - (number - 1)) / (w.sum() - (w**2).sum() / w.sum())
    variance = max(float(between), 0.0)
    return Overdispersion(factor, variance, (value - target) / np.sqrt(chance + variance))
