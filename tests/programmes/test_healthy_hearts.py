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

EDGES = """
    Oz  | 1950-03 male   | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, antiplatelets 2026-06-01 to 2026-06-28, anticoagulant_contraindicated 2024-02-02
    Pia | 1950-03 female | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, antiplatelets 2025-06-01 to 2025-06-28
    Rex | 1950-03 male   | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4, antiplatelets 2026-06-01 to 2026-06-28, anticoagulants 2025-06-01 to 2025-06-28
    Abe | 1960-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 130
    Bea | 1960-01 female | hypertension_codes 2015-01-01, diastolic 2026-05-01 80
    Cy  | 1960-01 male   | hypertension_codes 2015-01-01, home_systolic 2026-05-01 130
    Dee | 1960-01 female | hypertension_codes 2015-01-01, home_diastolic 2026-05-01 80
    Eli | 1960-01 male   | hypertension_codes 2015-01-01, home_systolic 2026-05-01 130, home_diastolic 2026-05-01 86
    Fox | 1940-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 145
    Gia | 1940-01 female | hypertension_codes 2015-01-01, diastolic 2026-05-01 80
    Hui | 1940-01 female | hypertension_codes 2015-01-01, home_systolic 2026-05-01 140
    Ian | 1940-01 male   | hypertension_codes 2015-01-01, home_diastolic 2026-05-01 80
    Jay | 1940-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 151, diastolic 2026-05-01 90
    Kim | 1940-01 female | hypertension_codes 2015-01-01, systolic 2026-05-01 150, diastolic 2026-05-01 91
    Lea | 1940-01 female | hypertension_codes 2015-01-01, home_systolic 2026-05-01 146, home_diastolic 2026-05-01 85
    Mo  | 1940-01 male   | hypertension_codes 2015-01-01, home_systolic 2026-05-01 145, home_diastolic 2026-05-01 86
    Nat | 1940-01 male   | hypertension_codes 2015-01-01, home_systolic 2026-05-01 145, home_diastolic 2026-05-01 85
    Obi | 1940-01 male   | hypertension_codes 2015-01-01, systolic 2025-06-30 145, diastolic 2025-06-30 80
"""  # noqa: E501

WAITS = """
    Ann | 1960-01 female | af_codes 2026-05-01, anticoagulants 2026-06-10 to 2026-07-07
    Bob | 1960-01 male   | af_codes 2026-06-03, anticoagulants 2026-06-03 to 2026-06-30
    Cat | 1960-01 female | af_codes 2020-01-01, anticoagulants 2020-03-01 to 2020-03-28, af_codes 2026-05-01, anticoagulants 2026-06-10 to 2026-07-07
    Dan | 1960-01 male   | af_codes 2024-06-01, anticoagulants 2026-06-02 to 2026-06-30
    Eve | 1960-01 female | af_codes 2026-05-01
    Fay | 1940-01 female | af_codes 2026-05-01, anticoagulants 2026-06-10 to 2026-07-07, dies 2026-06-20
    Gil | 1960-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 141
    Hal | 1960-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 151, systolic 2026-06-01 1510
    Ida | 1960-01 female | hypertension_codes 2015-01-01, systolic 2025-06-30 120
    Jan | 1960-01 male   | hypertension_codes 2015-01-01, home_systolic 2026-05-01 135
    Kai | 1960-01 male   | systolic 2026-05-01 190
"""  # noqa: E501

PEOPLE = RHYTHM + PRESSURE + EDGES + WAITS


@pytest.fixture(scope="module")
def rhythm() -> Answers:
    return answer("healthy_hearts", RHYTHM)


@pytest.fixture(scope="module")
def pressure() -> Answers:
    return answer("healthy_hearts", PRESSURE)


@pytest.fixture(scope="module")
def waits() -> Answers:
    return answer("healthy_hearts", WAITS)


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


def test_whoever_is_at_the_edge_of_a_target_or_lacks_one_of_two_readings() -> None:
    edges = answer("healthy_hearts", EDGES)
    assert edges.counted("blood_pressure_controlled") == "Nat"
    assert edges.missed("blood_pressure_recorded") == "Abe Bea Cy Dee Fox Gia Hui Ian Obi"
    assert edges.counted("aspirin_alone") == "Oz Rex"


def test_a_contraindication_excludes_from_both_lists() -> None:
    edges = answer("healthy_hearts", EDGES)
    assert (edges.called("af_not_anticoagulated"), edges.excluded("af_not_anticoagulated")) == ("Pia Rex", "Oz")
    assert (edges.called("antiplatelet_alone_review"), edges.excluded("antiplatelet_alone_review")) == ("Rex", "Oz")


def test_the_wait_is_from_the_first_diagnosis_to_the_first_medicine_after_it(waits: Answers) -> None:
    """Fay's counts although she died in June; Cat's was in 2020, Dan's is lost, Eve still waits."""
    assert waits.valued("days_to_anticoagulant") == "Ann 40, Bob 0, Fay 40"


def test_the_mean_is_of_the_last_plausible_reading_at_a_clinic_in_12_months(waits: Answers) -> None:
    """1510 is a slip; Ida was measured too long ago, Jan at home, and Kai has no high blood pressure."""
    assert waits.valued("systolic_mean") == "Gil 141, Hal 151"
