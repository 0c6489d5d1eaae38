"""The registers of autism and of severe mental illness, and a figure that is not measured until it is."""

import pytest

from builders.invented_people import answer, programmes

AUTISM = """
    Ana | 2015-01 female | autism_codes 2020-01-01
    Bo  | 1980-01 male   | autism_codes 2026-06-30
    Cal | 1980-01 male   | autism_codes 2026-07-01
    Deb | 1980-01 female | autism_codes 2010-01-01, dies 2026-01-01
    Ewa | 1980-01 female | learning_disability_codes 2010-01-01
    Flo | 1980-01 female |
"""

MIND = """
    Ana | 1980-01 female | severe_mental_illness_codes 2010-01-01
    Bo  | 1980-01 male   | severe_mental_illness_codes 2010-01-01, severe_mental_illness_remission_codes 2020-01-01
    Cal | 1980-01 male   | severe_mental_illness_codes 2010-01-01, severe_mental_illness_remission_codes 2020-01-01, severe_mental_illness_codes 2025-01-01
    Deb | 1980-01 female | severe_mental_illness_remission_codes 2020-01-01
    Ewa | 1980-01 female | severe_mental_illness_codes 2010-01-01, joins 2026-07-01
    Flo | 1980-01 female |
"""  # noqa: E501


@pytest.mark.requirement("S188")
def test_the_autism_register_and_its_measure() -> None:
    june = answer("autism", AUTISM)
    assert june.counted("autism_prevalence") == "Ana Bo"
    assert june.missed("autism_prevalence") == "Cal Ewa Flo"


@pytest.mark.requirement("S188")
def test_the_life_expectancy_gap_is_told_as_not_measured() -> None:
    autism = programmes()["autism"]
    assert "life-expectancy gap" in autism.not_measured["autism_life_expectancy_gap"].title.lower()
    assert not any("life" in slug for slug in autism.measures)


def test_severe_mental_illness_leaves_out_remission() -> None:
    june = answer("severe_mental_illness", MIND)
    assert june.counted("severe_mental_illness_prevalence") == "Ana Cal"
    assert june.missed("severe_mental_illness_prevalence") == "Bo Deb Flo"
