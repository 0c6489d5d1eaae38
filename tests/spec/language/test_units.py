"""Units other than people, such as items and pathways: when each starts, ends and is open, and what is asked of it."""

import pytest

from builders.asked_units import counted, valued

ITEM = "{kind: item, each: general_practice_visit}"
PREGNANCY = "{kind: pregnancy, from: pregnancy_codes, to: pregnancy_ended_codes, longest: 300 days}"
PATHWAY = "{kind: pathway, from: af_codes, to: anticoagulants, longest: 2 years}"
FIRST = "{kind: pathway, from: af_codes, to: anticoagulants, longest: 2 years, first_ever: true}"
SUPPLY = "{kind: stay, each: anticoagulants}"


def test_every_event_is_an_item_also_two_of_one_day() -> None:
    visits = """
        general_practice_visit 2024-03-05
        general_practice_visit 2024-03-05
        general_practice_visit 2024-05-31
        general_practice_visit 2023-12-31
    """
    assert counted(ITEM, "starts", events=visits) == "2024-03 twice, 2024-05"


def test_a_unit_counts_in_the_month_it_starts_or_ends_or_in_every_month_at_whose_end_it_is_open() -> None:
    events = """
        pregnancy_codes 2024-02-29
        pregnancy_ended_codes 2024-05-31
    """
    assert counted(PREGNANCY, "starts", events=events) == "2024-02"
    assert counted(PREGNANCY, "ends", events=events) == "2024-05"
    assert counted(PREGNANCY, "open", events=events) == "2024-02, 2024-03, 2024-04"


def test_a_start_while_one_is_open_belongs_to_the_open_one() -> None:
    events = """
        pregnancy_codes 2024-02-10
        pregnancy_codes 2024-03-10
        pregnancy_ended_codes 2024-05-31
        pregnancy_codes 2024-05-31
        pregnancy_codes 2024-09-01
    """
    assert counted(PREGNANCY, "starts", events=events) == "2024-02, 2024-09"


def test_a_unit_may_start_and_end_on_one_day() -> None:
    events = """
        af_codes 2024-03-05
        anticoagulants 2024-03-05 to 2024-04-01
    """
    assert counted(PATHWAY, "ends", "{lasted: = 0 days}", events=events) == "2024-03"
    assert counted(PATHWAY, "open", events=events) == "never"


def test_an_end_before_the_start_ends_nothing() -> None:
    events = """
        anticoagulants 2024-02-05 to 2024-03-01
        af_codes 2024-03-05
    """
    assert counted(PATHWAY, "ends", events=events) == "never"


def test_one_without_an_end_is_lost_from_sight_in_time() -> None:
    assert counted(PREGNANCY, "open", events="pregnancy_codes 2023-06-01") == "2024-01, 2024-02"
    assert counted(PREGNANCY, "ends", events="pregnancy_codes 2023-06-01\npregnancy_ended_codes 2024-03-27") == "never"
    assert counted(PREGNANCY, "starts", events="pregnancy_codes 2023-06-01\npregnancy_codes 2024-03-27") == "2024-03"


def test_with_first_ever_a_person_has_one_at_most() -> None:
    events = """
        af_codes 2024-01-10
        anticoagulants 2024-02-01 to 2024-02-28
        af_codes 2024-06-01
        anticoagulants 2024-06-01 to 2024-06-28
    """
    assert counted(PATHWAY, "ends", events=events) == "2024-02, 2024-06"
    assert counted(FIRST, "ends", events=events) == "2024-02"


def test_an_event_with_a_last_day_of_its_own_is_open_until_then() -> None:
    assert counted(SUPPLY, "open", events="anticoagulants 2024-03-05 to 2024-05-02") == "2024-03, 2024-04"
    assert counted(SUPPLY, "ends", "{lasted: 58 to 58 days}", events="anticoagulants 2024-03-05 to 2024-05-02") == (
        "2024-05"
    )


@pytest.mark.parametrize(
    ("length", "months"), [("<= 62 days", "2024-05"), ("> 62 days", "never"), ("< 9 weeks", "2024-05")]
)
def test_a_length_is_the_days_from_start_to_end(length: str, months: str) -> None:
    events = "af_codes 2024-03-05\nanticoagulants 2024-05-06 to 2024-06-01"
    assert counted(PATHWAY, "ends", f"{{lasted: '{length}'}}", events=events) == months


def test_while_open_it_has_lasted_as_long_as_is_known_at_the_end_of_the_month() -> None:
    events = "af_codes 2024-03-05\nanticoagulants 2024-09-06 to 2024-10-01"
    assert counted(PATHWAY, "open", "{lasted: '> 18 weeks'}", events=events) == "2024-07, 2024-08"
    assert counted(PATHWAY, "starts", "{lasted: '> 18 weeks'}", events=events) == "never"


def test_an_event_during_it_stands_from_its_first_day_to_its_last() -> None:
    events = """
        af_codes 2024-03-05
        medication_review 2024-04-10
        anticoagulants 2024-05-06 to 2024-06-01
        medication_review 2024-05-07
    """
    assert counted(PATHWAY, "open", "{during: medication_review}", events=events) == "2024-04"
    assert counted(PATHWAY, "ends", "{during: anticoagulants}", events=events) == "2024-05"
    assert counted(PATHWAY, "ends", "{not: {during: medication_review}}", events=events) == "never"


def test_ended_by_asks_what_stands_on_its_last_day() -> None:
    events = "af_codes 2024-03-05\nmedication_review 2024-05-06\nanticoagulants 2024-05-06 to 2024-06-01"
    assert counted(PATHWAY, "ends", "{ended_by: medication_review}", events=events) == "2024-05"
    assert counted(PATHWAY, "open", "{ended_by: medication_review}", events=events) == "never"


def test_of_its_person_is_asked_on_the_last_day_of_the_month() -> None:
    question = "{all: [{person: {has: medication_review}}, {any: [{lasted: < 1 day}, {person: {age: '>= 74'}}]}]}"
    events = "medication_review 2024-03-31\ngeneral_practice_visit 2024-02-05\ngeneral_practice_visit 2024-03-05"
    assert counted(ITEM, "starts", question, events=events) == "2024-03"


def test_a_value_holds_until_the_next_one_or_until_it_lapses() -> None:
    events = "systolic 2024-03-05 142\nsystolic 2024-06-30 128\nsystolic 2024-06-30 135"
    assert valued("systolic", "60 to 260", "4 months", events=events) == (
        "2024-03 142, 2024-04 142, 2024-05 142, 2024-06 128, 2024-07 128, 2024-08 128, 2024-09 128"
    )


def test_an_implausible_value_is_passed_over() -> None:
    events = "systolic 2024-10-05 142\nsystolic 2024-11-05 1420"
    assert valued("systolic", "60 to 260", events=events) == "2024-10 142, 2024-11 142, 2024-12 142"
