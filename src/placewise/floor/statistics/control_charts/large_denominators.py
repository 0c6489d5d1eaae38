"""Charts for large denominators: p' for proportions, u' for rates, whose limits count the variation between months.

With tens of thousands of people in each month the limits of a plain p or u chart are so narrow that nearly every month
lies outside: more varies than what happens to one person. Laney's charts widen them by what the months show to vary.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.control_charts.limits import (
    ControlLimits,
    get_limits_about,
    get_mean_moving_ranges,
    get_phase_totals,
)
from placewise.floor.statistics.estimate import Floats

RANGE_OF_TWO = 1.128
"""The mean range of two values from a normal distribution, in standard deviations (d2)."""


def get_p_prime_limits(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    phase: npt.ArrayLike = 0,
    *,
    screened: bool = True,
    areas: Sequence[str] = (),
) -> ControlLimits:
    """Limits of numerator / denominator, a proportion from 0 to 1.

    With p the proportion of the whole phase, s = sqrt(p (1 - p) / n) and z = (x / n - p) / s of each month, the limits
    are p -+ 3 s Z, where Z is the mean moving range of z divided by 1.128. They may lie beyond 0 and 1. numerator,
    denominator: float64[areas, points], 0 <= x <= n; a month is not reported where either is NaN or the denominator is
    0. phase, screened: as for the XmR chart; areas: their names, for the errors. Raises ValueError, naming the area,
    for a count below 0 or a numerator above its denominator.
    Source: Laney DB, Quality Engineering 2002;14:531-537.
    """
    x, n = _read(numerator, denominator, areas)
    check_areas(x > n, "a numerator exceeds its denominator", areas)
    proportion = get_phase_totals(np.nan_to_num(x), phase) / _positive(get_phase_totals(np.nan_to_num(n), phase))
    return _widen(x / n, proportion, np.sqrt(proportion * (1 - proportion) / n), phase, screened)


def get_u_prime_limits(
    events: npt.ArrayLike,
    exposure: npt.ArrayLike,
    phase: npt.ArrayLike = 0,
    *,
    screened: bool = True,
    areas: Sequence[str] = (),
) -> ControlLimits:
    """Limits of events / exposure, in events for one of the exposure: as p', but s = sqrt(u / n). They may be below 0.

    events, exposure: float64[areas, points], neither below 0; a month is not reported where either is NaN or the
    exposure is 0. Raises ValueError, naming the area, for events or exposure below 0.
    Source: Laney DB, Quality Engineering 2002;14:531-537.
    """
    x, n = _read(events, exposure, areas)
    rate = get_phase_totals(np.nan_to_num(x), phase) / _positive(get_phase_totals(np.nan_to_num(n), phase))
    return _widen(x / n, rate, np.sqrt(rate / n), phase, screened)


def _read(numerator: npt.ArrayLike, denominator: npt.ArrayLike, areas: Sequence[str]) -> tuple[Floats, Floats]:
    """Both as floats of one shape, NaN in both where a month is not reported."""
    x, n = np.broadcast_arrays(np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    check_areas((x < 0) | (n < 0), "a count below zero", areas)
    known = ~np.isnan(x) & (n > 0)
    return np.where(known, x, np.nan), np.where(known, n, np.nan)


def _positive(totals: Floats) -> Floats:
    return np.where(totals > 0, totals, np.nan)


def _widen(values: Floats, centre: Floats, deviation: Floats, phase: npt.ArrayLike, screened: bool) -> ControlLimits:
    """deviation: of one month by chance alone; where it is 0 (all months 0 or all whole) the limits are the centre."""
    varies = deviation > 0
    scores = np.where(varies, (values - centre) / np.where(varies, deviation, 1.0), np.where(deviation == 0, 0, np.nan))
    widening = get_mean_moving_ranges(scores, phase, screened) / RANGE_OF_TWO
    points = get_phase_totals(~np.isnan(values), phase)
    return get_limits_about(centre, 3 * deviation * widening, points, screened)
