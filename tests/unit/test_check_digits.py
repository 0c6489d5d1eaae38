"""A mistyped code is told by its check digit, where its vocabulary has one."""

import pytest

from placewise.floor.vocabulary.check_digits import is_possible_code

REAL = [("SNOMED", "49436004"), ("SNOMED", "59621000"), ("dm+d", "319775004"), ("LOINC", "8480-6"), ("LOINC", "8462-4")]


@pytest.mark.parametrize(("vocabulary", "code"), REAL)
def test_a_real_code_is_possible(vocabulary: str, code: str) -> None:
    assert is_possible_code(vocabulary, code)


@pytest.mark.parametrize(("vocabulary", "code"), REAL)
def test_one_wrong_digit_anywhere_is_found(vocabulary: str, code: str) -> None:
    for place, digit in enumerate(code):
        for other in "0123456789":
            if digit.isdecimal() and other != digit:
                assert not is_possible_code(vocabulary, code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("code", ["494360", "49436040", "59612000", "I48", "", "٤٩٤٣٦٠٠٤"])
def test_what_is_no_snomed_code(code: str) -> None:
    assert not is_possible_code("SNOMED", code)


@pytest.mark.parametrize("code", ["8480", "84806", "8480-", "-6", "8480-66"])
def test_what_is_no_loinc_code(code: str) -> None:
    assert not is_possible_code("LOINC", code)


def test_other_vocabularies_have_no_check_digit() -> None:
    assert is_possible_code("local", "carer_found_by_practice")
    assert is_possible_code("RxNorm", "11289")
