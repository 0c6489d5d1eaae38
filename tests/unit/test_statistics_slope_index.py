"""Slope and relative index of inequality, on lines that are known."""

import numpy as np
import pytest

from placewise.floor.statistics.slope_index import Scale, get_slope_index, get_standard_errors

PEOPLE = np.array([30.0, 10, 25, 15, 20])
MIDDLES = np.array([0.15, 0.35, 0.525, 0.725, 0.9])
"""Where the groups of PEOPLE stand: the middle of each share of the cumulative population."""
ERRORS = np.full(5, 0.5)


def test_groups_on_a_line_give_its_ends_whatever_their_sizes() -> None:
    """From 70 to 80 years: slope 10, ratio 80 / 70."""
    found = get_slope_index(70 + 10 * MIDDLES, ERRORS, PEOPLE)
    np.testing.assert_allclose([found.start[0], found.end[0]], [70, 80])
    np.testing.assert_allclose([found.slope.value[0], found.relative.value[0]], [10, 80 / 70])


@pytest.mark.parametrize(
    ("scale", "values"),
    [(Scale.LOG, np.exp(1 - 0.5 * MIDDLES)), (Scale.LOGIT, 1 / (1 + np.exp(-1 + 0.5 * MIDDLES)))],
)
def test_a_line_on_the_scale(scale: Scale, values: np.ndarray) -> None:
    back = {Scale.LOG: np.exp, Scale.LOGIT: lambda x: 1 / (1 + np.exp(-x))}[scale]
    found = get_slope_index(values, 0.1 * ERRORS, PEOPLE, scale=scale)
    np.testing.assert_allclose(found.slope.value[0], back(0.5) - back(1))
    np.testing.assert_allclose(found.relative.value[0], back(0.5) / back(1))


def test_where_high_is_bad_both_are_turned_round() -> None:
    values = 30 - 12 * MIDDLES
    plain, turned = (get_slope_index(values, ERRORS, PEOPLE, high_is_bad=each) for each in (False, True))
    assert (plain.slope.value[0], turned.slope.value[0]) == pytest.approx((-12, 12))
    np.testing.assert_allclose(turned.slope.lower, -plain.slope.upper)
    np.testing.assert_allclose(turned.relative.value, 1 / plain.relative.value)
    np.testing.assert_allclose(turned.relative.lower, 1 / plain.relative.upper, rtol=1e-4)


def test_the_limits_are_those_of_the_normal_distribution_where_it_is_known() -> None:
    """On the plain scale the slope is a sum of the values, so its standard error is known."""
    found = get_slope_index(70 + 10 * MIDDLES, ERRORS, PEOPLE)
    share = PEOPLE / 100
    centred = MIDDLES - 0.5
    weight = share * centred / (share * centred**2).sum()
    reach = 1.959964 * np.sqrt((weight**2 * ERRORS**2).sum())
    np.testing.assert_allclose([found.slope.lower[0], found.slope.upper[0]], [10 - reach, 10 + reach], atol=0.02)


def test_values_without_error_have_limits_without_width() -> None:
    found = get_slope_index(70 + 10 * MIDDLES, 0 * ERRORS, PEOPLE)
    np.testing.assert_allclose([found.slope.lower, found.slope.upper], 10)
    np.testing.assert_allclose([found.relative.lower, found.relative.upper], 80 / 70)


def test_a_factor_between_0_and_1_does_not_exchange_the_limits() -> None:
    slope = get_slope_index(np.exp(1 - 0.5 * MIDDLES), 0.1 * ERRORS, PEOPLE, scale=Scale.LOG).slope.scaled(0.1)
    assert slope.lower < slope.value < slope.upper


def test_an_areas_answer_depends_on_its_seed_and_on_no_other_area() -> None:
    values = np.linspace(0, 1, 50)[:, None] + 70 + 10 * MIDDLES
    many, one = get_slope_index(values, ERRORS, PEOPLE), get_slope_index(values[40], ERRORS, PEOPLE)
    assert many.slope.lower[40] == one.slope.lower[0] and many.relative.upper[40] == one.relative.upper[0]
    assert get_slope_index(values[40], ERRORS, PEOPLE, seed=2).slope.lower[0] != one.slope.lower[0]


def test_a_ratio_to_an_end_that_may_be_zero_has_no_limits() -> None:
    found = get_slope_index(0.1 + 5 * MIDDLES, ERRORS, PEOPLE)
    assert np.isfinite(found.slope.lower[0]) and np.isfinite(found.relative.value[0])
    assert np.isnan([found.relative.lower[0], found.relative.upper[0]]).all()


def test_standard_errors_from_limits() -> None:
    np.testing.assert_allclose(get_standard_errors(10 - 1.959964, 10 + 1.959964), 1)
    np.testing.assert_allclose(get_standard_errors(np.exp(-1.959964), np.exp(1.959964), Scale.LOG), 1)


@pytest.mark.parametrize(
    ("values", "errors", "people", "scale", "fault"),
    [
        ([1, np.nan], [1, 1], [1, 1], Scale.PLAIN, "the value or the standard error of a group is missing"),
        ([1, 2], [1, np.nan], [1, 1], Scale.PLAIN, "the value or the standard error of a group is missing"),
        ([1, 2], [1, -1], [1, 1], Scale.PLAIN, "a standard error is below zero"),
        ([1, 2], [1, 1], [1, 0], Scale.PLAIN, "the population of a group is zero"),
        ([1, 0], [1, 1], [1, 1], Scale.LOG, "is not above 0"),
        ([0.5, 1], [1, 1], [1, 1], Scale.LOGIT, "is not between 0 and 1"),
    ],
)
def test_what_has_no_slope_names_the_area(values: list, errors: list, people: list, scale: Scale, fault: str) -> None:
    with pytest.raises(ValueError, match=f"Ashdale: .*{fault}"):
        get_slope_index([values], [errors], [people], scale=scale, areas=["Ashdale"])
