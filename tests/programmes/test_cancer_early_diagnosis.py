"""Cancer found early: stage with its completeness, bowel screening, and four items of personalised care."""

import pytest

from builders.invented_people import Answers, answer, programmes

PROGRAMME = "cancer_early_diagnosis"
PEOPLE = """
    Ada | 1950-01 female | stageable_cancer_codes 2026-06-10, cancer_stage_early 2026-06-10
    Ben | 1950-01 male   | stageable_cancer_codes 2026-06-10, cancer_stage_late 2026-06-10
    Cai | 1950-01 male   | stageable_cancer_codes 2026-06-10
    Dot | 1950-01 female | stageable_cancer_codes 2026-06-10, cancer_stage_early 2026-06-12
    Eve | 1950-01 female | cancer_codes 2026-06-10, cancer_stage_early 2026-06-10
    Fay | 1950-01 female | stageable_cancer_codes 2026-06-10, cancer_stage_late 2026-06-10, dies 2026-06-20
    Gus | 1950-01 male   | stageable_cancer_codes 2025-01-10, cancer_needs_assessment 2025-02-01, cancer_care_plan 2025-03-01
    Hal | 1950-01 male   | stageable_cancer_codes 2025-01-10, cancer_care_plan_declined 2026-02-01
    Ivy | 1950-01 female | stageable_cancer_codes 2025-01-10, cancer_care_plan_declined 2025-02-01, cancer_care_plan 2022-06-01, cancer_needs_assessment 2022-06-01
    Jon | 1950-01 male   | stageable_cancer_codes 2022-01-10, cancer_needs_assessment 2025-09-01, cancer_care_plan 2025-09-01
    Kay | 1950-01 female | cancer_treatment_ended 2026-01-10, cancer_treatment_summary 2026-02-01
    Lou | 1950-01 male   | cancer_treatment_ended 2026-01-10, cancer_follow_up_agreed 2026-02-01
    Max | 1950-01 male   | cancer_treatment_ended 2026-01-10, cancer_treatment_summary 2020-01-01, cancer_follow_up_agreed 2020-01-01
    Nia | 1950-01 female | cancer_treatment_ended 2023-01-10, cancer_treatment_summary 2026-02-01, cancer_follow_up_agreed 2026-02-01
    Oda | 1960-01 female | bowel_screening_done 2024-02-01
    Pam | 1960-01 female | bowel_screening_done 2020-02-01
    Quy | 1960-01 male   | bowel_screening_not_applicable 2015-01-01
    Rob | 1966-07 male   | bowel_screening_done 2026-02-01
    Sky | 1951-06 female | bowel_screening_done 2026-02-01
    Tom | 1960-01 male   | bowel_screening_declined 2025-02-01
"""  # noqa: E501
FOUND = ("cancer_stage_known", "cancer_early_of_known_stage", "cancer_early_of_all")


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_stage_is_told_of_the_cancers_found_with_its_completeness(june: Answers) -> None:
    """Dot's stage is of another day. Fay died in the month her cancer was found; it is counted all the same."""
    assert june.counted("cancer_stage_known") == "Ada Ben Fay"
    assert june.missed("cancer_stage_known") == "Cai Dot"


def test_early_of_known_stage_and_early_of_all_are_two_measures(june: Answers) -> None:
    assert [june.counted(slug) for slug in FOUND[1:]] == ["Ada", "Ada"]
    assert june.missed("cancer_early_of_known_stage") == "Ben Fay"
    assert june.missed("cancer_early_of_all") == "Ben Cai Dot Fay"


def test_a_cancer_of_a_site_without_stages_is_not_asked_about(june: Answers) -> None:
    assert not any("Eve" in june.counted(slug) + june.missed(slug) for slug in FOUND)


def test_early_stage_says_how_complete_stage_is() -> None:
    measures = programmes()[PROGRAMME].unit_measures
    assert {measures[slug].completeness for slug in FOUND[1:]} == {"cancer_stage_known"}


def test_bowel_screening_is_asked_of_60_to_74_with_a_bowel(june: Answers) -> None:
    assert june.counted("bowel_screening_uptake") == "Oda"
    assert june.missed("bowel_screening_uptake") == "Pam Tom"
    for name in ("Quy", "Rob", "Sky"):
        assert name in june.not_asked("bowel_screening_uptake")


def test_each_of_four_items_of_personalised_care_is_its_own_measure(june: Answers) -> None:
    assert june.counted("cancer_needs_assessed") == june.counted("cancer_care_planned") == "Gus"
    assert june.missed("cancer_care_planned") == "Ada Ben Cai Dot Hal Ivy"
    assert june.counted("cancer_treatment_summarised") == "Kay"
    assert june.counted("cancer_follow_up_type_agreed") == "Lou"
    assert june.missed("cancer_follow_up_type_agreed") == "Kay Max"


def test_whoever_declined_screening_is_not_asked_again_by_its_provider(june: Answers) -> None:
    assert june.called("bowel_screening_not_done") == "Pam"
    assert june.excluded("bowel_screening_not_done") == "Tom"


def test_whoever_declined_a_plan_this_year_is_not_called(june: Answers) -> None:
    assert june.excluded("cancer_care_plan_due") == "Hal"
    assert "Ivy" in june.called("cancer_care_plan_due")


@pytest.mark.requirement("S104")
def test_whoever_did_not_come_to_screening_is_listed_to_no_practice() -> None:
    """Only the screening provider has their names (test_screening_list.py)."""
    lists = [each for programme in programmes().values() for each in programme.call_lists.values()]
    assert {each.recipient for each in lists if each.measure == "bowel_screening_uptake"} == {
        "bowel_screening_provider"
    }
    of_practices = [each for each in lists if each.recipient is None]
    assert not [name for each in of_practices for name in each.show if name.startswith("bowel_screening")]
