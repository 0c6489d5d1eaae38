"""Life tables worked by hand, what leaves an area without one, and years in good health."""

import numpy as np
import pytest

from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_85, LIFE_TABLE_TO_90
from placewise.floor.statistics.healthy_life_expectancy import get_healthy_life_expectancy, get_share_variance
from placewise.floor.statistics.life_expectancy import NoLifeExpectancy, get_life_expectancy

BANDS = ("0", "1-4", "5+")
DEATHS, PEOPLE = [10.0, 20.0, 3000.0], [1000.0, 4000.0, 300_000.0]


def test_three_bands_by_hand() -> None:
    """q: 0.01 / 1.009, 0.02 / 1.01 and 1. Of 100,000, 99,008.92 and 97,048.35 come to the next band, who live
    99,108.03, 392,114.55 and 97,048.35 / 0.01 years: 101.9606 years a person born."""
    found = get_life_expectancy([DEATHS], [PEOPLE], BANDS)
    np.testing.assert_allclose(found.survivors, [[100_000, 99_008.92, 97_048.35]], rtol=1e-7)
    np.testing.assert_allclose(found.person_years, [[99_108.03, 392_114.55, 9_704_835]], rtol=1e-6)
    np.testing.assert_allclose(found.years.value, [[101.9606, 101.9801, 100.0]], rtol=1e-5)
    assert found.reason.tolist() == [""]


def test_the_last_band_has_the_standard_error_of_one_over_its_rate() -> None:
    """1 / M = 100 years from 3,000 deaths: standard error 100 / sqrt(3000)."""
    years = get_life_expectancy([DEATHS], [PEOPLE], BANDS).years
    np.testing.assert_allclose(years.upper[0, -1] - 100, 1.959964 * 100 / np.sqrt(3000), rtol=1e-6)


def test_ten_times_the_people_give_the_same_years_and_limits_nearer_by_the_root_of_ten() -> None:
    one, ten = (get_life_expectancy(np.array(DEATHS) * k, np.array(PEOPLE) * k, BANDS).years for k in (1, 10))
    np.testing.assert_allclose(one.value, ten.value)
    np.testing.assert_allclose(one.upper - one.value, np.sqrt(10) * (ten.upper - ten.value))


def test_a_band_without_deaths_adds_years_and_no_doubt() -> None:
    found = get_life_expectancy([0, 0, 3000], PEOPLE, BANDS)
    np.testing.assert_allclose(found.years.value, [105, 104, 100])
    np.testing.assert_allclose((found.years.upper - found.years.value) - (found.years.upper - found.years.value)[-1], 0)


def test_where_nobody_outlives_a_band_the_later_ones_are_blank() -> None:
    """600 deaths a year among 1,000 of 1 to 4: nobody is left of those, after 2 years on average."""
    years = get_life_expectancy([10, 600, 3000], [1000, 1000, 300_000], BANDS).years
    np.testing.assert_allclose(years.value[:2], [3 * 0.990089 + 0.1 * 0.009911, 2], rtol=1e-5)
    assert np.isfinite(years.upper[:2]).all() and np.isnan(years.value[2])


@pytest.mark.parametrize(
    ("deaths", "people", "reason"),
    [
        ([10, np.nan, 3000], PEOPLE, NoLifeExpectancy.MISSING),
        ([10, 20, 3000], [1000, np.nan, 300_000], NoLifeExpectancy.MISSING),
        ([10, -1, 3000], PEOPLE, NoLifeExpectancy.NEGATIVE),
        ([10, 0, 3000], [1000, 0, 300_000], NoLifeExpectancy.EMPTY),
        ([1001, 20, 3000], PEOPLE, NoLifeExpectancy.TOO_MANY_DEATHS),
        ([1, 2, 30], [1000, 1000, 3000], NoLifeExpectancy.TOO_SMALL),
        ([10, 20, 0], PEOPLE, NoLifeExpectancy.NO_DEATHS_LAST),
    ],
)
def test_an_area_without_a_life_expectancy_says_why_and_leaves_the_others_alone(
    deaths: list, people: list, reason: NoLifeExpectancy
) -> None:
    found = get_life_expectancy([deaths, DEATHS], [people, PEOPLE], BANDS)
    assert found.reason.tolist() == [reason, ""]
    for each in (found.years.value, found.years.lower, found.years.upper, found.survivors, found.person_years):
        assert np.isnan(each[0]).all() and np.isfinite(each[1]).all()


