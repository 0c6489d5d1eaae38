"""What a control chart says: each point good, bad or chance; the variation icon; the assurance icon."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.control_charts.limits import Booleans, ControlLimits, Integers
from placewise.floor.statistics.control_charts.special_causes import RUN_LENGTH, SpecialCauses, find_special_causes

Better = Literal["higher", "lower", "neither"]
Words = npt.NDArray[np.str_]


class PointType(StrEnum):
    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"
    NOT_REPORTED = "not_reported"
    NO_LIMITS = "no_limits"


class Assurance(StrEnum):
    PASS = "consistent_pass"
    FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"
    NONE = ""


@dataclass(frozen=True, slots=True)
class ControlChart:
    """limits, special: what was computed. rule: int8[areas, points], the Rule shown, -1 for none. point_type:
    words of PointType [areas, points]. latest: int64[areas], the last reported point, -1 for none. variation: words of
    PointType [areas], those of the latest point. assurance: words of Assurance [areas]."""

    limits: ControlLimits
    special: SpecialCauses
    rule: npt.NDArray[np.int8]
    point_type: Words
    latest: Integers
    variation: Words
    assurance: Words


def build_control_chart(
    values: npt.ArrayLike,
    limits: ControlLimits,
    better: Better,
    *,
    target: npt.ArrayLike | None = None,
    phase: npt.ArrayLike = 0,
    run_length: int = RUN_LENGTH,
) -> ControlChart:
    """Read a chart by the rules of 'Making Data Count'.

    values: float64[areas, points], NaN where not reported; limits: of the same points; target: one, or one an area, in
    the unit of the values, NaN for none. A point that breaks several rules shows the first in the order of Rule, and
    where that rule alone finds both sides (the turn of two trends) the better one, or the high one.
    """
    values = np.asarray(values, dtype=np.float64)
    special = find_special_causes(values, limits, phase, run_length)
    rule, is_high = get_shown(special, better)
    point_type = get_point_types(values, limits, rule, is_high, better)
    latest = get_latest(~np.isnan(values))
    at_latest = np.maximum(latest, 0)[..., None]
    variation = np.take_along_axis(point_type, at_latest, axis=-1)[..., 0]
    assurance = get_assurance(limits, better, np.nan if target is None else target)
    return ControlChart(limits, special, rule, point_type, latest, variation, assurance)


def get_shown(special: SpecialCauses, better: Better) -> tuple[npt.NDArray[np.int8], Booleans]:
    """The rule shown at each point, -1 for none, and whether it finds the point high: [areas, points] each."""
    found = special.high | special.low
    first = found.argmax(axis=0)
    high, low = (np.take_along_axis(side, first[None], axis=0)[0] for side in (special.high, special.low))
    return np.where(found.any(axis=0), first, -1).astype(np.int8), high & ~(low & (better == "lower"))


def get_point_types(
    values: npt.NDArray[np.float64],
    limits: ControlLimits,
    rule: npt.NDArray[np.int8],
    is_high: Booleans,
    better: Better,
) -> Words:
    """The word for each point: [areas, points]."""
    if better == "neither":
        high, low = PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW
    else:
        high, low = PointType.IMPROVEMENT, PointType.CONCERN
        if better == "lower":
            high, low = low, high
    return np.select(
        [np.isnan(values), np.isnan(limits.upper), rule < 0, is_high],
        [str(each) for each in (PointType.NOT_REPORTED, PointType.NO_LIMITS, PointType.COMMON_CAUSE, high)],
        str(low),
    )


def get_latest(reported: Booleans) -> Integers:
    """int64[areas]: the last reported point of each series, -1 where none is."""
    last = reported.shape[-1] - 1 - reported[..., ::-1].argmax(axis=-1)
    return np.where(reported.any(axis=-1), last, -1).astype(np.int64)


def get_assurance(limits: ControlLimits, better: Better, target: npt.ArrayLike) -> Words:
    """Whether the target lies strictly beyond the limits of the last point: met or failed whatever chance does.

    Words of Assurance [areas]; none without a target, without limits, or where neither direction is better.
    """
    upper, lower = limits.upper[..., -1], limits.lower[..., -1]
    goal = np.broadcast_to(np.asarray(target, dtype=np.float64), upper.shape)
    above, below = (Assurance.FAIL, Assurance.PASS) if better == "higher" else (Assurance.PASS, Assurance.FAIL)
    none = np.isnan(goal) | np.isnan(upper) | (better == "neither")
    words = [str(each) for each in (Assurance.NONE, above, below)]
    return np.select([none, goal > upper, goal < lower], words, str(Assurance.INCONSISTENT))
