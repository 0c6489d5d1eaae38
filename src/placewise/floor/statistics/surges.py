"""Months in which a unit counts far more than in its own other months: more than chance allows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FALSE_ALARM = 0.05
"""At most this chance that any month of any unit is found where there is nothing to find."""


@dataclass(frozen=True, slots=True)
class Surges:
    """found: bool[u, m]; usual: float64[u, m], what a month would count at the rate of the unit's months not found."""

    found: npt.NDArray[np.bool_]
    usual: Floats


def find_surges(counts: Integers, exposure: Integers, false_alarm: float = FALSE_ALARM) -> Surges:
    """Months whose count stands out among the months of the same unit.

    counts, exposure: int64[u, m], events and the people among whom they happened; a month without people is left out.
    If events come independently at a rate that is the same in every month of a unit, then, of the unit's total, a
    month's count is binomial with the month's share of the people: no rate is estimated, and the test is exact
    (Przyborowski J and Wilenski H, Biometrika 1940;31:313-323). A month is found where a count as high or higher has a
    chance under false_alarm divided by the number of months with people in all units (Bonferroni), so that the chance
    of finding any month where nothing stands out is at most false_alarm. What happens to every month of a unit alike
    cannot stand out.
    """
    exposed = exposure > 0
    total = np.where(exposed, counts, 0).sum(axis=1, keepdims=True)
    share = exposure / np.maximum(exposure.sum(axis=1, keepdims=True), 1)
    chance = get_binomial_tail(counts, np.broadcast_to(total, counts.shape), share)
    found = exposed & (chance * exposed.sum() < false_alarm)
    quiet = exposed & ~found
    rate = np.where(quiet, counts, 0).sum(axis=1) / np.maximum(np.where(quiet, exposure, 0).sum(axis=1), 1)
    return Surges(found, rate[:, None] * exposure)


def get_binomial_tail(counts: npt.ArrayLike, trials: npt.ArrayLike, share: npt.ArrayLike) -> Floats:
    """The chance of so many or more among the trials, each with the chance `share`: exact, by the beta distribution.

    counts, trials: whole numbers, 0 <= counts <= trials; share: 0 to 1. Arrays of one shape. At or below the mean
    nothing stands out: the chance is given as 1.
    """
    x, n, p = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in (counts, trials, share)))
    asked = (x > n * p) & (p > 0) & (p < 1)
    return np.where(asked, betainc(np.where(asked, x, 1), np.where(asked, n - x + 1, 1), np.where(asked, p, 0.5)), 1.0)
