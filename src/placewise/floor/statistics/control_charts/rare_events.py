"""Charts for rare events: t, the time between them, and g, the opportunities between them.

A monthly chart of an event that most months lack says nothing. These show the gap between each event and the next, and
a gap beyond the upper limit is a fall of the rate. Their limits are exact and estimate nothing: where all gaps of a
phase come from one rate, then, of their total, each gap has a known distribution whatever the rate is.
"""

from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.control_charts.limits import ControlLimits, get_phase_totals
from placewise.floor.statistics.estimate import Floats

BEYOND_LIMIT = NormalDist().cdf(-3)
"""The chance of a point beyond either limit, 0.00135: that of three standard deviations."""

BEYOND_NEAR = NormalDist().cdf(-2)
FEWEST = 2
"""Of a single gap nothing can be said."""


def get_t_limits(times: npt.ArrayLike, phase: npt.ArrayLike = 0, *, areas: Sequence[str] = ()) -> ControlLimits:
    """Median and limits of the times between events, in the unit of the times.

    times: float64[areas, events], from each event to the next, in order, NaN where a series has no more (or where a
    time is not known); not below 0. phase: as for the XmR chart. Of n exponential times with the sum T, one is longer
    than t with the chance (1 - t / T)^(n - 1), which is solved for t. The exact exponential, not the power 1 / 3.6 that
    makes times look normal (Nelson LS, J Qual Technol 1994;26:239-240): the power is an approximation of the same.
    Source: the spacings of a Poisson process, as in Feller W, An introduction to probability theory II (1971), I.7.
    Raises ValueError, naming the area, for a time below 0.
    """
    between, number, total = _read(times, phase, areas)
    others = np.where(number >= FEWEST, number - 1, np.nan)
    return _get_limits(lambda chance: total * -np.expm1(np.log(chance) / others), between, number)


def get_g_limits(opportunities: npt.ArrayLike, phase: npt.ArrayLike = 0, *, areas: Sequence[str] = ()) -> ControlLimits:
    """Median and limits of the opportunities without an event between two events, in opportunities.

    opportunities: whole numbers [areas, events], such as births between stillbirths, NaN where a series has no more;
    phase: as for the XmR chart. Of n geometric numbers with the sum S, one is x or more with the chance
    C(S - x + n - 1, n - 1) / C(S + n - 1, n - 1), the same as picking cases from the S + n - 1 without return. Each
    limit is the last number whose chance is above the stated one, so that a point beyond it is at most as likely.
    Source: Benneyan JC, Health Care Manag Sci 2001;4:305-318, whose limits are 3 standard deviations; here exact.
    Raises ValueError, naming the area, for a number below 0 or not whole.
    """
    between, number, total = _read(opportunities, phase, areas)
    check_areas(np.isfinite(between) & (between != np.floor(between)), "a number of opportunities not whole", areas)
    return _get_limits(lambda chance: _find_last(chance, number, total), between, number)


def _read(gaps: npt.ArrayLike, phase: npt.ArrayLike, areas: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    """The gaps, and at each the number and the sum of those of its phase."""
    between = np.asarray(gaps, dtype=np.float64)
    check_areas(between < 0, "a gap between events below zero", areas)
    return between, get_phase_totals(~np.isnan(between), phase), get_phase_totals(np.nan_to_num(between), phase)


def _get_limits(get_gap: Callable[[float], Floats], between: Floats, number: Floats) -> ControlLimits:
    """get_gap: the gap which one is longer than with a chance."""
    return ControlLimits(
        centre=get_gap(0.5),
        lower=get_gap(1 - BEYOND_LIMIT),
        upper=get_gap(BEYOND_LIMIT),
        near_lower=get_gap(1 - BEYOND_NEAR),
        near_upper=get_gap(BEYOND_NEAR),
        points=number.astype(np.int64),
    )


def _find_last(chance: float, number: Floats, total: Floats) -> Floats:
    """The largest whole x with P(gap >= x) above the chance, by halving."""
    known = number >= FEWEST
    number = np.where(known, number, FEWEST)
    low, high = np.zeros(total.shape), total + 1.0
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        above = (middle <= total) & (get_tail(middle, number, total) > chance)
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where(known, low, np.nan)


def get_tail(x: Floats, number: Floats, total: Floats) -> Floats:
    """P(gap >= x) of one of `number` geometric gaps with this sum; an x above the sum is taken as the sum."""
    rest = np.maximum(total - x, 0.0)
    fewer = gammaln(rest + number) - gammaln(rest + 1)
    return np.exp(fewer - gammaln(total + number) + gammaln(total + 1))
