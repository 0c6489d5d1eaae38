"""The rules of 'Making Data Count': which points of a chart chance does not explain, and to which side."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.control_charts.limits import Booleans, ControlLimits
from placewise.floor.statistics.estimate import Floats

RUN_LENGTH = 7
"""Points in a row that make a shift or a trend. NHS England's Excel tool lets its user choose 6 or 7."""

Sides = tuple[Booleans, Booleans]
"""bool[areas, points] twice: high, then low."""


class Rule(IntEnum):
    """In the order in which a point that breaks several is shown."""

    OUTSIDE = 0
    TREND = 1
    TWO_OF_THREE = 2
    SHIFT = 3


@dataclass(frozen=True, slots=True)
class SpecialCauses:
    """high, low: bool[rules, areas, points], in the order of Rule; run_length: to be printed with the chart."""

    high: Booleans
    low: Booleans
    run_length: int

    @property
    def is_clash(self) -> Booleans:
        """bool[areas, points]: one rule finds the point high and one finds it low."""
        return np.logical_and(self.high.any(axis=0), self.low.any(axis=0))


def find_special_causes(
    values: npt.ArrayLike, limits: ControlLimits, phase: npt.ArrayLike = 0, run_length: int = RUN_LENGTH
) -> SpecialCauses:
    """What each rule finds at each point.

    values, limits, phase: as for the limits. No rule looks across a change of phase. A missing point ends every run:
    of a month that was not reported nobody knows on which side it lay. Likewise a point exactly on the centre line.
    Source: NHS England, Making Data Count; NHSRplotthedots 0.2.0. The colour of a trend is that of its direction.
    """
    values = np.asarray(values, dtype=np.float64)
    phase = np.broadcast_to(np.asarray(phase), values.shape)
    rules = {
        Rule.OUTSIDE: find_outside(values, limits),
        Rule.TREND: find_trends(values, phase, run_length),
        Rule.TWO_OF_THREE: find_two_of_three(values, limits, phase),
        Rule.SHIFT: find_shifts(values, limits.centre, phase, run_length),
    }
    high, low = (np.stack([rules[rule][side] for rule in Rule]) for side in (0, 1))
    return SpecialCauses(high, low, run_length)


def find_outside(values: Floats, limits: ControlLimits) -> Sides:
    """Points above the upper or below the lower limit."""
    return values > limits.upper, values < limits.lower


def find_trends(values: Floats, phase: npt.NDArray[np.generic], run_length: int = RUN_LENGTH) -> Sides:
    """Every point of a run of `run_length` points, each above (or each below) the one before it."""
    if values.shape[-1] < run_length:
        return np.full(values.shape, False), np.full(values.shape, False)
    steps = np.lib.stride_tricks.sliding_window_view(np.diff(values, axis=-1), run_length - 1, axis=-1)
    whole = _whole(phase, run_length)
    rising, falling = ((steps > 0).all(axis=-1), (steps < 0).all(axis=-1))
    return _spread(rising & whole, run_length), _spread(falling & whole, run_length)


def find_shifts(values: Floats, centre: Floats, phase: npt.NDArray[np.generic], run_length: int = RUN_LENGTH) -> Sides:
    """Every point of a run of `run_length` points on one side of the centre line."""
    return _find_runs(values > centre, phase, run_length), _find_runs(values < centre, phase, run_length)


def find_two_of_three(values: Floats, limits: ControlLimits, phase: npt.NDArray[np.generic]) -> Sides:
    """Points between two thirds of the limit and the limit, where two of three in a row are and all three lie on one
    side of the centre line. The third point is not marked (NHS England's tools since 2023)."""
    high = (values > limits.near_upper) & (values <= limits.upper)
    low = (values < limits.near_lower) & (values >= limits.lower)
    return (
        high & _find_runs(values > limits.centre, phase, 3, marked=high, least=2),
        low & _find_runs(values < limits.centre, phase, 3, marked=low, least=2),
    )


def _find_runs(
    side: Booleans, phase: npt.NDArray[np.generic], length: int, marked: Booleans | None = None, least: int = 0
) -> Booleans:
    """Points of windows of this length, all on the side, in one phase, at least so many of them marked."""
    if side.shape[-1] < length:
        return np.full(side.shape, False)
    view = np.lib.stride_tricks.sliding_window_view
    found = view(side, length, axis=-1).all(axis=-1) & _whole(phase, length)
    if marked is not None:
        found &= view(marked, length, axis=-1).sum(axis=-1) >= least
    return _spread(found, length)


def _whole(phase: npt.NDArray[np.generic], length: int) -> Booleans:
    """bool[areas, windows]: the window lies in one phase."""
    return phase[..., length - 1 :] == phase[..., : phase.shape[-1] - length + 1]


def _spread(found: Booleans, length: int) -> Booleans:
    """bool[areas, points]: the point belongs to a window that is found."""
    points = np.full((*found.shape[:-1], found.shape[-1] + length - 1), False)
    for offset in range(length):
        points[..., offset : offset + found.shape[-1]] |= found
    return points
