"""Healthy Hearts: who is asked about and who counts, in June 2026."""

import pytest

from builders.invented_people import Answers, answer, programmes

RHYTHM = """
    Ada  | 1950-03 female | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, anticoagulants 2026-05-01 to 2026-05-28
    Ben  | 1944-11 male   | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 2, anticoagulants 2025-12-31 to 2026-02-28
    Cleo | 1944-11 female | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 2, anticoagulants 2026-01-01 to 2026-02-28
    Dan  | 1960-01 male   | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 1
    Eve  | 1960-01 female | af_codes 2020-05-01
    Finn | 1960-01 male   | af_codes 2020-05-01, cha2ds2va 2025-01-10 3
    Gus  | 1950-03 male   | af_codes 2020-05-01, af_resolved_codes 2022-05-01, cha2ds2vasc 2025-01-10 4
    Hana | 1950-03 female | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 5, mechanical_valve_or_mitral_stenosis_codes 2019-01-01
    Ivo  | 1950-03 male   | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, antiplatelets 2026-06-01 to 2026-06-28
    Jo   | 1950-03 female | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, antiplatelets 2026-06-01 to 2026-06-28, vascular_disease_codes 2015-01-01
    Kit  | 1950-03 male   | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, antiplatelets 2026-06-01 to 2026-06-28, anticoagulants 2026-06-01 to 2026-06-28
    Lou  | 1950-03 female | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, dies 2026-06-30
    Max  | 1950-03 male   | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, leaves 2026-06-29
    Nell | 1950-03 female |
"""  # noqa: E501

PRESSURE = """
    Ann  | 1960-01 female | hypertension_codes 2015-01-01, systolic 2026-05-01 140, diastolic 2026-05-01 90
    Bob  | 1960-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 141, diastolic 2026-05-01 90
    Cat  | 1960-01 female | hypertension_codes 2015-01-01, systolic 2026-05-01 130, diastolic 2026-05-01 91
    Don  | 1940-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 150, diastolic 2026-05-01 90
    Emi  | 1946-07 female | hypertension_codes 2015-01-01, systolic 2026-05-01 150, diastolic 2026-05-01 90
    Fay  | 1960-01 female | hypertension_codes 2015-01-01, systolic 2025-06-30 120, diastolic 2025-06-30 70
    Gil  | 1960-01 male   | hypertension_codes 2015-01-01, systolic 2025-07-01 120, diastolic 2025-07-01 70
    Hal  | 1960-01 male   | hypertension_codes 2015-01-01
    Ida  | 1960-01 female | hypertension_codes 2015-01-01, home_systolic 2026-05-01 136, home_diastolic 2026-05-01 80
    Jan  | 1960-01 male   | hypertension_codes 2015-01-01, home_systolic 2026-05-01 135, home_diastolic 2026-05-01 85
    Kai  | 1960-01 male   | hypertension_codes 2015-01-01, systolic 2026-01-01 120, diastolic 2026-01-01 70, systolic 2026-05-01 160, diastolic 2026-05-01 90
    Lea  | 1960-01 female | hypertension_codes 2015-01-01, hypertension_resolved_codes 2024-01-01, systolic 2026-05-01 120, diastolic 2026-05-01 70
"""  # noqa: E501

PEOPLE = RHYTHM + PRESSURE


@pytest.fixture(scope="module")
def rhythm() -> Answers:
    return answer("healthy_hearts", RHYTHM)


@pytest.fixture(scope="module")
def pressure() -> Answers:
    return answer("healthy_hearts", PRESSURE)


def test_known_at_risk_and_unprotected_are_separate_populations(rhythm: Answers) -> None:
    assert rhythm.counted("af_prevalence") == "Ada Ben Cleo Dan Eve Finn Hana Ivo Jo Kit"
    assert rhythm.missed("af_prevalence") == "Gus Nell"
    assert rhythm.not_asked("af_prevalence") == "Lou Max"
    at_risk = {*rhythm.counted("af_anticoagulated").split(), *rhythm.missed("af_anticoagulated").split()}
    assert at_risk == {"Ada", "Ben", "Cleo", "Ivo", "Jo", "Kit"}
    assert rhythm.missed("af_anticoagulated") == "Ben Ivo Jo"


def test_an_anticoagulant_counts_for_six_months(rhythm: Answers) -> None:
    assert rhythm.counted("af_anticoagulated") == "Ada Cleo Kit"
    assert rhythm.counted("af_anticoagulated", "2026-05") == "Ada Ben Cleo"


def test_the_unscored_do_not_vanish(rhythm: Answers) -> None:
    assert rhythm.missed("af_score_recorded") == "Eve Finn"
    assert rhythm.counted("af_score_recorded") == "Ada Ben Cleo Dan Ivo Jo Kit"


def test_a_mechanical_valve_stands_apart(rhythm: Answers) -> None:
    for measure in ("af_score_recorded", "af_anticoagulated", "aspirin_alone"):
        assert "Hana" in rhythm.not_asked(measure)


def test_an_antiplatelet_alone_without_a_vascular_reason(rhythm: Answers) -> None:
    assert rhythm.counted("aspirin_alone") == "Ivo"
    assert "Jo" in rhythm.not_asked("aspirin_alone")


def test_the_list_about_antiplatelets_says_review_and_never_stop() -> None:
    review = programmes()["healthy_hearts"].call_lists["antiplatelet_alone_review"]
    assert review.counted
    assert review.next_action == "Review stroke prevention. Do not stop a medicine because of this list."


def test_control_goes_by_age_and_by_where_it_was_measured(pressure: Answers) -> None:
    assert pressure.counted("blood_pressure_controlled") == "Ann Don Gil Jan"
    assert pressure.missed("blood_pressure_controlled") == "Bob Cat Emi Fay Hal Ida Kai"


def test_the_target_changes_in_the_month_of_the_eightieth_birthday() -> None:
    later = answer("healthy_hearts", PRESSURE.replace("1946-07", "1946-06"))
    assert "Emi" in later.counted("blood_pressure_controlled")


@pytest.mark.requirement("S084")
def test_falling_measurement_does_not_read_as_better_control(pressure: Answers) -> None:
    assert pressure.missed("blood_pressure_recorded") == "Fay Hal"
    unmeasured = answer("healthy_hearts", PRESSURE.replace("2026-05-01", "2025-05-01"))
    for measure in ("blood_pressure_recorded", "blood_pressure_controlled"):
        assert len(unmeasured.counted(measure).split()) < len(pressure.counted(measure).split())
        assert len(unmeasured.missed(measure).split()) > len(pressure.missed(measure).split())


def test_a_resolved_diagnosis_is_off_the_register(pressure: Answers) -> None:
    assert pressure.missed("hypertension_prevalence") == "Lea"
    assert pressure.not_asked("blood_pressure_controlled") == "Lea"
