"""Gaps between two groups, against published examples and by what they must do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise.floor.statistics.estimate import Estimate
from placewise.floor.statistics.inequality_gap import get_absolute_gap, get_relative_gap
from placewise.floor.statistics.proportion import get_proportions
from placewise.floor.statistics.rate import get_rates


def test_the_differences_of_newcombe() -> None:
    """56/70 - 48/80, 9/10 - 3/10 and 10/10 - 0/10: Newcombe RG, Stat Med 1998;17:873-890, table II, method 10."""
    found = get_absolute_gap(get_proportions([56, 9, 10], [70, 10, 10]), get_proportions([48, 3, 0], [80, 10, 10]))
    np.testing.assert_allclose(found.value, [0.2, 0.6, 1.0])
    np.testing.assert_allclose(found.lower, [0.0524, 0.1705, 0.6075], atol=5e-5)
    np.testing.assert_allclose(found.upper, [0.3339, 0.8090, 1.0], atol=5e-5)


def test_a_ratio_of_large_counts_is_near_that_by_logarithms() -> None:
    """Rates of 400 and of 200 events: log standard error sqrt(1/400 + 1/200)."""
    found = get_relative_gap(get_rates(400, 10_000), get_rates(200, 10_000))
    reach = np.exp(1.96 * np.sqrt(1 / 400 + 1 / 200))
    assert found.value == 2
    np.testing.assert_allclose([found.lower, found.upper], [2 / reach, 2 * reach], rtol=5e-3)


def test_none_in_one_group() -> None:
    none, some = get_rates([0], [1000]), get_rates([50], [1000])
    found = get_relative_gap(none, some)
    assert found.value == found.lower == 0 and 0 < found.upper < 0.2
    assert np.isnan(get_relative_gap(some, none).upper)


def test_a_lower_limit_of_zero_leaves_the_ratio_without_an_upper_limit() -> None:
    first, second = (Estimate(*(np.array([each]) for each in told)) for told in ((4, 3, 5), (1, 0, 4)))
    found = get_relative_gap(first, second)
    assert found.upper == np.inf and 0 < found.lower < 4


def test_a_blank_stays_blank() -> None:
    blank, some = get_proportions([0], [0]), get_proportions([5], [10])
    for gap in (get_absolute_gap, get_relative_gap):
        found = gap(blank, some)
        assert np.isnan([found.value, found.lower, found.upper]).all()


def test_what_may_be_below_zero_has_no_ratio() -> None:
    below, some = (Estimate(*(np.array([each]) for each in told)) for told in ((1, -1, 3), (2, 1, 3)))
    with pytest.raises(ValueError, match="Ashdale: a ratio"):
        get_relative_gap(below, some, ["Ashdale"])


@given(st.integers(1, 300), st.integers(1, 300), st.integers(300, 3000), st.integers(300, 3000))
def test_a_gap_contains_its_estimate_and_both_kinds_agree_whether_there_is_one(a: int, b: int, n: int, m: int) -> None:
    first, second = get_proportions(a, n), get_proportions(b, m)
    absolute, relative = get_absolute_gap(first, second), get_relative_gap(first, second)
    assert absolute.lower <= absolute.value <= absolute.upper
    assert relative.lower <= relative.value <= relative.upper
    if min(abs(absolute.lower), abs(absolute.upper)) > 1e-9:
        assert (absolute.lower > 0) == (relative.lower > 1) and (absolute.upper < 0) == (relative.upper < 1)


@given(st.integers(1, 300), st.integers(1, 300))
def test_the_gap_the_other_way_round(a: int, b: int) -> None:
    first, second = get_proportions(a, 400), get_proportions(b, 500)
    one, other = get_absolute_gap(first, second), get_absolute_gap(second, first)
    np.testing.assert_allclose([one.lower, one.upper], [-other.upper, -other.lower], atol=1e-12)
    one, other = get_relative_gap(first, second), get_relative_gap(second, first)
    np.testing.assert_allclose([one.lower, one.upper], [1 / other.upper, 1 / other.lower], rtol=1e-9)


def test_limits_hold_their_confidence() -> None:
    chance = np.random.default_rng(4)
    first, second = (
        get_proportions(chance.binomial(80, 0.3, 20_000), 80),
        get_proportions(chance.binomial(120, 0.15, 20_000), 120),
    )
    for gap, truth in ((get_absolute_gap(first, second), 0.15), (get_relative_gap(first, second), 2.0)):
        assert ((gap.lower <= truth) & (truth <= gap.upper)).mean() == pytest.approx(0.95, abs=0.012)