def test_limits_too_far_apart_blank_the_value_and_both_limits() -> None:
    """From 5 on: 100 years from 90 deaths, so 95% limits 41 years apart; told so whatever the confidence."""
    for confidence in (0.5, 0.95):
        years = get_life_expectancy([10, 20, 90], [1000, 4000, 9000], BANDS, confidence).years
        assert np.isnan([years.value, years.lower, years.upper]).all()


def test_what_is_given_is_not_changed() -> None:
    deaths = np.array([-1.0, 20, 3000])
    get_life_expectancy(deaths, PEOPLE, BANDS)
    assert deaths.tolist() == [-1, 20, 3000]


def test_areas_by_sex_are_as_each_alone() -> None:
    chance = np.random.default_rng(5)
    people = chance.integers(2000, 9000, (4, 2, 20)).astype(float)
    deaths = chance.binomial(people.astype(int), 0.02).astype(float)
    whole, one = get_life_expectancy(deaths, people).years, get_life_expectancy(deaths[3, 1], people[3, 1]).years
    np.testing.assert_allclose(whole.lower[3, 1], one.lower)


def test_the_last_band_may_be_open_from_85() -> None:
    chance = np.random.default_rng(6)
    people = np.linspace(9000, 900, 20)
    deaths = chance.binomial(people.astype(int), np.minimum(1e-3 * np.exp(0.3 * np.arange(20)), 0.4))
    joined = [np.append(each[:18], each[18:].sum()) for each in (deaths, people)]
    to_90, to_85 = get_life_expectancy(deaths, people), get_life_expectancy(*joined, LIFE_TABLE_TO_85)
    assert (to_90.bands, to_85.bands) == (LIFE_TABLE_TO_90, LIFE_TABLE_TO_85)
    assert to_85.years.value[0] == pytest.approx(to_90.years.value[0], abs=0.3)


@pytest.mark.parametrize("bands", [("0", "1-4"), ("0", "5-9", "10+"), ("1-4", "5-9", "10+"), ("0", "1-4", "5-9")])
def test_declared_bands_follow_each_other_from_birth_to_an_open_one(bands: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="one is missing"):
        get_life_expectancy([DEATHS[: len(bands)]], [PEOPLE[: len(bands)]], bands)


def test_a_declared_band_that_is_not_given_is_invalid() -> None:
    with pytest.raises(ValueError, match="3 are declared"):
        get_life_expectancy([DEATHS[:2]], [PEOPLE[:2]], BANDS)


def test_healthy_years_by_hand() -> None:
    """Of 100 and 80 alive, 450 and 400 years are lived, half and a quarter in good health: 225 + 100 = 325 years."""
    found = get_healthy_life_expectancy([[100, 80]], [[450, 400]], [[0.5, 0.25]], [[0.0004, 0.0001]])
    np.testing.assert_allclose(found.value, [[3.25, 1.25]])
    np.testing.assert_allclose(found.upper - found.value, 1.959964 * np.array([[np.sqrt(81 + 16) / 100, 4 / 80]]))


def test_good_health_throughout_is_life_expectancy() -> None:
    table = get_life_expectancy([DEATHS], [PEOPLE], BANDS)
    found = get_healthy_life_expectancy(table.survivors, table.person_years, np.ones((1, 3)), np.zeros((1, 3)))
    np.testing.assert_allclose([found.value, found.lower, found.upper], [table.years.value] * 3)


def test_the_variance_of_a_share() -> None:
    assert get_share_variance(0.5, [100, 0], design_effect=1.5)[0] == pytest.approx(0.00375)
    assert np.isnan(get_share_variance(0.5, [100, 0])[1])


@pytest.mark.parametrize("share", [np.nan, 1.2, -0.1])
def test_an_age_without_a_share_in_good_health_names_the_area(share: float) -> None:
    with pytest.raises(ValueError, match="Birchwood: a share in good health"):
        get_healthy_life_expectancy(
            [[100, 80]] * 2, [[450, 400]] * 2, [[0.5, 0.5], [0.5, share]], 0.001, areas=["Ashdale", "Birchwood"]
        )
