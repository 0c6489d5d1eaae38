"""Counts: more than the baseline's share would give; events so rare that a monthly percentage says nothing."""

from dataclasses import replace

import numpy as np

from placewise.floor.statistics.control_charts.chart import PointType, build_control_chart
from placewise.floor.statistics.control_charts.rare_events import get_g_limits
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.inequality_gap import get_absolute_gap
from placewise.gaps.ambitions.contract import Scale
from placewise.gaps.ambitions.definition import ComparatorRule, Target
from placewise.gaps.ambitions.outcome import Outcome, at, find_start
from placewise.gaps.ambitions.reading import Reading
from placewise.gaps.ambitions.rules.change import NO_START, at_group, compare_with_start, with_counts

PEOPLE = Scale(decimals=0, unit="people")


def judge_count_above_expected(target: Target, reading: Reading, cases: Reading) -> Outcome:
    """Those found early of now's cases, less what the baseline's share of them would be.

    Where the stage is not known it is taken to be as where it is, so that better recording alone adds nobody: both
    shares are of known stages and are put upon all cases. Each period is judged on its own.
    """
    known = [place for place, period in enumerate(reading.periods) if period in cases.periods]
    periods = tuple(reading.periods[place] for place in known)
    trimmed = replace(reading, periods=periods, number=reading.number[:, known], of=reading.of[:, known])
    all_cases = cases.number[0, [cases.periods.index(period) for period in periods]]
    shares = at_group(trimmed)
    outcome = Outcome(
        scale=PEOPLE,
        periods=periods,
        ends=tuple(trimmed.ends),
        levels=Estimate(*(np.full(len(periods), np.nan) for _ in range(3))),
        goal=target.value,
        aim=target.value,
        better="higher",
        achieved_scale=PEOPLE,
        what="the count above expected",
        how=f"{reading.title}: the share of known stages, put upon all cases, above the share at the start",
    )
    start = find_start(trimmed, shares, target.baseline)
    if start is None:
        return replace(outcome, why_not=NO_START)
    base = Estimate(*(np.full(len(periods), float(each)) for each in (start[0].value, start[0].lower, start[0].upper)))
    above = get_absolute_gap(shares, base)
    levels = Estimate(*(each * all_cases for each in (above.value, above.lower, above.upper)))
    point = start[1].model_copy(update={"value": 0.0, "lower": None, "upper": None})
    told = f"The stage is known of {trimmed.of[0, -1] / all_cases[-1] * 100:.0f}% of cases in {periods[-1]}."
    return replace(outcome, levels=levels, achieved=at(levels, -1), baseline=point, notes=(told,))


def judge_rare_events(target: Target, reading: Reading, between: Reading | None) -> Outcome:
    """The rate against its baseline, with its number; what the chart for rare events says of the newest gaps."""
    levels = at_group(reading)
    outcome = with_counts(compare_with_start(target, reading, levels, f"{reading.title}, number and rate"), reading)
    lowest = [
        f"The {what} of {reading.periods[-1]} is the lowest {since}."
        for what, values in (("number", reading.number[0]), ("rate", levels.value))
        if (since := find_lowest_since(reading.periods, values))
    ]
    notes = [*lowest, *([_read_chart(between)] if between else [])]
    gaps = tuple(between.number[0].tolist()) if between else ()
    return replace(outcome, between=gaps, notes=tuple(each for each in notes if each))


def find_lowest_since(periods: tuple[str, ...], values: Floats) -> str:
    """`since 2015`: the last period before that was as low or lower, or `since the series began in 2010`.

    Empty where the last period is not known or the one before was as low.
    """
    if len(values) < 2 or np.isnan(values[-1]):
        return ""
    as_low = np.flatnonzero(values[:-1] <= values[-1])
    if not len(as_low):
        return f"since the series began in {periods[0]}"
    return "" if as_low[-1] == len(values) - 2 else f"since {periods[as_low[-1]]}"


def judge_comparator(target: Target, rule: ComparatorRule, reading: Reading) -> Outcome:
    """A share against one that somebody stated of others: not a promise, but the only number there is."""
    levels = at_group(reading)
    return Outcome(
        scale=reading.scale,
        periods=reading.periods,
        ends=tuple(reading.ends),
        levels=levels,
        number=reading.number[0],
        of=reading.of[0],
        achieved=at(levels, -1),
        goal=rule.value,
        aim=rule.value,
        better="higher",
        achieved_scale=reading.scale,
        what="the share",
        how=f"{reading.title}, against {rule.says} ({rule.source})",
        notes=("No number was promised; the share is held against the stated one.",),
    )


def _read_chart(between: Reading) -> str:
    """What the g chart says of the newest gap between two events: a longer one is better."""
    limits = get_g_limits(between.number)
    found = build_control_chart(between.number, limits, "higher").variation[0]
    if found == PointType.IMPROVEMENT:
        return "The chart for rare events shows longer gaps between them of late than chance allows."
    if found == PointType.CONCERN:
        return "The chart for rare events shows shorter gaps between them of late than chance allows."
    if found == PointType.COMMON_CAUSE:
        return "On the chart for rare events the newest gap between two is as chance would have it."
    return "There are too few events for a chart of them."
