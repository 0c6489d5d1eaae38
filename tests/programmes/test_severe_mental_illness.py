"""Severe mental illness: six physical checks, each reported, and work: support begun, work begun, work kept."""

import pytest

from builders.invented_people import Answers, answer, programmes

PROGRAMME = "severe_mental_illness"
PEOPLE = """
    Ada | 1980-01 female | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, hba1c 2026-02-01 40, systolic 2026-02-01 130, diastolic 2026-02-01 80, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, smoker_codes 2026-02-01
    Ben | 1980-01 male   | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, blood_glucose 2026-02-01 5, systolic 2026-02-01 130, diastolic 2026-02-01 80, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, not_smoking_codes 2026-02-01
    Cai | 1980-01 male   | severe_mental_illness_codes 2010-01-01, hba1c 2026-02-01 40, systolic 2026-02-01 130, diastolic 2026-02-01 80, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, smoker_codes 2026-02-01, audit_c 2025-02-01 3
    Dot | 1980-01 female | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, systolic 2026-02-01 130, diastolic 2026-02-01 80, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, smoker_codes 2026-02-01, hba1c 2025-02-01 40, blood_glucose 2025-02-01 5
    Eve | 1980-01 female | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, hba1c 2026-02-01 40, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, smoker_codes 2026-02-01, systolic 2025-02-01 130, diastolic 2025-02-01 80
    Fay | 1980-01 female | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, hba1c 2026-02-01 40, systolic 2026-02-01 130, diastolic 2026-02-01 80, cholesterol 2026-02-01 5, smoker_codes 2026-02-01, body_mass_index 2025-02-01 30
    Gus | 1980-01 male   | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, hba1c 2026-02-01 40, systolic 2026-02-01 130, diastolic 2026-02-01 80, body_mass_index 2026-02-01 30, smoker_codes 2026-02-01, cholesterol 2025-02-01 5
    Hal | 1980-01 male   | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, hba1c 2026-02-01 40, systolic 2026-02-01 130, diastolic 2026-02-01 80, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, smoker_codes 2025-02-01, not_smoking_codes 2025-02-01
    Ivy | 1980-01 female | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, hba1c 2026-02-01 40, systolic 2026-02-01 130, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, smoker_codes 2026-02-01
    Jon | 1980-01 male   | severe_mental_illness_codes 2010-01-01, audit_c 2026-02-01 3, hba1c 2026-02-01 40, diastolic 2026-02-01 80, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, smoker_codes 2026-02-01
    Kay | 1980-01 female | severe_mental_illness_codes 2010-01-01, audit_c 2025-06-01 3, hba1c 2025-06-01 40, systolic 2025-06-01 130, diastolic 2025-06-01 80, body_mass_index 2025-06-01 30, cholesterol 2025-06-01 5, smoker_codes 2025-06-01
    Lou | 1980-01 male   | severe_mental_illness_codes 2010-01-01, blood_glucose 2025-06-01 5, not_smoking_codes 2025-06-01
    Max | 1980-01 male   | severe_mental_illness_codes 2010-01-01, mental_illness_check_declined 2026-02-01
    Nia | 1980-01 female | severe_mental_illness_codes 2010-01-01, mental_illness_check_declined 2025-02-01
    Oda | 1980-01 female | severe_mental_illness_codes 2010-01-01, severe_mental_illness_remission_codes 2020-01-01, job_started 2025-09-01, employment_support_started 2025-08-01, hba1c 2026-02-01 40
    Pam | 1980-01 female | severe_mental_illness_codes 2010-01-01, severe_mental_illness_remission_codes 2020-01-01, severe_mental_illness_codes 2025-01-01
    Quy | 1980-01 male   | severe_mental_illness_codes 2010-01-01, employment_support_started 2025-08-01, job_started 2025-09-01, job_sustained 2025-12-01
    Rob | 1980-01 male   | severe_mental_illness_codes 2010-01-01, employment_support_started 2024-09-01, job_started 2024-12-01
    Sky | 1980-01 female | severe_mental_illness_codes 2010-01-01, employment_support_started 2026-05-01
    Tia | 1980-01 female | severe_mental_illness_codes 2010-01-01, employment_support_started 2022-01-01, job_started 2022-03-01, job_sustained 2022-06-01
    Una | 1980-01 female | severe_mental_illness_codes 2010-01-01, job_started 2025-10-01, job_sustained 2022-06-01
    Val | 1980-01 female | job_started 2025-10-01, employment_support_started 2025-09-01, audit_c 2026-02-01 3, systolic 2026-02-01 130, diastolic 2026-02-01 80, body_mass_index 2026-02-01 30, cholesterol 2026-02-01 5, smoker_codes 2026-02-01
"""  # noqa: E501
PARTS = ("alcohol", "glucose", "blood_pressure", "weight", "lipids", "smoking")


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_the_register_leaves_out_remission_until_it_ends(june: Answers) -> None:
    assert june.missed("severe_mental_illness_prevalence") == "Oda Val"


def test_all_six_count_and_the_part_that_is_missing_is_seen(june: Answers) -> None:
    assert june.counted("mental_illness_all_six_checks") == "Ada Ben"
    lacking = {part: set(june.missed(f"mental_illness_{part}_checked").split()) for part in PARTS}
    missed_one = {"Cai", "Dot", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jon"}
    assert {part: " ".join(sorted(each & missed_one)) for part, each in lacking.items()} == {
        "alcohol": "Cai",
        "glucose": "Dot",
        "blood_pressure": "Eve Ivy Jon",
        "weight": "Fay",
        "lipids": "Gus",
        "smoking": "Hal",
    }
    assert all("Kay" in each for each in lacking.values()), "a check counts for 12 months"


def test_whoever_declines_stays_in_the_count_and_is_not_called(june: Answers) -> None:
    assert "Max" in june.missed("mental_illness_all_six_checks")
    assert june.excluded("mental_illness_checks_due") == "Max"
    assert "Nia" in june.called("mental_illness_checks_due"), "she declined a year ago"


@pytest.mark.requirement("S132")
def test_support_begun_work_begun_and_work_kept_are_apart(june: Answers) -> None:
    """The plan's 934 in 2021/22 are 77.8 a month, and no share: no measure takes them as its level."""
    assert june.counted("employment_support_begun") == "Quy Sky"
    assert june.counted("employment_begun") == "Quy Una"
    assert (june.counted("employment_sustained"), june.missed("employment_sustained")) == ("Quy", "Rob Una")
    work = {slug: each for slug, each in programmes()[PROGRAMME].measures.items() if slug.startswith("employment")}
    assert len(work) == 3
    assert {each.ambition for each in work.values()} == {None}
    assert round(934 / 12, 1) == 77.8
