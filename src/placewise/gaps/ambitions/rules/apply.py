"""Which rule a target is judged by."""

from dataclasses import replace
from datetime import date

from placewise.gaps.ambitions.definition import (
    ChangeRule,
    ComparatorRule,
    ExcessRule,
    ExpectedRule,
    InequalityRule,
    LifeExpectancyRule,
    RareEventsRule,
    Target,
    TrajectoryRule,
    TrendRule,
)
from placewise.gaps.ambitions.outcome import Outcome
from placewise.gaps.ambitions.reading import Read, Reading
from placewise.gaps.ambitions.rules.change import judge_change, judge_level, judge_trajectory, judge_trend
from placewise.gaps.ambitions.rules.counts import judge_comparator, judge_count_above_expected, judge_rare_events
from placewise.gaps.ambitions.rules.gaps import judge_excess, judge_inequality, judge_life_expectancy


def apply_rule(target: Target, reading: Reading, read: Read, until: date) -> Outcome:
    """What the target's rule makes of a reading; the last period is the one that is judged."""
    rule = target.verdict

    def beside(name: str | None) -> Reading | None:
        found = read(name) if name else None
        return found.until(until) if found else None

    match rule:
        case ChangeRule():
            return judge_change(target, rule, reading)
        case TrendRule():
            return judge_trend(target, reading)
        case InequalityRule():
            return judge_inequality(target, reading)
        case LifeExpectancyRule():
            return judge_life_expectancy(target, rule, reading, beside(rule.healthy))
        case ExcessRule():
            return judge_excess(target, rule, reading)
        case ExpectedRule():
            return judge_count_above_expected(target, reading, _needed(beside(rule.cases), reading))
        case RareEventsRule():
            return judge_rare_events(target, reading, beside(rule.between))
        case ComparatorRule():
            return judge_comparator(target, rule, reading)
        case TrajectoryRule():
            return judge_trajectory(target, reading)
        case _:
            return judge_level(target, reading)


def _needed(cases: Reading | None, reading: Reading) -> Reading:
    """Without a series of all cases, those of known stage are all there are known to be."""
    return cases if cases is not None and cases.periods else replace(reading, number=reading.of)
