"""Funnel limits that allow for differences which no area is to blame for: Spiegelhalter's random effects.

With large denominators nearly every area lies outside the exact limits, because areas differ by more than chance. Here
the limits are widened by the variance between areas, as the areas in the middle show it. It is a choice apart from the
exact limits (`placewise.floor.statistics.funnel`), and whoever shows them says which was made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import ndtri

from placewise.floor.statistics.areas import check_areas, check_counted
from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.normal import get_z

WINSORISED = 0.1
"""The share of areas at each end whose distance counts as that of the next ones inwards: outliers are to be found, so
they must not widen the limits."""

_END = ndtri(1 - WINSORISED)
KEPT = float(1 - 2 * WINSORISED - 2 * _END * np.exp(-(_END**2) / 2) / np.sqrt(2 * np.pi) + 2 * WINSORISED * _END**2)
"""What winsorising leaves of a normal's variance, 0.66 of it. Without dividing by it the variance between areas would
come out too small, and areas that lie apart as all do would be called outliers: in half of 200 simulated systems."""


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """Of a set of areas about their target, on the scale where chance varies alike at every size.

    factor: the mean squared distance in standard errors, near 1 by chance alone; variance: between areas, 0 where the
    distances are no larger than chance makes them; distance: of each area in standard deviations, of both chance and
    what lies between areas; NaN for an area that is not known.
    """

    factor: float
    variance: float
    distance: Floats


def get_proportion_overdispersion(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, target: float | Floats, areas: Sequence[str] = ()
) -> Overdispersion:
    """Of proportions on the scale arcsin(sqrt(p)), where the variance of chance is 1 / (4 n). target: 0 to 1, of all
    areas, or of each what is expected of it. An area of nobody is not known; a numerator below zero or above its
    denominator is a ValueError that names the area."""
    check_counted(numerator, denominator, areas)
    x, n = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    n = np.where(n > 0, n, np.nan)
    apart = np.arcsin(np.sqrt(x / n)) - np.arcsin(np.sqrt(target))
    return _get_overdispersion(apart, 1 / (4 * n))


def get_ratio_overdispersion(
    observed: npt.ArrayLike, expected: npt.ArrayLike, areas: Sequence[str] = ()
) -> Overdispersion:
    """Of observed to expected events on the scale sqrt(ratio), where the variance of chance is 1 / (4 expected).

    Of rates: expected = target rate x denominator. An area of which no events are expected is not known; observed
    events below zero are a ValueError that names the area.
    """
    x, expects = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    check_areas(x < 0, "the observed events are below zero", areas)
    expects = np.where(expects > 0, expects, np.nan)
    return _get_overdispersion(np.sqrt(x / expects) - 1, 1 / (4 * expects))


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


def _get_overdispersion(apart: Floats, chance: Floats) -> Overdispersion:
    """apart: [area], how far from the target, with the variance of chance alone.

    Distances are winsorised and their mean square divided by KEPT, so that it is 1 for normal distances whatever
    outliers there are. The variance between areas is the one at which the distances, in standard deviations of both,
    have a mean square of 1 (Paule and Mandel's equation): so areas of any size weigh alike, and whoever judges a
    distance as a normal's, or by Student's t with as many degrees of freedom as areas less one, raises no more false
    alarms than said.
    Source: Spiegelhalter DJ, Stat Med 2005;24:1185-1202, and Qual Saf Health Care 2005;14:347-351 (the model, and
    winsorising); Paule RC, Mandel J, J Res Natl Bur Stand 1982;87:377-385 (the equation).
    """
    known = ~np.isnan(apart + chance)
    if known.sum() < 2:
        raise ValueError("the variance between areas needs two areas or more")
    known_apart, by_chance = apart[known], chance[known]
    tails = np.array([WINSORISED, 1 - WINSORISED]) * (len(known_apart) - 1)

    def get_mean_square(between: float) -> float:
        distance = known_apart / np.sqrt(by_chance + between)
        # As np.quantile, which takes ten times as long to get ready: this is asked of the same areas again and again.
        middle = np.clip(distance, *np.interp(tails, np.arange(len(distance)), np.sort(distance)))
        return float((middle**2).mean()) / KEPT

    factor = get_mean_square(0.0)
    largest = float((known_apart**2).max()) / KEPT  # at which every squared distance is KEPT or less
    variance = float(brentq(lambda between: get_mean_square(between) - 1, 0.0, largest)) if factor > 1 else 0.0
    return Overdispersion(factor, variance, apart / np.sqrt(chance + variance))
