"""Smoking, weight, activity and alcohol: who is at risk, and whom an offer of help reached."""

import pytest

from builders.invented_people import Answers, answer, programmes

PROGRAMME = "healthy_living"
PEOPLE = """
    Abe  | 1980-01 male   | smoker_codes 2020-01-01, stop_smoking_support_offered 2024-07-01
    Bea  | 1980-01 female | smoker_codes 2020-01-01, stop_smoking_support_offered 2024-06-30
    Col  | 1980-01 male   | smoker_codes 2020-01-01, not_smoking_codes 2025-01-01
    Dee  | 2011-07 female | smoker_codes 2026-01-01
    Eli  | 2011-06 male   | smoker_codes 2026-01-01, stop_smoking_support_declined 2025-06-30
    Fern | 1980-01 female | smoker_codes 2020-01-01, stop_smoking_support_declined 2025-07-01
    Gabe | 1950-01 male   | smoker_codes 2020-01-01, dies 2026-06-01
    Hope | 1980-01 female | body_mass_index 2025-07-01 30, weight_support_offered 2025-07-01
    Iris | 1980-01 female | body_mass_index 2026-01-10 34, weight_support_offered 2025-06-30
    Jed  | 1980-01 male   | body_mass_index 2025-06-30 34
    Kay  | 1980-01 female | body_mass_index 2026-01-10 29.9
    Len  | 2008-07 male   | body_mass_index 2026-01-10 34
    Mia  | 1980-01 female | body_mass_index 2026-01-10 34, weight_support_declined 2026-01-10
    Ned  | 1980-01 male   | body_mass_index 2026-01-10 34, weight_support_declined 2025-06-30
    Oda  | 1995-01 female | body_mass_index 2026-01-10 34, pregnancy_codes 2026-02-01
    Pia  | 1995-01 female | body_mass_index 2026-01-10 34, pregnancy_codes 2025-02-01, pregnancy_ended_codes 2025-10-01
    Quin | 1950-01 male   | body_mass_index 2026-01-10 34, audit_c 2026-01-10 7
    Ria  | 1980-01 female | inactive_codes 2025-01-01, activity_support_offered 2025-07-01
    Sam  | 1980-01 male   | inactive_codes 2025-01-01, activity_support_offered 2025-06-30
    Tess | 1980-01 female | inactive_codes 2025-01-01, active_codes 2025-09-01
    Una  | 2008-07 female | inactive_codes 2025-01-01, audit_c 2026-01-10 7
    Vic  | 1980-01 male   | audit_c 2024-07-01 5, alcohol_support_offered 2025-07-01
    Wyn  | 1980-01 male   | audit_c 2026-01-10 9, alcohol_support_offered 2025-06-30
    Xia  | 1980-01 female | audit_c 2024-06-30 9
    Yan  | 1980-01 female | audit_c 2026-01-10 4
    Zac  | 1980-01 male   | audit_c 2026-01-10 9, alcohol_support_declined 2026-01-10
    Zoe  | 1980-01 female | audit_c 2026-01-10 9, alcohol_support_declined 2025-06-30
"""


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_smokers_are_those_last_recorded_as_such_from_15(june: Answers) -> None:
    """Col stopped, and Dee is 14 until July."""
    assert june.counted("smoking_known") == "Abe Bea Eli Fern"
    assert (june.counted("smokers_offered_support"), june.missed("smokers_offered_support")) == (
        "Abe",
        "Bea Eli Fern",
    )


def test_obesity_is_an_adult_s_last_value_of_the_year(june: Answers) -> None:
    """Jed was last weighed a year ago, Kay is under 30 and Len is 17."""
    assert june.counted("obesity_known") == "Hope Iris Mia Ned Oda Pia Quin"
    assert june.counted("obesity_offered_support") == "Hope"


def test_inactive_adults_are_those_last_recorded_as_such(june: Answers) -> None:
    assert (june.counted("inactivity_known"), june.counted("inactive_offered_support")) == ("Ria Sam", "Ria")


def test_a_score_of_five_counts_for_two_years(june: Answers) -> None:
    """Xia's is older, Yan's is 4 and Una is 17."""
    assert june.counted("drinking_known") == "Quin Vic Wyn Zac Zoe"
    assert june.counted("drinkers_offered_support") == "Vic"


def test_whoever_declined_this_year_or_for_weight_is_pregnant_is_not_called(june: Answers) -> None:
    assert june.called("smokers_to_offer_support") == "Bea Eli"
    assert june.excluded("smokers_to_offer_support") == "Fern"
    assert june.called("obesity_to_offer_support") == "Iris Ned Pia Quin"
    assert june.excluded("obesity_to_offer_support") == "Mia Oda"
    assert june.called("drinkers_to_offer_support") == "Quin Wyn Zoe"
    assert june.excluded("drinkers_to_offer_support") == "Zac"


def test_each_risk_has_who_is_at_risk_and_whom_an_offer_reached() -> None:
    measures = programmes()[PROGRAMME].measures
    reached = [each for slug, each in measures.items() if slug.endswith("_offered_support")]
    known = [each for slug, each in measures.items() if slug.endswith("_known")]
    assert len(reached) == 4
    assert {repr(each.of) for each in reached} == {repr(each.count) for each in known}
