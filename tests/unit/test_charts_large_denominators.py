"""p' and u' charts: with one value a person they are the plain chart widened by what the months vary."""

import numpy as np
import pytest

from placewise.floor.statistics.control_charts.chart import build_control_chart
from placewise.floor.statistics.control_charts.large_denominators import get_p_prime_limits, get_u_prime_limits


def test_with_one_denominator_the_p_prime_chart_is_the_xmr_chart_of_its_proportions() -> None:
    """Laney 2002: equal subgroups make z a rescaled p, and the binomial spread cancels."""
    events = np.array([[310, 290, 305, 330, 280, 300, 315, 295, 301, 299, 310, 320.0]])
    limits = get_p_prime_limits(events, np.full((1, 12), 1000), screened=False)
    ranges = np.abs(np.diff(events[0] / 1000)).mean()
    assert limits.centre[0, 0] == pytest.approx(events.mean() / 1000)
    assert limits.upper[0, 0] - limits.centre[0, 0] == pytest.approx(3 / 1.128 * ranges)


def test_limits_by_hand_where_denominators_differ() -> None:
    x, n = np.array([[20.0, 90, 30]]), np.array([[100.0, 300, 200]])
    limits = get_p_prime_limits(x, n, screened=False)
    p = 140 / 600
    deviation = np.sqrt(p * (1 - p) / n[0])
    z = (x[0] / n[0] - p) / deviation
    widening = (abs(z[1] - z[0]) + abs(z[2] - z[1])) / 2 / 1.128
    np.testing.assert_allclose(limits.upper[0], p + 3 * deviation * widening)
    np.testing.assert_allclose(limits.lower[0], p - 3 * deviation * widening)
    rate = get_u_prime_limits(x, n, screened=False)
    deviation = np.sqrt(p / n[0])
    z = (x[0] / n[0] - p) / deviation
    np.testing.assert_allclose(rate.upper[0] - p, 3 * deviation * np.abs(np.diff(z)).mean() / 1.128)


def test_a_hospital_of_usual_variation_is_not_outside_every_month() -> None:
    """20,000 attendances a month, whose chance of four hours drifts by a point: plain p limits would be 0.8 points."""
    rng = np.random.default_rng(1)
    n = rng.integers(18_000, 22_000, (200, 36)).astype(float)
    x = rng.binomial(n.astype(int), 0.75 + 0.01 * rng.normal(size=n.shape)).astype(float)
    limits = get_p_prime_limits(x, n)
    plain = 3 * np.sqrt(limits.centre * (1 - limits.centre) / n)
    assert (np.abs(x / n - limits.centre) > plain).mean() > 0.3
    assert ((x / n > limits.upper) | (x / n < limits.lower)).mean() < 0.02


def test_a_month_without_people_is_not_reported() -> None:
    x, n = np.array([[3.0, 0, 5, 4, np.nan]]), np.array([[10.0, 0, 20, 16, 9]])
    limits = get_p_prime_limits(x, n)
    assert limits.points[0].tolist() == [3] * 5
    assert limits.centre[0, 0] == pytest.approx(12 / 46)
    values = np.array([[0.3, np.nan, 0.25, 0.25, np.nan]])
    chart = build_control_chart(values, limits, "higher")
    assert np.flatnonzero(chart.point_type[0] == "not_reported").tolist() == [1, 4]


def test_where_nothing_ever_happens_nothing_stands_out() -> None:
    nothing = np.zeros((1, 15))
    for limits in (get_p_prime_limits(nothing, nothing + 50), get_u_prime_limits(nothing, nothing + 50)):
        assert limits.upper.max() == limits.lower.min() == 0


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="North: a numerator exceeds its denominator"):
        get_p_prime_limits([[3.0], [5.0]], [[4.0], [4.0]], areas=["South", "North"])
    with pytest.raises(ValueError, match="below zero"):
        get_u_prime_limits([[-1.0]], [[4.0]])
