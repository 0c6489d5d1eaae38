"""A risk is as green as its tested controls let it be: what nobody tried holds nothing down."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from placewise_site.assurance.rules.risks import (
    Colour,
    Control,
    ControlState,
    Line,
    Trial,
    find_gaps,
    get_likelihood,
    judge_control,
    rate,
)

TODAY = date(2026, 4, 1)
YEARLY = 365
ON_THE_SCALE = some.integers(1, 5)


def control(*tests: tuple[int, bool], line: Line = Line.MANAGEMENT) -> Control:
    """tests: how many days ago, and whether it passed."""
    made = tuple(Trial(on=TODAY - timedelta(days=ago), passed=passed) for ago, passed in tests)
    return Control(title="Rota of two", line=line, test_every_days=YEARLY, tests=made)


@pytest.mark.parametrize(
    ("tests", "state"),
    [
        ((), ControlState.UNTESTED),
        (((365, True),), ControlState.TESTED),
        (((366, True),), ControlState.OVERDUE),
        (((10, True), (2, False)), ControlState.FAILED),
        (((10, False), (2, True)), ControlState.TESTED),
        (((-3, True),), ControlState.UNTESTED),
    ],
)
def test_a_control_counts_from_its_newest_test_and_only_in_time(tests, state):
    assert judge_control(control(*tests), TODAY) == state


@pytest.mark.requirement("S062")
@given(ON_THE_SCALE, ON_THE_SCALE, some.sampled_from([(), ((400, True),), ((1, False),)]), some.booleans())
def test_a_risk_without_a_tested_control_is_red_whatever_its_score(likelihood, impact, tests, has_another):
    """Never tested, tested too long ago, or failed: a second control that was tested does not make up for it."""
    controls = [control(*tests), *([control((1, True))] if has_another else [])]
    rating = rate(likelihood, impact, controls, TODAY)
    assert rating.colour == Colour.RED
    assert rating.because
    assert rate(likelihood, impact, [], TODAY).because == ("It has no control.",)
    assert rate(likelihood, impact, [], TODAY).colour == Colour.RED


@given(ON_THE_SCALE, ON_THE_SCALE)
def test_with_every_control_tested_the_score_alone_decides(likelihood, impact):
    rating = rate(likelihood, impact, [control((1, True)), control((30, True))], TODAY)
    score = likelihood * impact
    assert rating.score == score
    assert rating.colour == (Colour.RED if score >= 15 else Colour.AMBER if score >= 8 else Colour.GREEN)


def test_the_map_of_assurance_names_the_lines_nobody_tested():
    held = [control((1, True), line=Line.MANAGEMENT), control((400, True), line=Line.INDEPENDENT)]
    assert find_gaps(held, TODAY) == (Line.OVERSIGHT, Line.INDEPENDENT)


@pytest.mark.parametrize(
    ("value", "likelihood"), [(0.95, 1), (0.9, 1), (0.85, 2), (0.8, 2), (0.61, 4), (0.5, 5), (None, None)]
)
def test_the_measure_says_how_likely_and_a_hidden_one_says_nothing(value, likelihood):
    assert get_likelihood(value, [0.9, 0.8, 0.7, 0.6], higher_is_better=True) == likelihood


def test_where_lower_is_better_the_steps_go_the_other_way():
    assert [get_likelihood(value, [5, 10, 15, 20], higher_is_better=False) for value in (4, 6, 25)] == [1, 2, 5]


@pytest.mark.parametrize("steps", [[0.6, 0.7, 0.8, 0.9], [0.9, 0.9, 0.8, 0.7], [0.9, 0.8], []])
def test_steps_out_of_order_are_refused(steps):
    with pytest.raises(ValueError, match="four different values, the best first"):
        get_likelihood(0.5, steps, higher_is_better=True)
