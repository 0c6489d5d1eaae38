"""`age`, `sex`, `registered`, `in`, and `all`, `any`, `not`."""

from builders.asked import held


def test_age_is_reckoned_from_the_first_of_the_birth_month() -> None:
    assert held('{age: ">= 14"}', person="2010-06") == "2024-06 to 2024-12"
    assert held('{age: "< 80"}', person="1944-06") == "2024-01 to 2024-05"
    assert held('{age: "45 to 64"}', person="1979-03") == "2024-03 to 2024-12"
    assert held('{age: "45 to 64"}', person="1959-03") == "2024-01 to 2024-02"


def test_nobody_has_an_age_before_birth() -> None:
    assert held('{age: "< 1"}', person="2024-06") == "2024-06 to 2024-12"


def test_sex_is_as_recorded() -> None:
    assert held("{sex: male}", person="1950-03 male") == "2024-01 to 2024-12"
    assert held("{sex: male}", person="1950-03 not_recorded") == "never"


def test_registered_includes_the_first_and_the_last_day() -> None:
    assert held("registered", registered="2024-02-29 2024-05-31") == "2024-02 to 2024-05"
    assert held("registered", registered="2024-03-01 2024-05-30") == "2024-03 to 2024-04"


def test_registered_ends_with_death() -> None:
    assert held("registered", died="2024-05-31") == "2024-01 to 2024-04"
    assert held("registered", died="2024-06-01") == "2024-01 to 2024-05"


def test_nobody_is_registered_before_birth() -> None:
    assert held("registered", person="2024-06", registered="2024-02-01") == "2024-06 to 2024-12"


def test_whoever_moves_stays_registered() -> None:
    registered = """
        2020-01-01 2024-04-17
        2024-04-18
    """
    assert held("registered", registered=registered) == "2024-01 to 2024-12"


def test_in_asks_a_register_and_registers_may_rest_on_each_other() -> None:
    registers = {"af": "{has: af_codes}", "older": '{all: [{age: ">= 74"}, {has: af_codes}]}'}
    events = "af_codes 2024-02-01"
    assert held("{in: af}", events, registers=registers) == "2024-02 to 2024-12"
    assert held("{all: [{in: af}, {in: older}]}", events, registers=registers) == "2024-03 to 2024-12"


def test_operators_work_month_by_month() -> None:
    events = """
        af_codes           2024-03-05
        hypertension_codes 2024-06-05
    """
    both = "[{has: af_codes}, {has: hypertension_codes}]"
    assert held(f"{{all: {both}}}", events) == "2024-06 to 2024-12"
    assert held(f"{{any: {both}}}", events) == "2024-03 to 2024-12"
    assert held("{not: {has: af_codes}}", events) == "2024-01 to 2024-02"
