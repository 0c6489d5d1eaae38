"""A risk's colour: by its score where every control was tested in time, and red otherwise whatever the score.

The matrix of 5 by 5 and its bands are those of the National Patient Safety Agency, A risk matrix for risk managers
(2008): 15 and more is extreme, 8 to 12 high.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

LEAST, MOST = 1, 5
RED_FROM, AMBER_FROM = 15, 8


class Colour(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Line(IntEnum):
    """The three lines of assurance: who says that a control works."""

    MANAGEMENT = 1
    OVERSIGHT = 2
    INDEPENDENT = 3


class ControlState(StrEnum):
    TESTED = "tested"
    UNTESTED = "untested"
    OVERDUE = "overdue"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """That a control was tested on a day."""

    on: date
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """tests: oldest first. test_every_days: how long one test is worth."""

    title: str
    line: Line
    test_every_days: int
    tests: tuple[Trial, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """because: a sentence for each thing that makes it red besides the score."""

    score: int
    colour: Colour
    because: tuple[str, ...]


def get_score(likelihood: int, impact: int) -> int:
    """1 to 25. Raises ValueError for anything but 1 to 5 each."""
    if not (LEAST <= likelihood <= MOST and LEAST <= impact <= MOST):
        raise ValueError(f"likelihood and impact are {LEAST} to {MOST} each")
    return likelihood * impact


def get_due(control: Control) -> date | None:
    """The last day of which its newest test says anything; None where it was never tested."""
    return control.tests[-1].on + timedelta(days=control.test_every_days) if control.tests else None


def judge_control(control: Control, on: date) -> ControlState:
    """Tests of later days are not known yet."""
    known = [test for test in control.tests if test.on <= on]
    if not known:
        return ControlState.UNTESTED
    if not known[-1].passed:
        return ControlState.FAILED
    is_overdue = on > known[-1].on + timedelta(days=control.test_every_days)
    return ControlState.OVERDUE if is_overdue else ControlState.TESTED


WORDS = {
    ControlState.UNTESTED: "was never tested",
    ControlState.OVERDUE: "is overdue for its test",
    ControlState.FAILED: "failed its last test",
}


def rate(likelihood: int, impact: int, controls: Sequence[Control], on: date) -> Rating:
    """Red where there is no control, or one of them was not tested, not tested in time, or failed."""
    score = get_score(likelihood, impact)
    because = [
        f"The control “{control.title}” {WORDS[state]}."
        for control in controls
        if (state := judge_control(control, on)) in WORDS
    ]
    if not controls:
        because = ["It has no control."]
    if because or score >= RED_FROM:
        return Rating(score, Colour.RED, tuple(because))
    return Rating(score, Colour.AMBER if score >= AMBER_FROM else Colour.GREEN, ())


def find_gaps(controls: Sequence[Control], on: date) -> tuple[Line, ...]:
    """The lines of assurance of which no control is tested in time."""
    held = {control.line for control in controls if judge_control(control, on) == ControlState.TESTED}
    return tuple(line for line in Line if line not in held)


def get_likelihood(value: float | None, steps: Sequence[float], *, higher_is_better: bool) -> int | None:
    """How likely a risk is, by the measure it is watched by: 1 where the value is as good as the first step or better,
    then 2, 3, 4 for the next three, and 5 where it is worse than the last.

    steps: four values of the measure, the best first. None where the value is hidden or not known: nothing moves then.
    Raises ValueError for steps that are not four or not in order.
    """
    in_order = sorted(set(steps), reverse=higher_is_better)
    if list(steps) != in_order or len(steps) != MOST - 1:
        raise ValueError("steps are four different values, the best first")
    if value is None:
        return None
    for likelihood, step in enumerate(steps, LEAST):
        if value >= step if higher_is_better else value <= step:
            return likelihood
    return MOST
