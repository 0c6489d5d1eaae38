"""Learning disability: offered, done and planned are three measures of the same people, by financial year."""

import pytest

from builders.invented_people import Answers, answer, programmes
from placewise.programme import get_sensitive_registers

PEOPLE = """
    Abe  | 1990-01 male   | learning_disability_codes 2000-01-01, learning_disability_check_offered 2026-04-10
    Bea  | 1990-01 female | learning_disability_codes 2000-01-01, learning_disability_check_done 2026-05-10
    Col  | 1990-01 male   | learning_disability_codes 2000-01-01, learning_disability_check_offered 2026-04-10, learning_disability_check_declined 2026-04-20
    Dee  | 1990-01 female | learning_disability_codes 2000-01-01, learning_disability_check_done 2026-03-31
    Eli  | 1990-01 male   | learning_disability_codes 2000-01-01, learning_disability_check_done 2026-04-01, learning_disability_action_plan 2026-04-01
    Fern | 1990-01 female | learning_disability_codes 2000-01-01
    Gabe | 2012-06 male   | learning_disability_codes 2016-01-01
    Hope | 2012-07 female | learning_disability_codes 2016-01-01, learning_disability_check_done 2026-05-10
    Iris | 1990-01 female | specific_learning_difficulty_codes 2000-01-01
    Jed  | 1990-01 male   | learning_disability_codes 2000-01-01, learning_disability_check_done 2026-05-10, dies 2026-06-01
    Kay  | 1990-01 female | learning_disability_codes 2000-01-01, learning_disability_check_done 2026-05-10, joins 2026-06-01
    Len  | 1990-01 male   | planned_admission_codes 2026-06-10, emergency_admission_codes 2026-06-10, settled_accommodation_codes 2020-01-01
    Mia  | 1990-01 female | learning_disability_codes 2000-01-01, learning_disability_check_offered 2025-05-10, settled_accommodation_codes 2020-01-01
    Noa  | 1990-01 female | learning_disability_codes 2000-01-01, learning_disability_check_declined 2026-05-10, settled_accommodation_codes 2015-01-01, unsettled_accommodation_codes 2020-01-01
    Ola  | 1990-01 female | learning_disability_codes 2000-01-01, learning_disability_check_declined 2025-05-10, learning_disability_action_plan 2025-05-10
    Pip  | 2010-01 male   | learning_disability_codes 2015-01-01, settled_accommodation_codes 2020-01-01, flu_vaccination 2025-10-01, planned_admission_codes 2026-06-01 to 2026-06-03
    Ros  | 1990-01 female | learning_disability_codes 2000-01-01, flu_vaccination 2024-10-01, emergency_admission_codes 2026-06-01 to 2026-06-09, emergency_admission_codes 2026-06-20 to 2026-06-21
"""  # noqa: E501
REGISTERED_AND_14 = {"Abe", "Bea", "Col", "Dee", "Eli", "Fern", "Gabe", "Kay", "Mia", "Noa", "Ola", "Pip", "Ros"}


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer("learning_disability", PEOPLE)


def test_the_register_holds_all_ages_and_no_specific_learning_difficulty(june: Answers) -> None:
    assert june.counted("learning_disability_prevalence") == (
        "Abe Bea Col Dee Eli Fern Gabe Hope Kay Mia Noa Ola Pip Ros"
    )
    assert june.missed("learning_disability_prevalence") == "Iris Len"


def test_the_register_and_what_rests_on_it_are_shown_as_a_sensitive_measure_is() -> None:
    found = get_sensitive_registers([programmes()["learning_disability"], programmes()["healthy_hearts"]])
    assert found == {"learning_disability", "learning_disability_check_eligible"}


@pytest.mark.requirement("S087")
def test_offered_done_and_planned_are_different_measures_of_the_same_people(june: Answers) -> None:
    assert june.counted("learning_disability_check_offered") == "Abe Bea Col Eli Kay Noa"
    assert june.counted("learning_disability_check_done") == "Bea Eli Kay"
    assert june.counted("learning_disability_action_plan") == "Eli"
    for measure in ("offered", "done"):
        slug = f"learning_disability_check_{measure}"
        assert {*june.counted(slug).split(), *june.missed(slug).split()} == REGISTERED_AND_14


def test_who_declines_stays_in_the_denominator(june: Answers) -> None:
    assert "Col" in june.missed("learning_disability_check_done")


def test_fourteen_is_reached_in_the_birth_month(june: Answers) -> None:
    assert "Gabe" in june.missed("learning_disability_check_done")
    assert "Gabe" in june.not_asked("learning_disability_check_done", "2026-05")
    assert "Hope" in june.not_asked("learning_disability_check_done")


def test_it_begins_anew_each_april(june: Answers) -> None:
    assert june.counted("learning_disability_check_done", "2026-03") == "Dee"
    assert june.counted("learning_disability_check_done", "2026-04") == "Eli"


@pytest.mark.requirement("S087")
def test_the_list_is_of_checks_not_done() -> None:
    due = programmes()["learning_disability"].call_lists["learning_disability_check_due"]
    assert (due.measure, due.counted) == ("learning_disability_check_done", False)


def test_whoever_declined_this_financial_year_is_not_called(june: Answers) -> None:
    assert june.excluded("learning_disability_check_due") == "Col Noa"
    assert "Ola" in june.called("learning_disability_check_due")


@pytest.mark.requirement("S088")
def test_housing_vaccination_planned_and_emergency_access_are_four_measures(june: Answers) -> None:
    """Pip is 16, so no adult; Noa's home is not settled any more; Len has no learning disability."""
    assert june.counted("learning_disability_settled_home") == "Mia"
    assert "Pip" in june.not_asked("learning_disability_settled_home")
    assert june.counted("learning_disability_flu_vaccinated") == "Pip"
    assert june.counted("learning_disability_planned_stays") == "Pip"
    assert june.counted("learning_disability_emergency_stays") == "Ros Ros"
    assert "Len" not in june.divided_by("learning_disability_emergency_stays")
