"""Funnels: what lies within them by chance, what does not, and the choice to allow for overdispersion."""

import numpy as np
import pytest
from scipy.stats import t as student

from placewise.floor.statistics.funnel import (
    ALARM,
    WARNING,
    Significance,
    get_proportion_funnel,
    get_proportion_significance,
    get_rate_denominator,
    get_rate_funnel,
    get_rate_significance,
    get_ratio_funnel,
    get_ratio_significance,
    get_target,
)
from placewise.floor.statistics.overdispersion import (
    get_proportion_overdispersion,
    get_ratio_overdispersion,
    get_widened_proportion_limits,
    get_widened_ratio_limits,
)

ALARMS = {Significance.HIGH_ALARM, Significance.LOW_ALARM}


def test_the_target_is_sum_over_sum_and_not_the_mean_of_areas() -> None:
    assert get_target([10, 1, np.nan], [1000, 10, 50]) == 11 / 1010


def test_limits_of_a_proportion_by_hand() -> None:
    """0.2 -+ 1.96 x sqrt(0.2 x 0.8 / 100) = 0.2 -+ 0.0784; of 4 people the lower limit is 0."""
    found = get_proportion_funnel(0.2, [100, 4])
    np.testing.assert_allclose([found.lower[0], found.upper[0]], [0.1216, 0.2784], atol=5e-5)
    assert found.lower[1] == 0
    with pytest.raises(ValueError, match="not from 0 to 1"):
        get_proportion_funnel(20, [100])


def test_a_proportion_is_significant_exactly_where_it_lies_outside_the_funnel() -> None:
    numerator = np.arange(0, 201)
    found = get_proportion_significance(numerator, 200, target=0.3)
    for confidence, outside in ((WARNING, {*Significance} - {Significance.NONE}), (ALARM, ALARMS)):
        limits = get_proportion_funnel(0.3, 200, confidence)
        beyond = (numerator / 200 < limits.lower) | (numerator / 200 > limits.upper)
        assert beyond.tolist() == [word in outside for word in found]


def test_five_events_against_those_expected() -> None:
    """The exact limits of 5 are 1.6235 and 11.6683: significant where fewer, or more, are expected."""
    assert get_ratio_significance([5] * 4, [1.62, 1.63, 11.6, 11.7]).tolist() == [
        Significance.HIGH, Significance.NONE, Significance.NONE, Significance.LOW,
    ]  # fmt: skip


def test_the_curves_of_ratios_meet_the_limits_of_the_count() -> None:
    found = get_ratio_funnel([5])
    np.testing.assert_allclose([found.upper_denominator[0], found.lower_denominator[0]], [1.6235, 11.6683], atol=5e-5)
    np.testing.assert_allclose([found.upper[0], found.lower[0]], [5 / 1.6235, 5 / 11.6683], rtol=5e-5)
    rates = get_rate_funnel([5], 0.01)
    np.testing.assert_allclose([rates.lower_denominator[0], rates.lower[0]], [1166.83, 5 / 1166.83], rtol=1e-5)


def test_a_rate_without_events_is_judged_by_its_population_and_one_not_given_is_not_judged() -> None:
    denominator = get_rate_denominator([10, 0, 5], [0.01, 0, np.nan], [900, 2000, 400])
    np.testing.assert_array_equal(denominator, [1000, 2000, np.nan])
    assert get_rate_significance([10, 0, 5], denominator, 0.01).tolist() == ["Not significant", "Low (0.001)", ""]


def test_expecting_none_names_the_area() -> None:
    with pytest.raises(ValueError, match="Birchwood: no events are expected"):
        get_ratio_significance([1, 1], [1, 0], ["Ashdale", "Birchwood"])


