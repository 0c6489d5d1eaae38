"""Autism: the register, adjustments, medicines and the wait for an assessment; one figure is not measured."""

import pytest

from builders.invented_people import Answers, answer, programmes

PROGRAMME = "autism"
PEOPLE = """
    Ana | 2015-01 female | autism_codes 2020-01-01, reasonable_adjustment_recorded 2021-01-01
    Bo  | 1980-01 male   | autism_codes 2026-06-30
    Cal | 1980-01 male   | autism_codes 2026-07-01
    Deb | 1980-01 female | autism_codes 2010-01-01, dies 2026-01-01
    Ewa | 1980-01 female | learning_disability_codes 2010-01-01, antipsychotics 2026-06-01
    Flo | 1950-01 female | autism_codes 2010-01-01, antipsychotics 2026-06-01
    Gil | 1980-01 male   | autism_codes 2010-01-01, antipsychotics 2026-06-01, medication_review 2025-07-01
    Hal | 1980-01 male   | autism_codes 2010-01-01, antipsychotics 2026-06-01, medication_review 2025-06-30
    Ivy | 1980-01 female | autism_codes 2010-01-01, antipsychotics 2025-12-30
    Jo  | 1980-01 female | autism_codes 2010-01-01, antipsychotics 2026-06-01, severe_mental_illness_codes 2010-01-01
    Kim | 1980-01 female | autism_codes 2010-01-01, antipsychotics 2026-06-01, severe_mental_illness_codes 2010-01-01, severe_mental_illness_remission_codes 2020-01-01
    Lee | 2015-01 male   | autism_assessment_referral 2026-03-08, autism_assessment_started 2026-06-07
    Mo  | 2015-01 male   | autism_assessment_referral 2026-03-08, autism_assessment_started 2026-06-08
    Nell | 2015-01 female | autism_assessment_referral 2026-03-01
    Oz  | 2010-01 male   | autism_assessment_referral 2020-01-01, autism_assessment_started 2026-06-08
"""  # noqa: E501


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


@pytest.mark.requirement("S188")
def test_the_register_holds_all_ages_and_no_learning_disability(june: Answers) -> None:
    assert june.counted("autism_prevalence") == "Ana Bo Flo Gil Hal Ivy Jo Kim"
    assert june.missed("autism_prevalence") == "Cal Ewa Lee Mo Nell Oz"


def test_adjustments_once_recorded_stay_so(june: Answers) -> None:
    assert june.counted("autism_adjustments_recorded") == "Ana"
    assert june.called("autism_adjustments_to_ask_about") == "Bo Flo Gil Hal Ivy Jo Kim"


def test_an_antipsychotic_is_reviewed_yearly_where_no_severe_mental_illness_explains_it(june: Answers) -> None:
    """Ewa is not autistic, Ivy's was six months ago, Jo has a severe mental illness; Kim's is in remission."""
    assert june.counted("autism_antipsychotic_reviewed") == "Gil"
    assert june.missed("autism_antipsychotic_reviewed") == "Flo Hal Kim"
    assert june.called("autism_antipsychotic_to_review") == "Flo Hal Kim"


def test_thirteen_weeks_are_ninety_one_days(june: Answers) -> None:
    """Lee waited 91 days and Mo 92; Nell still waits, and Oz waited longer than is counted."""
    assert june.counted("autism_assessment_within_13_weeks") == "Lee"
    assert june.missed("autism_assessment_within_13_weeks") == "Mo"


def test_the_list_about_antipsychotics_says_review_and_never_stop() -> None:
    action = programmes()[PROGRAMME].call_lists["autism_antipsychotic_to_review"].next_action
    assert action.startswith("Review")
    assert "Do not stop" in action


@pytest.mark.requirement("S188")
def test_the_life_expectancy_gap_is_told_as_not_measured() -> None:
    autism = programmes()[PROGRAMME]
    assert "life-expectancy gap" in autism.not_measured["autism_life_expectancy_gap"].title.lower()
    assert not any("life" in slug for slug in autism.measures)
