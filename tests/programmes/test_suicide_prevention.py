"""Suicide rests on published rates alone: no record of anybody, alive or dead, is asked, and nobody is listed."""

import pytest

from builders.invented_people import programmes
from placewise.config import data_folder, read_deployment
from placewise.definitions import read_definitions
from placewise.programme import Programme
from placewise.programme_cards import get_series


@pytest.fixture(scope="module")
def suicide() -> Programme:
    return programmes()["suicide_prevention"]


def test_it_asks_no_record_of_anybody(suicide: Programme) -> None:
    assert not suicide.all_measures
    assert not suicide.registers
    assert not suicide.call_lists
    assert not suicide.code_lists


@pytest.mark.requirement("S024")
def test_its_figures_are_published_rates_of_three_years_with_the_change_of_2018_told(suicide: Programme) -> None:
    assert list(suicide.published) == ["suicides_registered", "suicides_by_sex", "suicides_by_place"]
    assert suicide.page.lead == "suicides_registered"
    told = suicide.published["suicides_registered"]
    assert all("ages 10 and over, three years" in each.title for each in suicide.published.values())
    assert "July 2018" in told.note
    assert "registration" in told.note


def test_what_the_plan_leaves_open_is_told_as_not_measured(suicide: Programme) -> None:
    assert "does not name the areas" in suicide.not_measured["suicides_in_targeted_areas"].because


def test_a_release_of_the_system_tells_of_it() -> None:
    deployment = read_deployment(str(data_folder("deployments") / "west_yorkshire"))
    cards = get_series(read_definitions(deployment).programmes)
    assert ("suicide_prevention", "suicides_registered") in {(card.programme, card.slug) for card in cards}
