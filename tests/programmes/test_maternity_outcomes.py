"""Safer birth: deaths and injuries of babies count babies, deaths of mothers count mothers."""

import pytest

from builders.invented_people import Answers, answer, programmes

PROGRAMME = "maternity_outcomes"
PEOPLE = """
    Ada | 1995-01 female | live_birth_codes 2026-06-10, delivery_codes 2026-06-10
    Bea | 1995-01 female | live_birth_codes 2026-06-10, live_birth_codes 2026-06-10, delivery_codes 2026-06-10
    Cat | 1995-01 female | stillbirth_codes 2026-06-10, delivery_codes 2026-06-10
    Dee | 1995-01 female | live_birth_codes 2026-06-10, stillbirth_codes 2026-06-10, delivery_codes 2026-06-10
    Eve | 1995-01 female | live_birth_codes 2026-05-20, neonatal_death_codes 2026-06-10, delivery_codes 2026-05-20
    Fay | 1995-01 female | live_birth_codes 2026-06-01, birth_brain_injury_codes 2026-06-03, delivery_codes 2026-06-01
    Gil | 1995-01 female | live_birth_codes 2026-06-01, delivery_codes 2026-06-01, maternal_death_codes 2026-06-20, dies 2026-06-20
    Hui | 1995-01 female | maternal_death_codes 2026-06-20, dies 2026-06-20
    Ida | 1995-01 female | pregnancy_codes 2026-03-01
    Jan | 1995-01 female | pregnancy_codes 2026-01-01, pregnancy_ended_codes 2026-06-10
    Kim | 1995-01 female | stillbirth_codes 2026-06-10, delivery_codes 2026-06-10, joins 2026-07-01
    Lea | 1995-01 female |
"""  # noqa: E501


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_stillbirths_are_of_all_babies_born(june: Answers) -> None:
    """Bea had twins, so she stands twice; one of Dee's twins was stillborn. Kim came later and is counted elsewhere."""
    assert june.counted("stillbirth_rate") == "Cat Dee"
    assert june.divided_by("stillbirth_rate") == "Ada Bea Bea Cat Dee Dee Fay Gil"


def test_deaths_and_injuries_of_babies_are_of_those_born_alive(june: Answers) -> None:
    """Eve's baby was born in May and died in June: each counts in its month, and a year adds up both."""
    for rate, babies in (("neonatal_death_rate", "Eve"), ("birth_brain_injury_rate", "Fay")):
        assert june.counted(rate) == babies
        assert june.divided_by(rate) == "Ada Bea Bea Dee Fay Gil"


def test_deaths_of_mothers_are_of_mothers(june: Answers) -> None:
    """Hui died before she gave birth. Jan's pregnancy code says delivery; Ida is pregnant still."""
    assert june.counted("maternal_death_rate") == "Gil Hui"
    assert june.divided_by("maternal_death_rate") == "Ada Bea Cat Dee Fay Gil Jan"


def test_each_is_a_rate_of_few_told_for_the_whole_system_alone() -> None:
    measures = programmes()[PROGRAMME].unit_measures
    assert {each.whole_only for each in measures.values()} == {True}
    assert {slug: (each.kind, each.per) for slug, each in measures.items()} == {
        "stillbirth_rate": ("baby", 1000),
        "neonatal_death_rate": ("baby", 1000),
        "birth_brain_injury_rate": ("baby", 1000),
        "maternal_death_rate": ("pregnancy", 100000),
    }
