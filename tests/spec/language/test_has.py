"""`has`: an event of a code list, for ever or for a while, until a later event resolves it."""

from builders.asked import held
from placewise.floor.timeline.window import Window


def test_it_holds_from_the_month_of_the_event() -> None:
    assert held("{has: af_codes}", "af_codes 2024-03-05") == "2024-03 to 2024-12"


def test_an_event_before_the_window_matters() -> None:
    assert held("{has: af_codes}", "af_codes 1998-07-01") == "2024-01 to 2024-12"


def test_an_event_after_the_window_does_not() -> None:
    assert held("{has: af_codes}", "af_codes 2025-01-01") == "never"


def test_without_an_event_it_never_holds() -> None:
    assert held("{has: af_codes}") == "never"


def test_the_month_is_asked_on_its_last_day() -> None:
    assert held("{has: af_codes}", "af_codes 2024-03-31") == "2024-03 to 2024-12"
    assert held("{has: af_codes}", "af_codes 2024-02-29") == "2024-02 to 2024-12"
    assert held("{has: af_codes}", "af_codes 2024-04-01") == "2024-04 to 2024-12"


def test_within_months_counts_the_month_of_the_event_and_those_after_it() -> None:
    question = "{has: medication_review, within: 3 months}"
    assert held(question, "medication_review 2024-03-01") == "2024-03 to 2024-05"
    assert held(question, "medication_review 2024-03-31") == "2024-03 to 2024-05"
    assert held(question, "medication_review 2023-11-30") == "2024-01"


def test_a_leap_day_counts_for_a_year() -> None:
    two_years = Window(2024, 1, 24)
    question = "{has: medication_review, within: 12 months}"
    assert held(question, "medication_review 2024-02-29", window=two_years) == "2024-02 to 2025-01"


def test_within_days_counts_days_not_months() -> None:
    question = "{has: medication_review, within: 30 days}"
    assert held(question, "medication_review 2024-03-01") == "never"  # it lapses on 31 March, the day March is asked
    assert held(question, "medication_review 2024-03-02") == "2024-03"
    assert held(question, "medication_review 2024-04-01") == "2024-04"  # 30 April is the thirtieth day


def test_within_the_financial_year_ends_on_31_march() -> None:
    question = "{has: learning_disability_check_done, within: financial year}"
    assert held(question, "learning_disability_check_done 2024-03-31") == "2024-03"
    assert held(question, "learning_disability_check_done 2024-04-01") == "2024-04 to 2024-12"
    assert held(question, "learning_disability_check_done 2023-04-01") == "2024-01 to 2024-03"


def test_a_second_event_prolongs_it() -> None:
    events = """
        medication_review 2024-02-10
        medication_review 2024-04-10
    """
    assert held("{has: medication_review, within: 3 months}", events) == "2024-02 to 2024-06"


def test_a_resolving_event_ends_it_and_a_new_one_begins_it_again() -> None:
    events = """
        af_codes          2024-02-10
        af_resolved_codes 2024-05-20
        af_codes          2024-09-01
    """
    assert (
        held("{has: af_codes, not_resolved_by: af_resolved_codes}", events) == "2024-02 to 2024-04, 2024-09 to 2024-12"
    )


def test_on_the_same_day_the_diagnosis_stands() -> None:
    events = """
        af_codes          2024-02-10
        af_resolved_codes 2024-02-10
    """
    assert held("{has: af_codes, not_resolved_by: af_resolved_codes}", events) == "2024-02 to 2024-12"


def test_resolved_before_it_was_diagnosed_means_nothing() -> None:
    events = """
        af_resolved_codes 2024-02-10
        af_codes          2024-03-10
    """
    assert held("{has: af_codes, not_resolved_by: af_resolved_codes}", events) == "2024-03 to 2024-12"


def test_records_are_read_as_they_stand_before_birth_and_after_death() -> None:
    assert held("{has: af_codes}", "af_codes 1940-01-01", person="1950-03") == "2024-01 to 2024-12"
    assert held("{has: af_codes}", "af_codes 2024-06-10", died="2024-05-01") == "2024-06 to 2024-12"
