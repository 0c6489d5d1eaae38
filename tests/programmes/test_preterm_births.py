"""Births too early: magnesium sulphate before births under 30 weeks, why it was not given, and how many there are."""

import pytest

from builders.invented_people import Answers, answer

PEOPLE = """
    Ann  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2026-06-09, birth_under_30_weeks 2026-06-10, delivery_codes 2026-06-10
    Bea  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2026-06-10, birth_under_30_weeks 2026-06-10
    Cat  | 1995-01 female | pregnancy_codes 2025-12-01, birth_under_30_weeks 2026-06-10, magnesium_sulphate 2026-06-11
    Dee  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate_not_given 2026-06-10, birth_under_30_weeks 2026-06-10
    Eve  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2025-11-20, birth_under_30_weeks 2026-06-10
    Fay  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2026-06-10, pregnancy_ended_codes 2026-06-10
    Gus  | 1995-01 female | pregnancy_codes 2025-12-01, birth_under_30_weeks 2026-05-31, magnesium_sulphate 2026-05-31
    Hui  | 1995-01 female | pregnancy_codes 2025-06-01, birth_under_30_weeks 2026-06-10
    Ida  | 1995-01 female | pregnancy_codes 2026-01-01, delivery_codes 2026-06-10
    Jan  | 1995-01 female | birth_under_30_weeks 2026-06-10
    Kim  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2026-06-10, magnesium_sulphate_not_given 2026-06-09, birth_under_30_weeks 2026-06-10
    Lea  | 1995-01 female |
"""  # noqa: E501


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer("preterm_births", PEOPLE)


@pytest.mark.requirement("S121")
def test_given_counts_up_to_the_birth_and_since_the_pregnancy_began(june: Answers) -> None:
    """Cat was given it after the birth and Eve before she was pregnant; Fay's birth was not so early, Gus's was in May,
    Hui's pregnancy was lost from sight, and of Jan's nothing is recorded before the birth."""
    assert june.counted("magnesium_sulphate_given") == "Ann Bea Kim"
    assert june.missed("magnesium_sulphate_given") == "Cat Dee Eve"


@pytest.mark.requirement("S121")
def test_a_reason_is_asked_of_those_not_given_it(june: Answers) -> None:
    assert june.counted("magnesium_sulphate_not_given_for_a_reason") == "Dee"
    assert june.missed("magnesium_sulphate_not_given_for_a_reason") == "Cat Eve"


def test_births_under_30_weeks_are_told_beside_all_mothers_who_gave_birth(june: Answers) -> None:
    assert june.counted("births_under_30_weeks") == "Ann Bea Cat Dee Eve Hui Jan Kim"
    assert june.divided_by("births_under_30_weeks") == "Ann Fay Ida"
