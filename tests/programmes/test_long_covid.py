"""Long COVID: who is known to have it, who was referred, and how long the first assessment took to come."""

import pytest

from builders.invented_people import Answers, answer

PROGRAMME = "long_covid"
PEOPLE = """
    Amy | 1980-01 female | long_covid_codes 2025-01-01, long_covid_referral 2026-05-01, long_covid_assessment 2026-06-12
    Ben | 1980-01 male   | long_covid_codes 2025-01-01, long_covid_referral 2026-05-01, long_covid_assessment 2026-06-13
    Cho | 1980-01 female | long_covid_codes 2025-01-01, long_covid_referral 2026-05-01
    Dot | 1980-01 female | long_covid_codes 2025-01-01, long_covid_assessment 2025-06-12
    Ed  | 1980-01 male   | long_covid_codes 2025-01-01
    Flo | 1980-01 female | long_covid_codes 2022-01-01, long_covid_resolved_codes 2024-01-01
    Guy | 1980-01 male   | long_covid_codes 2022-01-01, long_covid_resolved_codes 2024-01-01, long_covid_codes 2025-01-01
    Hui | 1980-01 female | long_covid_codes 2025-01-01, long_covid_referral_declined 2025-02-01
    Ian | 1950-01 male   | long_covid_codes 2025-01-01, leaves 2026-06-01
    Joy | 1980-01 female | long_covid_codes 2025-01-01, dies 2026-06-01
    Ken | 1980-01 male   | long_covid_codes 2021-01-01, long_covid_referral 2024-01-01, long_covid_assessment 2026-06-13
    Liv | 1980-01 female |
"""  # noqa: E501


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_the_known_are_those_whose_symptoms_are_not_recorded_as_over(june: Answers) -> None:
    assert june.counted("long_covid_prevalence") == "Amy Ben Cho Dot Ed Guy Hui Ken"
    assert june.missed("long_covid_prevalence") == "Flo Liv"


def test_seen_by_a_clinic_is_referred_too(june: Answers) -> None:
    assert june.counted("long_covid_referred") == "Amy Ben Cho Dot Ken"


@pytest.mark.requirement("S075")
def test_those_without_a_referral_are_called_unless_they_declined(june: Answers) -> None:
    assert june.called("long_covid_not_referred") == "Ed Guy"
    assert june.excluded("long_covid_not_referred") == "Hui"


def test_six_weeks_are_forty_two_days_and_a_wait_beyond_two_years_is_none(june: Answers) -> None:
    """Amy waited 42 days and Ben 43; Cho still waits, Dot was seen without a referral, and Ken waited too long."""
    assert june.counted("long_covid_assessed_within_six_weeks") == "Amy"
    assert june.missed("long_covid_assessed_within_six_weeks") == "Ben"
    assert june.valued("days_to_long_covid_assessment") == "Amy 42, Ben 43"
