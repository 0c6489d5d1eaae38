"""The XmR chart: single values against their own moving ranges, the chart of 'Making Data Count'."""

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.control_charts.limits import (
    ControlLimits,
    find_first_points,
    get_limits_about,
    get_mean_moving_ranges,
    get_phase_means,
    get_phase_totals,
)

REACH = 2.66
"""Three standard deviations in mean moving ranges: 3 / 1.128, in the two decimals that NHS England prints and uses."""


def get_xmr_limits(
    values: npt.ArrayLike, phase: npt.ArrayLike = 0, *, screened: bool = True, first_points: int | None = None
) -> ControlLimits:
    """Mean and limits, mean -+ REACH x mean moving range, of each phase of each series.

    values: float64[areas, points], evenly spaced in time, NaN where not reported: such a month takes no part, and no
    moving range spans it. phase: the phase of each point, whole numbers from 0 that never fall, of a shape that
    broadcasts to the values'; limits are calculated anew in each. screened: leave out moving ranges at or above 3.267
    times the mean once, as NHSRplotthedots does; NHS England's Excel tool does not. first_points: the limits of a phase
    come from so many of its first reported points and hold for the rest. A phase of one point has no limits (NaN).
    Source: Wheeler DJ, Understanding variation (1993); NHS England, Making Data Count; NHSRplotthedots 0.2.0.
    """
    values = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(values)
    if first_points is not None:
        known = find_first_points(known, phase, first_points)
    basis = np.where(known, values, np.nan)
    mean = get_phase_means(basis, phase)
    reach = REACH * get_mean_moving_ranges(basis, phase, screened)
    return get_limits_about(mean, reach, get_phase_totals(known, phase), screened)
