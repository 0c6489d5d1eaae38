"""Vaccination: who is offered which vaccine, who had it this season, and who is still to be invited."""

import pytest

from builders.invented_people import Answers, answer

PROGRAMME = "vaccination"
PEOPLE = """
    Ada | 1940-05 female | flu_vaccination 2025-10-01, covid_vaccination 2025-04-01
    Ben | 1951-03 male   | flu_vaccination 2025-03-31, covid_vaccination 2025-03-31
    Cai | 1980-01 male   | asthma_codes 2000-01-01, flu_vaccination 2025-10-01
    Dot | 1980-01 female | asthma_codes 2000-01-01, asthma_resolved_codes 2010-01-01
    Eve | 1980-01 female | copd_codes 2015-01-01
    Fay | 1980-01 female | copd_codes 2015-01-01, copd_resolved_codes 2020-01-01
    Gus | 1980-01 male   | coronary_heart_disease_codes 2015-01-01
    Hal | 1980-01 male   | heart_failure_codes 2015-01-01
    Ivy | 1980-01 female | stroke_codes 2015-01-01, flu_vaccination 2025-03-31
    Jon | 1980-01 male   | chronic_kidney_disease_codes 2015-01-01
    Kay | 1980-01 female | diabetes_codes 2015-01-01, flu_vaccination_declined 2024-10-10
    Lou | 1980-01 male   | immunosuppression_codes 2015-01-01
    Max | 1980-01 male   | learning_disability_codes 2015-01-01
    Nia | 1995-01 female | pregnancy_codes 2025-09-01
    Oda | 1995-01 female | pregnancy_codes 2025-02-01, pregnancy_ended_codes 2025-10-01
    Pam | 1980-01 female | carer_codes 2015-01-01
    Quy | 1961-03 male   | diabetes_codes 2015-01-01
    Rob | 2020-06 male   | mmr_vaccination 2021-06-10, mmr_vaccination 2023-10-10
    Sky | 2020-06 female | mmr_vaccination 2021-06-10
    Tim | 2020-03 male   |
    Una | 2021-04 female |
    Val | 1990-01 female |
    Wes | 1980-01 male   | diabetes_codes 2015-01-01, flu_vaccination_declined 2025-10-10
    Xan | 2020-06 male   | mmr_vaccination 2021-06-10, mmr_vaccination_declined 2023-10-10
    Yin | 1980-01 female | diabetes_codes 2015-01-01, dies 2026-03-30
    Zoe | 1961-04 female | diabetes_codes 2015-01-01, leaves 2026-03-30
"""
MARCH = "2026-03"
"""The last month of a season, as it is told."""


@pytest.fixture(scope="module")
def people() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_flu_vaccinations_of_this_season_count_and_those_of_the_last_do_not(people: Answers) -> None:
    assert people.counted("flu_vaccinated_65_and_over", MARCH) == "Ada"
    assert people.missed("flu_vaccinated_65_and_over", MARCH) == "Ben Quy"
    assert people.counted("flu_vaccinated_65_and_over", "2025-03") == "Ben"


def test_the_risk_groups_are_under_65_and_no_longer_asked_once_resolved(people: Answers) -> None:
    """Dot's asthma and Fay's lung disease are resolved, Oda's pregnancy has ended, and Quy turned 65 in March."""
    assert people.counted("flu_vaccinated_at_risk", MARCH) == "Cai"
    assert people.missed("flu_vaccinated_at_risk", MARCH) == "Eve Gus Hal Ivy Jon Kay Lou Max Nia Pam Wes"
    assert "Quy" in people.missed("flu_vaccinated_at_risk", "2026-02")


@pytest.mark.requirement("S089")
def test_covid_vaccinations_count_for_twelve_months(people: Answers) -> None:
    assert people.counted("covid_vaccinated", MARCH) == "Ada"
    assert people.missed("covid_vaccinated", MARCH) == "Ben Lou"
    assert people.counted("covid_vaccinated", "2026-04") == ""


def test_children_are_asked_about_for_the_year_in_which_they_are_five(people: Answers) -> None:
    assert people.counted("mmr_vaccinated_by_five", MARCH) == "Rob"
    assert people.missed("mmr_vaccinated_by_five", MARCH) == "Sky Xan"
    assert "Tim" in people.missed("mmr_vaccinated_by_five", "2026-02")
    assert "Una" in people.missed("mmr_vaccinated_by_five", "2026-04")


def test_whoever_declined_this_season_stays_in_the_count_and_is_not_called(people: Answers) -> None:
    assert people.excluded("flu_vaccination_due", MARCH) == "Wes"
    assert "Kay" in people.called("flu_vaccination_due", MARCH), "she declined a season ago"
    assert (people.called("mmr_vaccination_due", MARCH), people.excluded("mmr_vaccination_due", MARCH)) == (
        "Sky",
        "Xan",
    )
