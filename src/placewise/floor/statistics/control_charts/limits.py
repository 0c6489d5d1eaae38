"""Limits of a control chart, and the means and moving ranges of the phases they come from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

SHORT = 12
"""Limits from fewer points than this are drawn with a warning (NHSRplotthedots; NHS England's tool draws from 13)."""

SCREEN = 3.267
"""Moving ranges from this many times their mean up are screened out: the upper limit of ranges of two (D4)."""


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """Where the points of each series are expected: float64[areas, points], in the unit of the values.

    centre: the line runs are judged by. lower, upper: the limits, beyond which chance puts a point about as rarely as
    three standard deviations; near_lower, near_upper: two of them. NaN where nothing can be said. points: int64[areas,
    points], the reported points that the limits rest on. screened: whether large moving ranges were left out, to be
    printed.
    """

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    points: Integers
    screened: bool = False

    @property
    def is_short(self) -> Booleans:
        """bool[areas, points]: the limits rest on few points and need a warning."""
        return self.points < SHORT


def get_limits_about(centre: Floats, reach: Floats, points: Floats, screened: bool) -> ControlLimits:
    """Limits at the same distance on both sides; reach: float64[areas, points], from the centre to the limit."""
    near = 2 * (reach / 3)
    return ControlLimits(
        centre, centre - reach, centre + reach, centre - near, centre + near, points.astype(np.int64), screened
    )


def get_phase_totals(amounts: npt.NDArray[np.generic], phase: npt.ArrayLike) -> Floats:
    """float64[areas, points]: at each point the sum of the amounts of its phase.

    phase: whole numbers from 0 that never fall along time, of the amounts' shape or one that broadcasts to it.
    """
    phase = np.broadcast_to(np.asarray(phase), amounts.shape)
    totals = np.zeros(amounts.shape)
    for each in np.unique(phase):
        member = phase == each
        totals = np.where(member, np.where(member, amounts, 0).sum(axis=-1, keepdims=True), totals)
    return totals


def get_phase_means(values: Floats, phase: npt.ArrayLike) -> Floats:
    """float64[areas, points]: at each point the mean of its phase, over values that are not NaN; NaN where none is.

    The mean of the deviations is added back, so that equal values have exactly their value as the mean and no point
    lies beside it by rounding.
    """
    known = ~np.isnan(values)
    number = get_phase_totals(known, phase)
    with np.errstate(invalid="ignore"):
        mean = get_phase_totals(np.where(known, values, 0.0), phase) / number
        return mean + get_phase_totals(np.where(known, values - mean, 0.0), phase) / number


def find_first_points(known: Booleans, phase: npt.ArrayLike, number: int) -> Booleans:
    """bool[areas, points]: the first so many known points of each phase."""
    phase = np.broadcast_to(np.asarray(phase), known.shape)
    first = np.zeros(known.shape, dtype=np.bool_)
    for each in np.unique(phase):
        member = known & (phase == each)
        first |= member & (np.cumsum(member, axis=-1) <= number)
    return first


def get_mean_moving_ranges(values: Floats, phase: npt.ArrayLike, screened: bool) -> Floats:
    """float64[areas, points]: at each point the mean of the moving ranges of its phase, in the unit of the values.

    A moving range is the difference of two points that follow each other in one phase; next to a missing point there is
    none. Screening leaves out, once, those at or above SCREEN times their mean, unless that mean is 0. NaN without any.
    """
    phase = np.broadcast_to(np.asarray(phase), values.shape)
    ranges = np.full(values.shape, np.nan)
    ranges[..., 1:] = np.where(phase[..., 1:] == phase[..., :-1], np.abs(np.diff(values, axis=-1)), np.nan)
    means = get_phase_means(ranges, phase)
    if not screened:
        return means
    large = (means > 0) & (ranges >= SCREEN * means)
    return get_phase_means(np.where(large, np.nan, ranges), phase)
