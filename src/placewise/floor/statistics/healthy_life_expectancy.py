"""Healthy life expectancy: the years of a life table that are lived in good health."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.normal import get_z


def get_healthy_life_expectancy(
    survivors: npt.ArrayLike,
    person_years: npt.ArrayLike,
    healthy: npt.ArrayLike,
    variance: npt.ArrayLike,
    confidence: float = 0.95,
    areas: Sequence[str] = (),
) -> Estimate:
    """Sullivan's method: years in good health from the start of each band on, with limits.

    survivors, person_years: [area, band] of a life table (`LifeExpectancy` hands them on; its blanks stay blank);
    healthy: [area, band], the share in good health of those who answered, weighted, from 0 to 1; variance: of that
    share (`get_share_variance`). With l survivors, L person-years, p the share and v its variance, from each band on,

        years = sum L p / l,  standard error = sqrt(sum L^2 v) / l,  limits = years -+ z standard error

    The variance of the death rates is left out, as the method does: that of the survey outweighs it.
    Ages that the survey did not ask need a share estimated from those it did: a missing share is a ValueError that
    names the area, and so is one below 0 or above 1.
    Source: Sullivan DF, HSMHA Health Rep 1971;86:347-354; Jagger C and others, Health expectancy calculation by the
    Sullivan method, 4th edition (2014).
    """
    alive, lived, share, spread = (
        np.asarray(each, dtype=np.float64) for each in (survivors, person_years, healthy, variance)
    )
    check_areas(~((share >= 0) & (share <= 1)), "a share in good health is missing or not from 0 to 1", areas)
    check_areas(~(spread >= 0), "the variance of a share in good health is missing or below zero", areas)
    with np.errstate(invalid="ignore", divide="ignore"):
        years = _add_from_here(lived * share) / alive
        reach = get_z(confidence) * np.sqrt(_add_from_here(lived**2 * spread)) / alive
    return Estimate(years, years - reach, years + reach)


def get_share_variance(share: npt.ArrayLike, answers: npt.ArrayLike, design_effect: float = 1.0) -> Floats:
    """The variance p (1 - p) / n of a share, times the survey's design effect.

    share: weighted, 0 to 1; answers: n, the people who answered, not weighted; none of them gives NaN.
    """
    p, n = np.asarray(share, dtype=np.float64), np.asarray(answers, dtype=np.float64)
    return design_effect * p * (1 - p) / np.where(n > 0, n, np.nan)


def _add_from_here(values: Floats) -> Floats:
    """The sum of each band and of those after it. values: [area, band]."""
    return np.cumsum(values[..., ::-1], axis=-1)[..., ::-1]
