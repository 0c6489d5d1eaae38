"""Interrupted time series: what became of monthly series after a month, beside what their own past led to expect."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.autoregression import fit_regression
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.trend import TrendTerms, get_estimate

LEVEL, SLOPE = 2, 3
"""Where TrendTerms has the change of level and of slope."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """change: the mean over the months from the start, less what was to be expected in them; level_change: at the
    start; slope_change: of a month. expected: float64[areas, months], what the past leads to expect in each month."""

    change: Estimate
    level_change: Estimate
    slope_change: Estimate
    expected: Floats


def fit_interruption(
    values: npt.ArrayLike,
    *,
    starts_at: int,
    first_month: int | None,
    breaks_at: Sequence[int] = (),
    steps_at: Sequence[int] = (),
    confidence: float = 0.95,
) -> Interruption:
    """A line through each series, with seasons, that may jump and turn when something began.

    values: float64[areas, months], NaN where not reported: shares or rates, so that a growing list is no change.
    starts_at: the place of the first month of what is judged, from 0. breaks_at: first months of other changes of level
    and slope, such as a pandemic; steps_at: of other changes of level alone, such as a coding drive, after which people
    stay coded. All are stated, never searched for. first_month: 1 to 12, the calendar month of the first value, or None
    for series without seasons. Errors remember the month before; intervals are averaged over how much they may
    (see autoregression). NaN where a series is too short or its months cannot tell two changes apart. Raises ValueError
    for a month that is none, or one named twice. Without areas to compare with, whatever else began in that month is
    taken for an effect.
    Source: Bernal JL, Cummins S, Gasparrini A, Int J Epidemiol 2017;46:348-355.
    """
    values = np.asarray(values, dtype=np.float64)
    months = values.shape[1]
    stated = [starts_at, *breaks_at, *steps_at]
    if outside := [each for each in stated if not 0 < each < months]:
        raise ValueError(f"month {outside[0]} lies outside the {months} months")
    if len(set(stated)) < len(stated):
        raise ValueError("two changes are stated for one month, and nothing tells them apart")
    terms = TrendTerms(months, first_month, starts_at)
    month = np.arange(months)
    after = [(month >= each).astype(np.float64) for each in (*breaks_at, *steps_at)]
    turns = [np.maximum(month - each, 0).astype(np.float64) for each in breaks_at]
    design = np.column_stack([terms.get_design(0, months), *after, *turns])
    regression = fit_regression(values, design)
    width = design.shape[1]

    def estimate(level: float, slope: float) -> Estimate:
        combination = np.zeros(width)
        combination[[LEVEL, SLOPE]] = level, slope
        return get_estimate(regression, combination, confidence)

    without = design.copy()
    without[:, [LEVEL, SLOPE]] = 0
    coefficients = np.einsum("ga,gat->at", regression.weight, regression.coefficients)
    since = (months - 1 - starts_at) / 2
    return Interruption(estimate(1, since), estimate(1, 0), estimate(0, 1), coefficients @ without.T)
