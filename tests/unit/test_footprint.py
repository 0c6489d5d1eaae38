"""A system's areas change: the same name over a change of footprint is not the same population."""

from datetime import date

import pytest

from placewise.config import read_deployment
from placewise.floor.vocabulary.footprint import boundary_notes, get_areas


@pytest.fixture(scope="module")
def hierarchy():
    return read_deployment("west_yorkshire").hierarchy


@pytest.mark.requirement("S010")
def test_there_were_six_places_and_there_are_five(hierarchy):
    assert len(get_areas(hierarchy, date(2017, 10, 27))) == 6
    assert len(get_areas(hierarchy, date(2021, 12, 1))) == 5
    assert len(hierarchy.at("place")) == 5


@pytest.mark.requirement("S010")
def test_a_chart_over_2017_to_2022_carries_a_boundary_note(hierarchy):
    [note] = boundary_notes(hierarchy, date(2017, 4, 1), date(2022, 3, 31))
    assert "Harrogate" in note
    assert "6 before, 5 after" in note
    assert "Source:" in note


@pytest.mark.requirement("S010")
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2021, 4, 1), date(2026, 3, 31)),
        (date(2020, 4, 1), date(2021, 3, 31)),
        (date(2015, 1, 1), date(2020, 3, 31)),
    ],
)
def test_a_chart_on_one_side_of_the_change_carries_none(hierarchy, first: date, last: date):
    assert boundary_notes(hierarchy, first, last) == []
