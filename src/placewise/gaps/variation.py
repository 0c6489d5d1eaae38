"""Practices that lie apart from the others, by exact limits and by limits that allow for overdispersion."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from placewise.floor.statistics.difference import get_exact_p_values
from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.false_discovery import find_discoveries
from placewise.floor.statistics.funnel import get_target
from placewise.floor.statistics.overdispersion import get_proportion_overdispersion
from placewise.gaps.contract import RATE
from placewise.gaps.readings import Readings

Booleans = npt.NDArray[np.bool_]
FEWEST = 10
"""Areas that show how far areas lie apart; with fewer nothing is said."""


@dataclass(frozen=True, slots=True)
class Outliers:
    """bool[measures, areas] each. exact: further from all together than chance alone explains, without overdispersion;
    widened: further, too, than the areas usually lie apart, with overdispersion; is_better: on the better side."""

    exact: Booleans
    widened: Booleans
    is_better: Booleans


def find_outliers(counts: Readings, rate: float = RATE) -> Outliers:
    """counts: [measures, areas] of one month, NaN where not known.

    An area is judged by the exact binomial about the share of all areas together, and by its distance in standard
    deviations of both chance and what lies between areas.
    False findings are held over all areas and measures together. What is outside the widened limits alone is not found:
    chance alone would explain it.
    """
    exact, widened, above = (np.full(counts.good_least.shape, np.nan) for _ in range(3))
    for row, (x, n) in enumerate(zip(counts.good, counts.people, strict=True)):
        if (n > 0).sum() < FEWEST:
            continue
        target = get_target(x, n)
        least, most = counts.good_least[row], counts.good_most[row]
        is_above, is_below = least > target * counts.of_least[row], most < target * counts.of_most[row]
        p_above = get_exact_p_values(least, counts.of_least[row], target)
        p_below = get_exact_p_values(most, counts.of_most[row], target)
        exact[row] = np.where(is_above, p_above, np.where(is_below, p_below, np.where(n > 0, 1.0, np.nan)))
        widened[row] = _get_widened_p_values(get_proportion_overdispersion(x, n, target).distance)
        above[row] = x / n - target
    outside = find_discoveries(exact, rate)
    return Outliers(outside, outside & find_discoveries(widened, rate), above > 0)


def _get_widened_p_values(distance: Floats) -> Floats:
    """Two-sided, of distances [areas] in standard deviations, NaN where not known: by Student's t, since how far areas
    usually lie apart is estimated from them."""
    return np.asarray(2 * stdtr((~np.isnan(distance)).sum() - 1, -np.abs(distance)))
