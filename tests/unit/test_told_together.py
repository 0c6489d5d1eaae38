"""Measures of which a layer of changes tells much the same people something are asked together, and others apart."""

import numpy as np
import pytest

from placewise.told_together import find_together

PEOPLE = 90_000


def told(first: int, last: int) -> np.ndarray:
    """Of everybody, whether they are among those from the first to the last."""
    return (np.arange(PEOPLE) >= first) & (np.arange(PEOPLE) < last)


def test_measures_of_the_same_people_are_asked_together_and_those_of_others_apart():
    of_measure = {
        "visits_in_a_year": told(0, 40_000),
        "pressure_recorded": told(50_000, 60_000),
        "seen_in_general_practice": told(0, 40_000),
        "seen_often": told(0, 41_000),
        **{f"pressure_{part}": told(50_000, 60_000) for part in range(12)},
    }
    visits, pressure = sorted(map(sorted, find_together(of_measure)), key=len)
    assert visits == ["seen_in_general_practice", "seen_often", "visits_in_a_year"]
    assert len(pressure) == 13


def test_a_measure_of_which_nobody_is_told_is_not_asked():
    assert find_together({"asked": told(0, 5), "not_asked": told(0, 0)}) == [["asked"]]
    assert find_together({"not_asked": told(0, 0)}) == []
    assert find_together({}) == []


@pytest.mark.parametrize("people", [1, 7, 50_000])
def test_few_people_are_asked_everything_at_once(people: int):
    of_measure = {str(place): told(0, people) & told(place, PEOPLE) for place in range(20)}
    found = find_together(of_measure)
    asked = sorted(measure for together in found for measure in together)
    assert asked == sorted(measure for measure, those in of_measure.items() if those.any())
    assert len(found) <= 1 + (people > 40_000)
