"""Asthma and chronic obstructive pulmonary disease: who is on each register, who was reviewed, who is to be called."""

import pytest

from builders.invented_people import Answers, answer, programmes

PROGRAMME = "respiratory"
PEOPLE = """
    Abe  | 1980-01 male   | asthma_codes 2000-01-01, asthma_medicines 2026-01-10, asthma_review 2025-07-01
    Bea  | 1980-01 female | asthma_codes 2000-01-01, asthma_medicines 2026-01-10, asthma_review 2025-06-30
    Col  | 1980-01 male   | asthma_codes 2000-01-01, asthma_medicines 2026-01-10, asthma_resolved_codes 2020-01-01
    Dee  | 1980-01 female | asthma_codes 2000-01-01, asthma_medicines 2025-06-30
    Eli  | 2020-07 male   | asthma_codes 2024-01-01, asthma_medicines 2026-01-10
    Fern | 1980-01 female | asthma_medicines 2026-01-10
    Gabe | 2020-06 male   | asthma_codes 2024-01-01, short_acting_relievers 2025-07-01, short_acting_relievers 2025-09-01, short_acting_relievers 2025-11-01, short_acting_relievers 2026-01-01, short_acting_relievers 2026-03-01, short_acting_relievers 2026-05-01
    Hope | 1980-01 female | asthma_codes 2000-01-01, short_acting_relievers 2025-06-30, short_acting_relievers 2025-09-01, short_acting_relievers 2025-11-01, short_acting_relievers 2026-01-01, short_acting_relievers 2026-03-01, short_acting_relievers 2026-05-01
    Iris | 1980-01 female | asthma_codes 2000-01-01, asthma_medicines 2026-01-10, asthma_review_declined 2026-02-01
    Jed  | 1980-01 male   | asthma_codes 2000-01-01, asthma_medicines 2026-01-10, asthma_review_declined 2025-06-30
    Kay  | 1950-01 female | asthma_codes 2000-01-01, asthma_medicines 2026-01-10, joins 2026-07-01
    Len  | 1950-01 male   | copd_codes 2015-01-01, copd_review 2026-01-10, breathlessness_scale 2026-01-10 3
    Mia  | 1950-01 female | copd_codes 2015-01-01, copd_review 2026-01-10
    Ned  | 1950-01 male   | copd_codes 2015-01-01, breathlessness_scale 2026-01-10 3
    Oli  | 1950-01 male   | copd_codes 2015-01-01, copd_review 2025-06-30, breathlessness_scale 2026-01-10 3
    Pia  | 1950-01 female | copd_codes 2015-01-01, copd_review 2026-01-10, breathlessness_scale 2025-06-30 3
    Quin | 1950-01 male   | copd_codes 2015-01-01, copd_resolved_codes 2020-01-01
    Ria  | 1950-01 female | copd_codes 2015-01-01, copd_review_declined 2026-01-10
    Sam  | 1950-01 male   | copd_codes 2015-01-01, copd_review_declined 2025-06-30
    Tess | 1950-01 female | copd_codes 2015-01-01, leaves 2026-06-01
    Una  | 1950-01 female | copd_codes 2015-01-01, dies 2026-06-01
    Vic  | 1950-01 male   | copd_review 2026-01-10, breathlessness_scale 2026-01-10 3
"""  # noqa: E501


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_asthma_is_coded_not_resolved_treated_and_of_people_of_six_or_over(june: Answers) -> None:
    """Col's is resolved, Dee was last treated a year ago, Eli is 5 until July, and Fern was never said to have it."""
    assert june.counted("asthma_prevalence") == "Abe Bea Gabe Hope Iris Jed"


def test_a_review_counts_for_twelve_months(june: Answers) -> None:
    assert june.counted("asthma_reviewed") == "Abe"
    assert june.missed("asthma_reviewed") == "Bea Gabe Hope Iris Jed"
    assert june.counted("asthma_reviewed", "2026-05") == "Abe Bea"


def test_six_relievers_in_twelve_months_are_too_many_and_five_are_not(june: Answers) -> None:
    assert june.counted("asthma_relievers_overused") == "Gabe"


def test_a_copd_review_without_breathlessness_measured_is_none(june: Answers) -> None:
    assert june.counted("copd_prevalence") == "Len Mia Ned Oli Pia Ria Sam"
    assert june.counted("copd_reviewed") == "Len"


def test_whoever_declined_this_year_is_not_called(june: Answers) -> None:
    assert june.called("asthma_review_due") == "Bea Gabe Hope Jed"
    assert june.excluded("asthma_review_due") == "Iris"
    assert june.called("copd_review_due") == "Mia Ned Oli Pia Sam"
    assert june.excluded("copd_review_due") == "Ria"


def test_the_list_about_relievers_says_review_and_never_stop(june: Answers) -> None:
    assert june.called("asthma_relievers_to_review") == "Gabe"
    assert "Do not stop" in programmes()[PROGRAMME].call_lists["asthma_relievers_to_review"].next_action
