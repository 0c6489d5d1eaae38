"""The XmR chart and its rules, on series short enough to check by eye."""

from dataclasses import replace

import numpy as np
import pytest

from placewise.floor.statistics.control_charts.chart import build_control_chart
from placewise.floor.statistics.control_charts.special_causes import Rule, find_special_causes
from placewise.floor.statistics.control_charts.xmr import get_xmr_limits

MISSING = float("nan")
STEADY = [10.0, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12]


def test_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    limits = get_xmr_limits([STEADY])
    assert limits.centre[0, 0] == 11
    assert limits.lower[0, 0] == pytest.approx(11 - 2.66 * 2)
    assert limits.upper[0, 0] == pytest.approx(11 + 2.66 * 2)
    assert not limits.is_short.any()


def test_screening_leaves_out_one_large_jump_and_is_told() -> None:
    values = [[*STEADY, 30.0, *STEADY]]
    screened, whole = get_xmr_limits(values), get_xmr_limits(values, screened=False)
    assert screened.screened and not whole.screened
    reach = screened.upper[0, 0] - screened.centre[0, 0]
    assert reach == pytest.approx(2.66 * 2)
    assert whole.upper[0, 0] - whole.centre[0, 0] > reach


def test_limits_are_calculated_anew_in_each_phase() -> None:
    phase = np.repeat([0, 1], 12)
    limits = get_xmr_limits([[*STEADY, *(value + 20 for value in STEADY)]], phase)
    assert limits.centre[0, [0, 11, 12, 23]].tolist() == [11, 11, 31, 31]
    assert limits.upper[0, 23] - limits.centre[0, 23] == pytest.approx(2.66 * 2), "no moving range spans the change"


def test_the_first_points_may_set_limits_for_the_rest() -> None:
    chart = build_control_chart(
        [[*STEADY, 25.0, 25.0]], get_xmr_limits([[*STEADY, 25.0, 25.0]], first_points=12), "lower"
    )
    assert chart.limits.centre[0, -1] == 11
    assert chart.point_type[0, -2:].tolist() == ["special_cause_concern"] * 2


def test_a_month_not_reported_takes_no_part_and_is_said_so() -> None:
    """26 unreported months do not become 100%, and no moving range leads over them."""
    values = np.array([[MISSING, MISSING, *STEADY, MISSING, 60.0, 62.0]])
    chart = build_control_chart(values, get_xmr_limits(values, screened=False), "higher", target=200)
    assert chart.point_type[0, [0, 1, 14]].tolist() == ["not_reported"] * 3
    assert chart.limits.centre[0, 0] == pytest.approx(np.nanmean(values))
    assert chart.limits.upper[0, 0] - chart.limits.centre[0, 0] == pytest.approx(2.66 * 2)
    assert chart.limits.points[0, 0] == 14
    assert chart.assurance.tolist() == ["consistent_fail"]


def test_the_icon_is_that_of_the_latest_reported_point() -> None:
    values = np.array([[*STEADY, 40.0, MISSING], [MISSING] * 14])
    chart = build_control_chart(values, get_xmr_limits(values), "lower")
    assert chart.latest.tolist() == [12, -1]
    assert chart.variation.tolist() == ["special_cause_concern", "not_reported"]


def test_a_missing_point_ends_a_run() -> None:
    above = [*[1.0, 3.0] * 7, 4.0, 4.0, 4.0, MISSING, 4.0, 4.0, 4.0, 4.0]
    limits = get_xmr_limits([above])
    shift = find_special_causes([above], limits).high[Rule.SHIFT, 0]
    assert not shift.any(), "three, then four: no seven in a row"
    whole = [value for value in above if value == value]
    assert find_special_causes([whole], get_xmr_limits([whole])).high[Rule.SHIFT, 0, -7:].all()


