"""Diabetes and kidney: eligible, invited, tested, result, treated; each step is a share of the step before."""

import itertools

import pytest

from builders.invented_people import Answers, answer, programmes

PROGRAMME = "diabetes_and_kidney"
PEOPLE = """
    Ada | 1970-01 female | diabetes_codes 2010-01-01, home_kidney_test_invited 2026-01-10, home_kidney_test_returned 2026-02-01, albumin_creatinine_ratio 2026-02-03 12, kidney_protecting_medicines 2026-05-01 to 2026-06-25
    Ben | 1970-01 male   | diabetes_codes 2010-01-01, home_kidney_test_invited 2026-01-10, home_kidney_test_returned 2026-02-01, albumin_creatinine_ratio 2026-02-03 3, kidney_protecting_medicines 2025-10-01 to 2025-11-25
    Cai | 1970-01 male   | diabetes_codes 2010-01-01, home_kidney_test_invited 2026-01-10, home_kidney_test_returned 2026-02-01, albumin_creatinine_ratio 2026-02-03 2.9
    Dot | 1970-01 female | diabetes_codes 2010-01-01, home_kidney_test_invited 2026-01-10, home_kidney_test_returned 2026-02-01, albumin_creatinine_ratio 2025-06-03 12
    Eve | 1970-01 female | diabetes_codes 2010-01-01, home_kidney_test_invited 2026-01-10
    Fay | 1970-01 female | diabetes_codes 2010-01-01, home_kidney_test_invited 2026-01-10, home_kidney_test_declined 2026-01-20, home_kidney_test_returned 2024-02-01
    Gus | 1970-01 male   | diabetes_codes 2010-01-01, home_kidney_test_invited 2025-06-10, home_kidney_test_declined 2025-06-20
    Hal | 1970-01 male   | diabetes_codes 2010-01-01, home_kidney_test_returned 2026-02-01, albumin_creatinine_ratio 2026-02-03 30, kidney_medicine_unsuitable 2020-01-01
    Ivy | 1970-01 female | diabetes_codes 2010-01-01, diabetes_resolved_codes 2020-01-01, home_kidney_test_invited 2026-01-10
    Jon | 1970-01 male   | home_kidney_test_invited 2026-01-10, albumin_creatinine_ratio 2026-02-03 30
    Kay | 2008-03 female | diabetes_codes 2015-01-01, home_kidney_test_invited 2025-09-10
    Lou | 2010-01 male   | diabetes_codes 2015-01-01
    Max | 1940-01 male   | diabetes_codes 2010-01-01, end_of_life_codes 2026-01-01, home_kidney_test_invited 2026-01-10, albumin_creatinine_ratio 2026-02-03 30
    Nia | 1970-01 female | diabetes_codes 2010-01-01, home_kidney_test_invited 2026-01-10, home_kidney_test_declined 2025-05-20
    Oda | 1970-01 female |
"""  # noqa: E501


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_the_known_are_17_or_over_and_not_resolved(june: Answers) -> None:
    assert june.missed("diabetes_known") == "Ivy Jon Lou Oda"


def test_the_funnel_narrows_step_by_step(june: Answers) -> None:
    """Max is at the end of life; Gus was invited over a year ago; Hal tested at home and was never invited."""
    assert june.counted("kidney_test_invitations") == "Ada Ben Cai Dot Eve Fay Kay Nia"
    assert june.missed("kidney_test_invitations") == "Gus Hal"
    assert june.counted("kidney_tests_done") == "Ada Ben Cai Dot"
    assert june.missed("kidney_tests_done") == "Eve Fay Kay Nia"
    assert june.counted("kidney_results_recorded") == "Ada Ben Cai"
    assert june.missed("kidney_results_recorded") == "Dot"


def test_raised_is_3_or_more_and_treated_by_a_medicine_of_the_last_6_months(june: Answers) -> None:
    assert june.counted("kidney_raised_treated") == "Ada"
    assert june.missed("kidney_raised_treated") == "Ben Hal"


def test_each_step_is_asked_of_those_of_the_step_before(june: Answers) -> None:
    steps = ("kidney_test_invitations", "kidney_tests_done", "kidney_results_recorded")
    for before, after in itertools.pairwise(steps):
        assert set(june.counted(before).split()) == {*june.counted(after).split(), *june.missed(after).split()}


def test_whoever_declined_or_cannot_take_the_medicine_is_not_called(june: Answers) -> None:
    assert (june.called("kidney_test_not_done"), june.excluded("kidney_test_not_done")) == ("Eve Kay Nia", "Fay")
    assert (june.called("kidney_raised_not_treated"), june.excluded("kidney_raised_not_treated")) == ("Ben", "Hal")


def test_the_list_offers_a_way_that_needs_no_telephone() -> None:
    assert "at the practice" in programmes()[PROGRAMME].call_lists["kidney_test_not_done"].next_action