def test_by_chance_alone_one_area_in_twenty_lies_outside_and_an_outlier_is_found() -> None:
    """Of 20,000 areas in control about 5% are beyond the inner limits and 0.2% beyond the outer ones; the one planted
    four standard deviations high is beyond both."""
    size = np.random.default_rng(8).integers(300, 20_000, 20_000)
    numerator = np.random.default_rng(9).binomial(size, 0.3)
    numerator[0] = size[0] * 0.3 + 4 * np.sqrt(size[0] * 0.21)
    found = get_proportion_significance(numerator, size, target=0.3)
    assert found[0] == Significance.HIGH_ALARM
    assert (found != Significance.NONE).mean() == pytest.approx(0.05, abs=0.006)
    assert np.isin(found, list(ALARMS)).mean() == pytest.approx(0.002, abs=0.001)


def test_by_chance_alone_there_is_no_overdispersion_to_allow_for() -> None:
    chance = np.random.default_rng(10)
    size = chance.integers(300, 3000, 500)
    numerator = chance.binomial(size, 0.3)
    found = get_proportion_overdispersion(numerator, size, 0.3)
    assert found.variance < 2e-5
    assert found.factor == pytest.approx(1, abs=0.15)
    for confidence in (WARNING, ALARM):
        lower, upper = get_widened_proportion_limits(0.3, size, found.variance, confidence)
        exact = get_proportion_funnel(0.3, size, confidence)
        np.testing.assert_allclose([lower, upper], [exact.lower, exact.upper], atol=0.011)


@pytest.mark.parametrize("areas", [15, 100])
def test_areas_that_lie_apart_as_all_do_are_outliers_no_more_often_than_said(areas: int) -> None:
    """Judged by Student's t in 200 systems: one in twenty areas beyond 95%, and next to no system with an outlier."""
    outside, with_outliers = [], 0
    for seed in range(200):
        chance = np.random.default_rng(seed)
        size = chance.integers(50, 2000, areas)
        own = np.sin(np.arcsin(np.sqrt(0.7)) + chance.normal(0, 0.05, areas)) ** 2
        numerator = chance.binomial(size, own)
        distance = get_proportion_overdispersion(numerator, size, get_target(numerator, size)).distance
        p_values = 2 * student.sf(np.abs(distance), areas - 1)
        outside.append((p_values < 0.05).mean())
        with_outliers += (p_values < 0.01 / areas).any()
    assert np.mean(outside) <= 0.055
    assert with_outliers < 9  # more would be a chance of less than 1 in 1,000 where 1 in 100 is expected


@pytest.mark.parametrize("kind", ["proportions", "ratios"])
def test_overdispersion_is_allowed_for_and_an_outlier_still_found(kind: str) -> None:
    """Areas of 100,000 differ by more than chance: most lie outside the exact limits, few outside the widened ones."""
    chance = np.random.default_rng(11)
    size = np.full(400, 100_000)
    if kind == "proportions":
        truth = np.clip(0.3 + 0.02 * chance.standard_normal(400), 0.01, 0.99)
        truth[0] = 0.45
        numerator = chance.binomial(size, truth)
        exact, found = get_proportion_significance(numerator, size), get_proportion_overdispersion(numerator, size, 0.3)
        lower, upper = get_widened_proportion_limits(0.3, size, found.variance)
        value = numerator / size
    else:
        truth = np.exp(0.1 * chance.standard_normal(400))
        truth[0] = 2.0
        observed, expected = chance.poisson(1000 * truth * 5), np.full(400, 5000.0)
        exact, found = get_ratio_significance(observed, expected), get_ratio_overdispersion(observed, expected)
        lower, upper = get_widened_ratio_limits(expected, found.variance)
        value = observed / expected
    assert (exact != Significance.NONE).mean() > 0.5
    outside = (value < lower) | (value > upper)
    assert outside[0] and found.distance[0] > 3
    assert 0.02 < outside.mean() < 0.15
    np.testing.assert_array_equal(outside, np.abs(found.distance) > 1.959964)


def test_one_area_shows_no_variance_between_areas() -> None:
    with pytest.raises(ValueError, match="two areas or more"):
        get_ratio_overdispersion([10], [9])
