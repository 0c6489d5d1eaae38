"""g and t charts: limits that hold exactly, whatever the rate."""

from itertools import product
from math import comb

import numpy as np
import pytest

from placewise.floor.statistics.control_charts.chart import build_control_chart
from placewise.floor.statistics.control_charts.rare_events import (
    BEYOND_LIMIT,
    get_g_limits,
    get_t_limits,
    get_tail,
)

SERIES = 4000


def test_the_chance_of_a_gap_is_that_of_counting_every_way() -> None:
    """Three gaps with the sum 5: of all ways to share 5 among three, how many give the first x or more."""
    ways = [first for first, second in product(range(6), repeat=2) if first + second <= 5]
    for x in range(6):
        counted = sum(first >= x for first in ways) / len(ways)
        assert get_tail(np.array(float(x)), np.array(3.0), np.array(5.0)) == pytest.approx(counted)
    assert len(ways) == comb(7, 2)


def test_g_limits_are_the_last_numbers_that_chance_allows() -> None:
    gaps = np.array([[120.0, 300, 45, 210, 80, 160, 95, 400, 33, 150]])
    limits, total = get_g_limits(gaps), np.array(gaps.sum())

    def chance(x: float) -> float:
        return comb(int(total - x) + 9, 9) / comb(int(total) + 9, 9)

    upper, centre = limits.upper[0, 0], limits.centre[0, 0]
    assert chance(upper) > BEYOND_LIMIT >= chance(upper + 1)
    assert chance(centre) > 0.5 >= chance(centre + 1)
    assert limits.lower[0, 0] == 0, "ten events are too few for any gap to be too short"


def test_t_limits_are_solved_exactly() -> None:
    times = np.array([[10.0, 30, 20, 5, 60, 25]])
    limits = get_t_limits(times)
    assert (1 - limits.upper[0, 0] / 150) ** 5 == pytest.approx(BEYOND_LIMIT)
    assert 1 - (1 - limits.lower[0, 0] / 150) ** 5 == pytest.approx(BEYOND_LIMIT)
    assert (1 - limits.centre[0, 0] / 150) ** 5 == pytest.approx(0.5)


@pytest.mark.parametrize("events", [5, 20, 60])
def test_where_the_rate_is_steady_points_lie_outside_as_rarely_as_stated(events: int) -> None:
    """4,000 series: the share above and below each limit, against 0.00135."""
    rng = np.random.default_rng(events)
    times = rng.exponential(17.0, (SERIES, events))
    limits = get_t_limits(times)
    expected, spread = BEYOND_LIMIT, 4 * np.sqrt(BEYOND_LIMIT / times.size)
    assert (times > limits.upper).mean() == pytest.approx(expected, abs=spread)
    assert (times < limits.lower).mean() == pytest.approx(expected, abs=spread)
    gaps = rng.geometric(1 / 400, (SERIES, events)) - 1.0
    limits = get_g_limits(gaps)
    assert (gaps > limits.upper).mean() <= expected + spread
    assert (gaps < limits.lower).mean() <= expected + spread


def test_a_long_quiet_time_is_an_improvement_where_events_do_harm() -> None:
    rng = np.random.default_rng(3)
    times = np.append(rng.exponential(20.0, 30), 400.0)[None, :]
    chart = build_control_chart(times, get_t_limits(times), "higher")
    assert chart.variation.tolist() == ["special_cause_improvement"]


def test_two_of_three_is_as_rare_on_a_skewed_chart_as_on_an_even_one() -> None:
    """Two thirds of the way to a lower limit near zero is nothing rare: the chart has its own near lines."""
    times = np.random.default_rng(4).exponential(20.0, (4000, 24))
    chart = build_control_chart(times, get_t_limits(times), "higher")
    assert (chart.rule == 2).mean() < 0.004


def test_series_of_different_length_stand_side_by_side() -> None:
    missing = np.nan
    gaps = np.array([[5.0, 9, 4], [7, missing, missing], [missing] * 3])
    limits = get_t_limits(gaps)
    assert limits.upper[0, 0] == get_t_limits(gaps[:1]).upper[0, 0]
    assert np.isnan(limits.upper[1:]).all()
    assert np.isnan(get_g_limits(gaps).upper[1:]).all()


def test_gaps_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        get_t_limits([[-1.0, 3]])
    with pytest.raises(ValueError, match="not whole"):
        get_g_limits([[1.5, 3]])