@pytest.mark.parametrize(("run_length", "found"), [(6, 6), (7, 0)])
def test_the_length_of_a_run_is_a_choice(run_length: int, found: int) -> None:
    values = [[*[1.0, 9.0] * 8, 1.0, 6.0, 6.5, 6.2, 6.3, 6.4, 6.1, 1.0]]
    special = find_special_causes(values, get_xmr_limits(values), run_length=run_length)
    assert special.run_length == run_length
    assert special.high[Rule.SHIFT, 0].sum() == found


def test_a_trend_has_the_colour_of_its_direction_on_both_sides_of_the_mean() -> None:
    values = [[*[4.0, 5.0] * 6, 1.0, 2, 3, 4, 5, 6, 7, 8, *[4.0, 5.0] * 6]]
    chart = build_control_chart(values, get_xmr_limits(values, screened=False), "higher")
    trend = chart.special.high[Rule.TREND, 0]
    assert np.flatnonzero(trend).tolist() == list(range(12, 20))
    assert set(chart.point_type[0, 13:19].tolist()) == {"special_cause_improvement"}


def test_two_of_three_marks_only_the_points_near_the_limit() -> None:
    steady = [0.0, 2.0] * 10
    values = [[*steady, 5.6, 2.0, 5.6, 0.0, *steady]]
    found = find_special_causes(values, get_xmr_limits(values)).high[Rule.TWO_OF_THREE, 0]
    assert np.flatnonzero(found).tolist() == [20, 22]


def test_no_rule_looks_across_a_change_of_phase() -> None:
    values = [[1.0, 2, 3, 4, 5, 6, 7, 8]]
    assert find_special_causes(values, get_xmr_limits(values)).high[Rule.TREND].all()
    phase = [0, 0, 0, 0, 1, 1, 1, 1]
    assert not find_special_causes(values, get_xmr_limits(values, phase), phase).high[Rule.TREND].any()


def test_the_turn_of_two_trends_is_shown_as_the_better_and_told_as_both() -> None:
    values = [[1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]]
    limits = get_xmr_limits(values, screened=False)
    wide = replace(limits, lower=limits.lower - 99, upper=limits.upper + 99)
    for better in ("higher", "lower"):
        chart = build_control_chart(values, wide, better)  # type: ignore[arg-type]
        assert chart.point_type[0, 6] == "special_cause_improvement"
        assert chart.special.is_clash[0, 6]


def test_a_series_that_never_moves_is_chance() -> None:
    """0.1 added up ten times is not 1: rounding must not put all points on one side of their own mean."""
    values = np.full((1, 30), 0.1)
    chart = build_control_chart(values, get_xmr_limits(values), "higher", target=0.1)
    assert set(chart.point_type[0].tolist()) == {"common_cause"}
    assert chart.assurance.tolist() == ["inconsistent"]


def test_where_neither_direction_is_better_there_is_no_assurance() -> None:
    values = [[*STEADY, 40.0]]
    chart = build_control_chart(values, get_xmr_limits(values), "neither", target=99)
    assert chart.variation.tolist() == ["special_cause_neutral_high"]
    assert chart.assurance.tolist() == [""]


def test_a_short_series_is_warned_of_and_one_point_has_no_limits() -> None:
    assert get_xmr_limits([STEADY[:11]]).is_short.all()
    chart = build_control_chart([[5.0]], get_xmr_limits([[5.0]]), "higher", target=1)
    assert chart.point_type.tolist() == [["no_limits"]]
    assert chart.assurance.tolist() == [""]


def test_all_areas_at_once_are_each_area_alone() -> None:
    values = np.random.default_rng(5).normal(size=(40, 36))
    values[np.random.default_rng(6).random(values.shape) < 0.1] = MISSING
    together = build_control_chart(values, get_xmr_limits(values), "higher", target=2.0)
    for area in range(len(values)):
        alone = build_control_chart(values[[area]], get_xmr_limits(values[[area]]), "higher", target=2.0)
        assert alone.point_type.tolist() == together.point_type[[area]].tolist()
        assert alone.assurance[0] == together.assurance[area]
