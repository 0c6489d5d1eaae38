"""Proportions and rates of many areas: blanks, faults with the area's name, and limits that behave."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise.floor.statistics.normal import get_z
from placewise.floor.statistics.poisson import get_byar_limits, get_count_limits, get_exact_limits
from placewise.floor.statistics.proportion import get_exact_proportion_limits, get_proportions
from placewise.floor.statistics.rate import get_rates

NAMES = ["Ashdale", "Birchwood", "Cedar Vale"]


def test_three_areas() -> None:
    found = get_proportions([81, 0, 20], [263, 20, 20]).scaled(100)
    np.testing.assert_allclose(found.value, [30.798, 0, 100], atol=5e-4)
    np.testing.assert_allclose(found.lower, [25.53, 0, 83.89], atol=5e-3)
    np.testing.assert_allclose(found.upper, [36.62, 16.11, 100], atol=5e-3)


def test_exact_limits_of_proportions() -> None:
    """The examples of Newcombe RG, Stat Med 1998;17:857-872, table I, method 5; nobody has none."""
    lower, upper = get_exact_proportion_limits([81, 15, 0, 1, 20, 0], [263, 148, 20, 29, 20, 0])
    np.testing.assert_allclose(lower[:5], [0.2527, 0.0578, 0, 0.0009, 0.8316], atol=5e-5)
    np.testing.assert_allclose(upper[:5], [0.3676, 0.1617, 0.1684, 0.1776, 1], atol=5e-5)
    assert np.isnan([lower[5], upper[5]]).all()
    with pytest.raises(ValueError, match="exceeds"):
        get_exact_proportion_limits(11, 10)


@pytest.mark.parametrize("method", [get_proportions, get_rates])
def test_what_is_not_known_and_nobody_are_blank(method: type) -> None:
    found = method([np.nan, 5, 0], [100, np.nan, 0], areas=NAMES)
    assert np.isnan([found.value, found.lower, found.upper]).all()


@pytest.mark.parametrize(
    ("method", "counts", "of", "fault"),
    [
        (get_proportions, [1, 12, 3], [10, 10, 2], "^Birchwood, Cedar Vale: a numerator exceeds"),
        (get_proportions, [1, -1, 3], [10, 10, 10], "^Birchwood: a numerator is below zero"),
        (get_rates, [1, -1, 3], [10, 10, 10], "^Birchwood: a count of events is below zero"),
        (get_rates, [1, 1, 3], [10, 10, -10], "^Cedar Vale: a denominator is below zero"),
    ],
)
def test_what_cannot_be_counted_names_the_area(method: type, counts: list, of: list, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        method(counts, of, areas=NAMES)


def test_areas_without_names_are_told_by_number() -> None:
    with pytest.raises(ValueError, match=r"^area 2: a count"):
        get_rates([1, -1], [10, 10])


def test_a_confidence_is_a_share() -> None:
    for wrong in (95, 0, 1):
        with pytest.raises(ValueError, match="not between 0 and 1"):
            get_z(wrong)
    assert get_z(0.95) == pytest.approx(1.959963985)


def test_the_threshold_of_exact_limits_is_on_the_count() -> None:
    lower, upper = get_count_limits([9, 10])
    assert (lower[0], upper[0]) == tuple(each[0] for each in get_exact_limits([9]))
    assert (lower[1], upper[1]) == tuple(each[0] for each in get_byar_limits([10]))


def test_byars_limits_are_near_the_exact_ones_from_ten_events() -> None:
    for byar, exact in zip(get_byar_limits([10, 50, 1000]), get_exact_limits([10, 50, 1000]), strict=True):
        np.testing.assert_allclose(byar, exact, rtol=3e-3)


@given(st.integers(0, 5000), st.integers(1, 5000), st.sampled_from([0.8, 0.95, 0.998]))
def test_limits_contain_the_estimate_and_widen_with_confidence(x: int, n: int, confidence: float) -> None:
    for found, wider in (
        (get_rates(x, n, confidence), get_rates(x, n, 0.9999)),
        (get_proportions(min(x, n), n, confidence), get_proportions(min(x, n), n, 0.9999)),
    ):
        assert wider.lower <= found.lower <= found.value <= found.upper <= wider.upper


def test_a_factor_below_zero_exchanges_the_limits() -> None:
    found = get_rates([20], [100])
    turned = found.scaled(-100)
    assert turned.lower == -100 * found.upper and turned.upper == -100 * found.lower


def test_exact_limits_hold_at_least_their_confidence() -> None:
    """Of counts drawn with a known mean, at least 95% have limits about it."""
    means = np.array([0.5, 2, 6, 9.5, 15, 60])
    drawn = np.random.default_rng(3).poisson(means, (20_000, len(means)))
    lower, upper = get_count_limits(drawn)
    assert np.all(((lower <= means) & (means <= upper)).mean(axis=0) > 0.945)
