"""`latest`: the last reading, one value or several of the same day, at the clinic or at home."""

from builders.asked import held

SCORE = '{latest: cha2ds2vasc, value: ">= 2"}'
PRESSURE = '{latest: {systolic: "<= 140", diastolic: "<= 90"}, within: 12 months}'
EITHER = """
    latest: {systolic: "<= 140", diastolic: "<= 90"}
    or: {home_systolic: "<= 135", home_diastolic: "<= 85"}
    within: 12 months
"""


def test_the_later_reading_replaces_the_earlier() -> None:
    events = """
        cha2ds2vasc 2024-02-10 3
        cha2ds2vasc 2024-05-10 1
        cha2ds2vasc 2024-08-10 2
    """
    assert held(SCORE, events) == "2024-02 to 2024-04, 2024-08 to 2024-12"


def test_two_readings_of_a_month_the_later_day_counts() -> None:
    events = """
        cha2ds2vasc 2024-02-10 3
        cha2ds2vasc 2024-02-11 1
    """
    assert held(SCORE, events) == "never"


def test_an_event_without_a_value_is_no_reading() -> None:
    events = """
        cha2ds2vasc 2024-02-10 3
        cha2ds2vasc 2024-05-10
    """
    assert held(SCORE, events) == "2024-02 to 2024-12"
    assert held("{latest: cha2ds2vasc, value: recorded}", "cha2ds2vasc 2024-05-10") == "never"


def test_of_several_values_of_a_day_one_that_meets_it_is_enough() -> None:
    events = """
        cha2ds2vasc 2024-02-10 1
        cha2ds2vasc 2024-02-10 2
    """
    assert held(SCORE, events) == "2024-02 to 2024-12"


def test_a_reading_lapses_and_an_older_one_does_not_come_back() -> None:
    events = """
        cha2ds2vasc 2024-02-10 3
        cha2ds2vasc 2024-03-10 1
    """
    assert held('{latest: cha2ds2vasc, value: ">= 2", within: 6 months}', events) == "2024-02"


def test_a_pair_must_be_of_the_same_day() -> None:
    same = """
        systolic  2024-02-10 138
        diastolic 2024-02-10 88
    """
    apart = """
        systolic  2024-02-10 138
        diastolic 2024-02-11 88
    """
    assert held(PRESSURE, same) == "2024-02 to 2024-12"
    assert held(PRESSURE, apart) == "never"


def test_both_values_of_the_pair_count() -> None:
    events = """
        systolic  2024-02-10 138
        diastolic 2024-02-10 95
    """
    assert held(PRESSURE, events) == "never"


def test_the_limit_itself_is_controlled() -> None:
    events = """
        systolic  2024-02-10 140
        diastolic 2024-02-10 90
    """
    assert held(PRESSURE, events) == "2024-02 to 2024-12"


def test_half_a_reading_later_replaces_nothing() -> None:
    events = """
        systolic  2024-02-10 138
        diastolic 2024-02-10 88
        systolic  2024-05-10 190
    """
    assert held(PRESSURE, events) == "2024-02 to 2024-12"


def test_several_pressures_of_a_day_count_as_the_lowest_of_each() -> None:
    events = """
        systolic  2024-02-10 160
        diastolic 2024-02-10 84
        systolic  2024-02-10 138
        diastolic 2024-02-10 96
    """
    assert held(PRESSURE, events) == "2024-02 to 2024-12"


def test_no_reading_in_the_period_is_not_controlled() -> None:
    events = """
        systolic  2023-04-10 120
        diastolic 2023-04-10 80
    """
    assert held(PRESSURE, events) == "2024-01 to 2024-03"


def test_home_readings_have_their_own_limits() -> None:
    events = """
        home_systolic  2024-02-10 136
        home_diastolic 2024-02-10 80
        home_systolic  2024-06-10 135
        home_diastolic 2024-06-10 85
    """
    assert held(EITHER, events) == "2024-06 to 2024-12"


def test_the_last_reading_counts_wherever_it_was_taken() -> None:
    events = """
        home_systolic  2024-02-10 130
        home_diastolic 2024-02-10 80
        systolic       2024-06-10 150
        diastolic      2024-06-10 80
    """
    assert held(EITHER, events) == "2024-02 to 2024-05"
