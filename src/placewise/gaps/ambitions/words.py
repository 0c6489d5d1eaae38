"""A verdict in one sentence, with the figure it rests on."""

from datetime import date

import numpy as np

from placewise.floor.statistics.estimate import Estimate
from placewise.gaps.ambitions.contract import Scale, Verdict, get_chance_words, get_period_words
from placewise.gaps.ambitions.definition import Target
from placewise.gaps.ambitions.outcome import Outcome


def tell(outcome: Outcome, verdict: Verdict, target: Target, as_of: date, chance: float | None) -> str:
    if outcome.why_not:
        return outcome.why_not
    achieved = outcome.achieved
    if achieved is None or outcome.goal is None or np.isnan(achieved.value):
        return "The figure is not known, or hidden to protect privacy."
    until, promised = get_period_words(outcome.periods[-1]), _promised(outcome, target)
    told = f"In {until} {outcome.what} is {_with_interval(achieved, outcome.achieved_scale)}; {promised}."
    if verdict == Verdict.NOT_MEASURED and target.due is not None:
        return f"No figure reaches {_day(target.due)} yet. The newest: {told[:1].lower()}{told[1:]}"
    if chance is not None:
        return (
            f"{told} The chance of meeting it by {_day(target.due)} is {get_chance_words(chance)}, by the trend so far."
        )
    if target.due is not None and target.due > as_of:
        return f"{told} There are too few periods for a forecast."
    if verdict == Verdict.NOT_YET_KNOWN:
        return f"{told} The interval lies on both sides of it."
    return told


def _promised(outcome: Outcome, target: Target) -> str:
    goal = outcome.achieved_scale.words(outcome.goal or 0.0)
    if target.value is None:
        return f"to be {'above' if outcome.better == 'higher' else 'below'} {goal} was the aim, with no number given"
    return f"promised: {goal} or {'higher' if outcome.better == 'higher' else 'lower'}"


def _with_interval(achieved: Estimate, scale: Scale) -> str:
    value = scale.words(float(achieved.value))
    if np.isnan(achieved.lower) or np.isnan(achieved.upper):
        return f"{value} (no interval is published)"
    return f"{value} (95% interval {scale.number(float(achieved.lower))} to {scale.number(float(achieved.upper))})"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
