"""From what was achieved to one word."""

from datetime import date

import numpy as np

from placewise.floor.statistics.estimate import Estimate
from placewise.gaps.ambitions.contract import LIKELY, UNLIKELY, Verdict


def decide(
    achieved: Estimate | None,
    goal: float | None,
    better: str,
    *,
    due: date | None,
    as_of: date,
    measured_until: date | None,
    chance: float | None,
) -> Verdict:
    """achieved: a single value with its limits, at the period that is judged, which ends on measured_until.

    On the day due a target is met where the whole interval is at the goal or better, missed where it all is worse, and
    not yet known where it lies on both sides; with no figure that reaches the day it is not measured. Before that day
    the chance decides (LIKELY, UNLIKELY), and without one only what is reached already is on course. A target without
    a date is met, off course or not yet known. A value without limits is taken as it stands.
    """
    if achieved is None or goal is None or np.isnan(achieved.value) or measured_until is None:
        return Verdict.NOT_MEASURED
    is_past = due is not None and due <= as_of
    if is_past and due is not None and measured_until < due:
        return Verdict.NOT_MEASURED
    side = find_side(achieved, goal, better)
    if is_past:
        return {1: Verdict.MET, -1: Verdict.MISSED}.get(side, Verdict.NOT_YET_KNOWN)
    if due is None:
        return {1: Verdict.MET, -1: Verdict.OFF_COURSE}.get(side, Verdict.NOT_YET_KNOWN)
    if chance is not None:
        likely, unlikely = chance >= LIKELY, chance <= UNLIKELY
        return Verdict.ON_COURSE if likely else Verdict.OFF_COURSE if unlikely else Verdict.NOT_YET_KNOWN
    return Verdict.ON_COURSE if side == 1 else Verdict.NOT_YET_KNOWN


def find_side(achieved: Estimate, goal: float, better: str) -> int:
    """1: all of the interval is at the goal or better; -1: all of it is worse; 0: it lies on both sides."""
    lower = achieved.value if np.isnan(achieved.lower) else achieved.lower
    upper = achieved.value if np.isnan(achieved.upper) else achieved.upper
    if better == "higher":
        return 1 if lower >= goal else -1 if upper < goal else 0
    return 1 if upper <= goal else -1 if lower > goal else 0
