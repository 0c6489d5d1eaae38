"""What cannot have been counted is, in every method, an error that names the area, or a blank that it declares."""

from collections.abc import Callable

import numpy as np
import pytest

from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_85, LIFE_TABLE_TO_90
from placewise.floor.statistics.change import get_paired_change
from placewise.floor.statistics.control_charts.large_denominators import get_p_prime_limits, get_u_prime_limits
from placewise.floor.statistics.control_charts.rare_events import get_g_limits, get_t_limits
from placewise.floor.statistics.direct_standardisation import get_directly_standardised_rates
from placewise.floor.statistics.funnel import (
    get_proportion_significance,
    get_rate_significance,
    get_ratio_significance,
)
from placewise.floor.statistics.indirect_standardisation import get_indirectly_standardised
from placewise.floor.statistics.life_expectancy import get_life_expectancy
from placewise.floor.statistics.overdispersion import get_proportion_overdispersion, get_ratio_overdispersion
from placewise.floor.statistics.poisson import get_byar_limits, get_count_limits, get_exact_limits
from placewise.floor.statistics.proportion import (
    get_exact_proportion_limits,
    get_proportions,
    get_wilson_limits,
)
from placewise.floor.statistics.rate import get_rate_limits, get_rates
from placewise.floor.statistics.slope_index import get_slope_index

AREAS = ("Ashdale", "Birchwood", "Cedar Hill")
MANY = [[40.0, 50.0]] * 3
PEOPLE = [[400.0, 500.0]] * 3
NAMED = [
    (get_proportions, [1, -1, 2], [10, 10, 10]),
    (get_proportions, [1, 11, 2], [10, 10, 10]),
    (get_rates, [1, -1, 2], [10, 10, 10]),
    (get_rates, [1, 1, 2], [10, -10, 10]),
    (get_proportion_significance, [1, -1, 2], [10, 10, 10]),
    (get_proportion_significance, [1, 11, 2], [10, 10, 10]),
    (get_rate_significance, [1, -1, 2], [10, 10, 10]),
    (get_ratio_significance, [1, -1, 2], [10, 10, 10]),
    (get_ratio_significance, [1, 1, 2], [10, 0, 10]),
    (get_ratio_overdispersion, [1, -1, 2], [10, 10, 10]),
    (get_p_prime_limits, [[1, 2], [1, 12], [1, 2]], [[10, 10]] * 3),
    (get_u_prime_limits, [[1, 2], [1, -2], [1, 2]], [[10, 10]] * 3),
    (get_paired_change, [[1, 2], [1, -2], [1, 2]], [[10, 10]] * 3),
    (get_slope_index, [[1, 2], [1, np.nan], [1, 2]], [[0.1, 0.1]] * 3),
]


@pytest.mark.parametrize(("method", "first", "second"), NAMED, ids=lambda each: getattr(each, "__name__", ""))
def test_the_area_is_named(method: Callable, first: list, second: list) -> None:
    further = ([[5, 5]] * 3,) if method is get_slope_index else ()
    with pytest.raises(ValueError, match=r"^Birchwood: "):
        method(np.array(first, float), np.array(second, float), *further, areas=AREAS)


@pytest.mark.parametrize("counts", [[1, -1, 2], [1, 11, 2]])
def test_a_share_among_overdispersed_ones_is_named(counts: list) -> None:
    with pytest.raises(ValueError, match=r"^Birchwood: "):
        get_proportion_overdispersion(counts, [10, 10, 10], 0.2, areas=AREAS)


@pytest.mark.parametrize("method", [get_t_limits, get_g_limits])
def test_a_gap_below_zero_is_named(method: Callable) -> None:
    with pytest.raises(ValueError, match=r"^Cedar Hill: "):
        method([[3, 4], [5, 6], [7, -1]], areas=AREAS)


@pytest.mark.parametrize(
    ("events", "people", "fault"),
    [
        ([*MANY[:1], [40, -1], *MANY[:1]], PEOPLE, "a count of events is below zero"),
        (MANY, [*PEOPLE[:1], [400, 0], *PEOPLE[:1]], "the population of a band is zero"),
        (MANY, [*PEOPLE[:1], [400, np.nan], *PEOPLE[:1]], "the population of a band is zero"),
    ],
)
def test_a_band_that_cannot_be_standardised_names_the_area(events: list, people: list, fault: str) -> None:
    with pytest.raises(ValueError, match=f"^Birchwood: {fault}"):
        get_directly_standardised_rates(events, people, [1000, 2000], areas=AREAS)


def test_what_cannot_be_expected_names_the_area() -> None:
    with pytest.raises(ValueError, match=r"^Birchwood: the observed events"):
        get_indirectly_standardised([9, -1, 9], PEOPLE, [10, 20], [1000, 2000], areas=AREAS)


@pytest.mark.parametrize(
    "method",
    [get_count_limits, get_byar_limits, get_exact_limits],
)
def test_limits_of_a_count_below_zero_are_refused(method: Callable) -> None:
    with pytest.raises(ValueError, match="below zero"):
        method([3.0, -1.0])


@pytest.mark.parametrize("method", [get_wilson_limits, get_exact_proportion_limits, get_rate_limits])
def test_limits_of_a_numerator_below_zero_are_refused(method: Callable) -> None:
    with pytest.raises(ValueError, match="below zero"):
        method([3.0, -1.0], [10.0, 10.0])


def test_nobody_is_a_blank_in_every_method_that_declares_one() -> None:
    assert np.isnan(get_proportions([0, 1], [0, 2]).value[0])
    assert np.isnan(get_rates([0, 1], [0, 2]).value[0])
    assert get_proportion_significance([0, 1], [0, 2])[0] == ""
    assert np.isnan(get_proportion_overdispersion([0, 1, 3], [0, 20, 20], 0.1).distance[0])
    assert np.isnan(get_p_prime_limits([[0, 1, 2]], [[0, 20, 20]]).centre).sum() == 0


@pytest.mark.parametrize("bands", [LIFE_TABLE_TO_85, LIFE_TABLE_TO_90], ids=["85 and over", "90 and over"])
def test_life_tables_to_85_and_to_90_blank_an_area_with_a_missing_band_and_say_why(bands: tuple[str, ...]) -> None:
    deaths, people = np.full((2, len(bands)), 900.0), np.full((2, len(bands)), 30_000.0)
    people[1, 4] = np.nan
    found = get_life_expectancy(deaths, people, bands)
    assert np.isfinite(found.years.value[0]).all() and np.isnan(found.years.value[1]).all()
    assert found.reason[0] == "" and "missing" in found.reason[1]
