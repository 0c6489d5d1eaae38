"""Standardised rates worked by hand, and what must not change them."""

import numpy as np
import pytest

from placewise.floor.statistics.direct_standardisation import (
    get_directly_standardised_rates,
    get_directly_standardised_rates_of_repeats,
)
from placewise.floor.statistics.indirect_standardisation import get_indirectly_standardised
from placewise.floor.statistics.poisson import get_byar_limits

EVENTS, PEOPLE, STANDARD = [[10, 30]], [[1000, 500]], [60, 40]


def test_two_bands_by_hand() -> None:
    """0.6 x 10/1000 + 0.4 x 30/500 = 0.03; variance 0.36 x 10/1000^2 + 0.16 x 30/500^2 = 2.28e-5; Byar's limits of the
    40 events are 28.573 and 54.470, so the limits are 0.03 + sqrt(2.28e-5 / 40) (28.573 - 40), and so on."""
    found = get_directly_standardised_rates(EVENTS, PEOPLE, STANDARD)
    np.testing.assert_allclose(
        [found.value[0], found.lower[0], found.upper[0]], [0.03, 0.0213730, 0.0409247], atol=1e-7
    )


def test_the_standards_size_does_not_matter() -> None:
    one, other = (get_directly_standardised_rates(EVENTS, PEOPLE, np.array(STANDARD) * times) for times in (1, 1000))
    np.testing.assert_allclose([one.value, one.lower, one.upper], [other.value, other.lower, other.upper])


def test_one_rate_at_every_age_is_that_rate() -> None:
    found = get_directly_standardised_rates([[20, 50, 5]], [[2000, 5000, 500]], [3, 1, 7])
    np.testing.assert_allclose(found.value, 0.01)


def test_a_standard_of_the_areas_own_ages_gives_the_crude_rate() -> None:
    found = get_directly_standardised_rates(EVENTS, PEOPLE, PEOPLE[0])
    lower, upper = get_byar_limits(40)
    np.testing.assert_allclose([found.value[0], found.lower[0], found.upper[0]], np.array([40, lower, upper]) / 1500)


def test_fewer_than_ten_events_are_blank_and_a_missing_count_is_none() -> None:
    found = get_directly_standardised_rates([[4, 5], [np.nan, 10]], [[1000, 500]] * 2, STANDARD)
    assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
    assert found.value[1] == pytest.approx(0.4 * 10 / 500)


@pytest.mark.parametrize(
    ("events", "people", "fault"),
    [
        ([[1, 2], [3, -1]], [[10, 10]] * 2, "Birchwood: a count of events is below zero"),
        ([[1, 2]] * 2, [[10, 10], [0, 10]], "Birchwood: the population of a band is zero"),
        ([[1, 2]] * 2, [[10, 10], [10, np.nan]], "Birchwood: the population of a band is zero, below zero or missing"),
        ([[1, 2, 3]] * 2, [[10, 10, 10]] * 2, "have not the same bands"),
    ],
)
def test_what_cannot_be_standardised_names_the_area(events: list, people: list, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        get_directly_standardised_rates(events, people, STANDARD, areas=["Ashdale", "Birchwood"])


def test_one_event_a_person_is_as_independent_events() -> None:
    plain = get_directly_standardised_rates(EVENTS, PEOPLE, STANDARD)
    found = get_directly_standardised_rates_of_repeats([EVENTS], [1], PEOPLE, STANDARD)
    np.testing.assert_allclose([found.value, found.lower, found.upper], [plain.value, plain.lower, plain.upper])


def test_events_that_come_again_have_the_same_rate_and_wider_limits() -> None:
    """The same 40 events, but all by pairs: half the people, twice the variance."""
    plain = get_directly_standardised_rates(EVENTS, PEOPLE, STANDARD)
    found = get_directly_standardised_rates_of_repeats([[[5, 15]]], [2], PEOPLE, STANDARD)
    np.testing.assert_allclose(found.value, plain.value)
    np.testing.assert_allclose(found.value - found.lower, np.sqrt(2) * (plain.value - plain.lower))


def test_observed_to_expected_by_hand() -> None:
    """The reference has 1 and 5 in a hundred: 1,000 and 500 people expect 35 events."""
    found = get_indirectly_standardised([70, 0], [[1000, 500], [1000, 500]], [10, 100], [1000, 2000])
    assert found.expected.tolist() == [35, 35]
    assert found.ratio.value.tolist() == [2, 0]
    assert found.rate.value[0] == pytest.approx(2 * 110 / 3000)
    np.testing.assert_allclose(found.ratio.upper[1], -np.log(0.025) / 35)
    assert found.ratio.lower[1] == 0


def test_the_reference_itself_is_as_expected() -> None:
    found = get_indirectly_standardised([110], [[1000, 2000]], [10, 100], [1000, 2000])
    assert found.ratio.value[0] == pytest.approx(1) and found.rate.value[0] == pytest.approx(110 / 3000)


@pytest.mark.parametrize(
    ("observed", "people", "fault"),
    [
        ([1, -1], [[10, 10]] * 2, "Birchwood: the observed events are below zero or missing"),
        ([1, np.nan], [[10, 10]] * 2, "Birchwood: the observed events are below zero or missing"),
        ([1, 1], [[10, 10], [10, -1]], "Birchwood: the population of a band is below zero"),
        ([1, 1], [[10, 10], [0, 0]], "Birchwood: no events are expected"),
    ],
)
def test_what_cannot_be_expected_names_the_area(observed: list, people: list, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        get_indirectly_standardised(observed, people, [10, 100], [1000, 2000], areas=["Ashdale", "Birchwood"])


def test_a_reference_without_people_is_refused() -> None:
    with pytest.raises(ValueError, match="a band of the reference"):
        get_indirectly_standardised([1], [[10, 10]], [10, 100], [1000, 0])
