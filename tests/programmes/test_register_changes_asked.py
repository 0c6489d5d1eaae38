"""Who was put on a register in the year to June 2026, and who was taken off it."""

import pytest

from builders.invented_people import Answers, answer

PEOPLE = """
    Ann  | 1960-01 female | hypertension_codes 2025-07-01
    Bob  | 1960-01 male   | hypertension_codes 2025-06-30
    Cat  | 1960-01 female | hypertension_codes 2026-06-15
    Don  | 1960-01 male   | hypertension_codes 2015-01-01, joins 2026-01-01
    Emi  | 1960-01 female | hypertension_codes 2015-01-01, hypertension_resolved_codes 2026-02-01
    Fay  | 1960-01 female | hypertension_codes 2015-01-01, hypertension_resolved_codes 2020-02-01, hypertension_codes 2026-02-01
    Gil  | 1960-01 male   | hypertension_codes 2015-01-01, hypertension_resolved_codes 2024-02-01
    Hal  | 1960-01 male   | hypertension_codes 2026-02-01, leaves 2026-03-01
    Ida  | 1960-01 female | hypertension_codes 2026-02-01, hypertension_codes 2026-06-20
    Jan  | 1960-01 male   |
"""  # noqa: E501


@pytest.fixture(scope="module")
def answers() -> Answers:
    return answer("healthy_hearts", PEOPLE)


@pytest.mark.requirement("S083")
def test_added_are_the_newly_coded_and_not_those_who_moved_in_with_an_old_diagnosis(answers: Answers) -> None:
    assert answers.counted("hypertension_added") == "Ann Cat Fay Ida"
    assert answers.counted("hypertension_prevalence") == "Ann Bob Cat Don Fay Ida"
    assert answers.not_asked("hypertension_added") == "Hal", "whoever left changed the list, not the register"


@pytest.mark.requirement("S083")
def test_removed_are_those_coded_as_resolved_and_still_here(answers: Answers) -> None:
    assert answers.counted("hypertension_removed") == "Emi"


def test_added_in_the_month_are_added_in_the_year_too(answers: Answers) -> None:
    assert answers.counted("hypertension_added_in_month") == "Cat"
    assert answers.counted("hypertension_added_in_month", "2026-02") == "Fay Hal Ida"
