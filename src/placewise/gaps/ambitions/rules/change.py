"""A figure against its baseline, or as it stands; a trend that should halt; amounts that are only followed."""

from dataclasses import replace

import numpy as np

from placewise.floor.statistics.estimate import Estimate
from placewise.floor.statistics.trend import YEAR, fit_trend
from placewise.gaps.ambitions.contract import Line, Scale
from placewise.gaps.ambitions.definition import ChangeRule, Target
from placewise.gaps.ambitions.outcome import (
    PERCENT,
    Outcome,
    at,
    find_start,
    get_change,
    get_difference,
    get_points,
)
from placewise.gaps.ambitions.periods import get_step, lay_out
from placewise.gaps.ambitions.reading import Reading

NAMED_LATE = "The areas were named after what is judged had begun to be measured, so nothing is concluded of them."
INDEX = "What is published is an index, of which no share says anything."
NO_START = "The figure is not known for the period that it is compared with."


def judge_change(target: Target, rule: ChangeRule, reading: Reading) -> Outcome:
    """As a share of the baseline, or by how much; without a number, that it is better than there.

    Areas that were chosen once something was measured of them prove nothing: after a bad year most get better.
    """
    outcome = compare_with_start(target, reading, at_group(reading), f"{reading.title}, against {_from(target)}")
    if rule.areas and target.baseline:
        after = [end for end in reading.ends if end > target.baseline.end]
        if after and rule.areas.named_on > after[0]:
            outcome = replace(outcome, why_not=NAMED_LATE)
    return with_counts(outcome, reading)


def compare_with_start(target: Target, reading: Reading, levels: Estimate, how: str) -> Outcome:
    """levels: [periods], what is followed; the last of them is judged."""
    better = "higher" if reading.better == "higher" else "lower"
    followed = Outcome(
        scale=reading.scale,
        periods=reading.periods,
        ends=tuple(reading.ends),
        levels=levels,
        better=better,
        how=how,
        has_seasons=reading.has_seasons,
    )
    now, value = at(levels, -1), target.value or 0.0
    is_share = target.unit in ("change", None) or target.value is None
    if is_share and reading.kind == "index":
        return replace(followed, why_not=INDEX)
    start = find_start(reading, levels, target.baseline)
    if start is None:
        return replace(followed, why_not=NO_START)
    started, point = start
    per = {"months": 12.0}.get(target.unit or "", 1.0)
    achieved = get_change(now, started) if is_share else get_difference(now, started).scaled(per)
    told = replace(
        followed,
        baseline=point,
        achieved=achieved,
        goal=value if is_share else _towards(better, value),
        aim=float(started.value * (1 + value)) if is_share else float(started.value + _towards(better, value) / per),
        achieved_scale=PERCENT if is_share else Scale(decimals=1, unit=target.unit or "", signed=True),
        what="the change",
    )
    if is_share and not started.lower > 0:
        return replace(told, why_not="At the start it cannot be told from nothing, so that no share of it is known.")
    return told


def judge_level(target: Target, reading: Reading) -> Outcome:
    levels = at_group(reading)
    outcome = Outcome(
        scale=reading.scale,
        periods=reading.periods,
        ends=tuple(reading.ends),
        levels=levels,
        achieved=at(levels, -1),
        goal=target.value,
        aim=target.value,
        better="higher" if reading.better == "higher" else "lower",
        achieved_scale=reading.scale,
        what="the level",
        how=f"{reading.title}, against the level that was promised",
        has_seasons=reading.has_seasons,
    )
    return with_counts(outcome, reading)


def judge_trend(target: Target, reading: Reading) -> Outcome:
    """The slope a year of the straight line since the baseline, or through all there is; its errors remember the period
    before."""
    better = "higher" if reading.better == "higher" else "lower"
    levels, ends = at_group(reading), tuple(reading.ends)
    since = [place for place, end in enumerate(ends) if target.baseline is None or end >= target.baseline.end]
    start = find_start(reading, levels, target.baseline)
    even = lay_out(levels.value[since], [ends[place] for place in since]) if since else levels.value[:0]
    slope = fit_trend(even[None], first_month=None).slope.scaled(YEAR / get_step(ends))
    scale = reading.scale.model_copy(
        update={"unit": f"{_points(reading.scale.unit)} a year", "decimals": reading.scale.decimals + 1, "signed": True}
    )
    outcome = Outcome(
        scale=reading.scale,
        periods=reading.periods,
        ends=ends,
        levels=levels,
        achieved=at(slope, 0),
        goal=target.value or 0.0,
        better=better,
        baseline=start[1] if start else None,
        achieved_scale=scale,
        what="the slope",
        how=f"{reading.title}: the slope of the straight line from {_from(target)}, against {target.value or 0:g}",
    )
    if np.isnan(slope.value[0]):
        return replace(outcome, why_not="There are too few periods for a slope.")
    return with_counts(outcome, reading)


def judge_trajectory(target: Target, reading: Reading) -> Outcome:
    """Every group as a line of its own, never their sum: what one cannot measure is not made up for by another."""
    ends = tuple(reading.ends)
    levels = reading.levels()
    lines = tuple(
        Line(title=group, scale=reading.scale, points=get_points(reading.periods, ends, at(levels, place)))
        for place, group in enumerate(reading.groups)
    )
    blank = np.full(len(ends), np.nan)
    return Outcome(
        scale=reading.scale,
        periods=(),
        ends=(),
        levels=Estimate(blank[:0], blank[:0], blank[:0]),
        beside=lines,
        how=f"{reading.title}, each apart",
        why_not="No number was promised, so none is measured against it.",
    )


def with_counts(outcome: Outcome, reading: Reading) -> Outcome:
    """The counts behind a figure of everybody, which bound what may come; a plain value has none."""
    if reading.kind in ("value", "index"):
        return outcome
    bounds = (0.0, 1.0 if reading.kind == "share" else np.inf)
    return replace(outcome, number=reading.number[0], of=reading.of[0], bounds=bounds)


def at_group(reading: Reading, place: int = 0) -> Estimate:
    """[periods]: the levels of one group."""
    return at(reading.levels(), place)


def _towards(better: str, value: float) -> float:
    """By how much, with its sign: six months off a gap are minus six."""
    return abs(value) if better == "higher" else -abs(value)


def _points(unit: str) -> str:
    return "percentage points" if unit.startswith("%") else unit


def _from(target: Target) -> str:
    return target.baseline.period if target.baseline else "its first period"
