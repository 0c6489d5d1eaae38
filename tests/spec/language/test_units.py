"""Units other than people

Items, stays, pregnancies, referrals, waits and pathways: when each starts, ends and is open, and what is asked of it. A
unit is looked at on the last day of a month, and only what is known by then counts. One without an end within `longest`
is lost from sight.
"""

from builders.asked_units import valued
from builders.spec import AskedOfUnits, Case, each_case

ITEM = "{kind: item, each: general_practice_visit}"
PREGNANCY = "{kind: pregnancy, from: pregnancy_codes, to: pregnancy_ended_codes, longest: 300 days}"
PATHWAY = "{kind: pathway, from: af_codes, to: anticoagulants, longest: 2 years}"
FIRST = "{kind: pathway, from: af_codes, to: anticoagulants, longest: 2 years, first_ever: true}"
STAY = "{kind: stay, each: general_practice_visit}"

ONE_PREGNANCY = "pregnancy_codes 2024-02-29\npregnancy_ended_codes 2024-05-31"
TWO_PATHWAYS = (
    "af_codes 2024-01-10\nanticoagulants 2024-02-01 to 2024-02-28\n"
    "af_codes 2024-06-01\nanticoagulants 2024-06-01 to 2024-06-28"
)
ONE_DAY = "af_codes 2024-03-05\nanticoagulants 2024-03-05 to 2024-04-01"
DAYS_62 = "af_codes 2024-03-05\nanticoagulants 2024-05-06 to 2024-06-01"
SIX_MONTHS = "af_codes 2024-03-05\nanticoagulants 2024-09-06 to 2024-10-01"
REVIEWED = "medication_review 2024-04-10\nmedication_review 2024-05-07"

ASKED = (
    AskedOfUnits(
        ITEM,
        "starts",
        (
            Case(
                "Every event is an item, also two of one day",
                "general_practice_visit 2023-12-31\ngeneral_practice_visit 2024-03-05\n"
                "general_practice_visit 2024-03-05\ngeneral_practice_visit 2024-05-31",
                "2024-03 twice, 2024-05",
            ),
            Case("Nothing recorded", "", "never"),
        ),
    ),
    AskedOfUnits(
        PREGNANCY,
        "starts",
        (
            Case("It counts in the month it starts", ONE_PREGNANCY, "2024-02"),
            Case(
                "A start while one is open belongs to the open one, also on its last day",
                "pregnancy_codes 2024-02-10\npregnancy_codes 2024-03-10\npregnancy_ended_codes 2024-05-31\n"
                "pregnancy_codes 2024-05-31\npregnancy_codes 2024-09-01",
                "2024-02, 2024-09",
            ),
            Case(
                "Once one is lost from sight another may start",
                "pregnancy_codes 2023-06-01\npregnancy_codes 2024-03-27",
                "2024-03",
            ),
        ),
    ),
    AskedOfUnits(
        PREGNANCY,
        "ends",
        (
            Case("It counts in the month it ends", ONE_PREGNANCY, "2024-05"),
            Case(
                "Lost from sight it has not ended",
                "pregnancy_codes 2023-06-01\npregnancy_ended_codes 2024-03-27",
                "never",
            ),
        ),
    ),
    AskedOfUnits(
        PREGNANCY,
        "open",
        (
            Case("It counts in every month at whose end it is open", ONE_PREGNANCY, "2024-02, 2024-03, 2024-04"),
            Case("Without an end it is lost from sight in time", "pregnancy_codes 2023-06-01", "2024-01, 2024-02"),
        ),
    ),
    AskedOfUnits(
        PATHWAY,
        "ends",
        (
            Case("Two of one person", TWO_PATHWAYS, "2024-02, 2024-06"),
            Case(
                "An end before the start ends nothing",
                "anticoagulants 2024-02-05 to 2024-03-01\naf_codes 2024-03-05",
                "never",
            ),
        ),
    ),
    AskedOfUnits(FIRST, "ends", (Case("With `first_ever` a person has one at most", TWO_PATHWAYS, "2024-02"),)),
    AskedOfUnits(PATHWAY, "open", (Case("Begun and ended on one day it never is open", ONE_DAY, "never"),)),
    AskedOfUnits(PATHWAY, "ends", (Case("It may start and end on one day", ONE_DAY, "2024-03"),), "{lasted: = 0 days}"),
    AskedOfUnits(
        STAY,
        "open",
        (
            Case(
                "An event with a last day is open until then",
                "general_practice_visit 2024-03-05 to 2024-05-02",
                "2024-03, 2024-04",
            ),
        ),
    ),
    AskedOfUnits(
        STAY,
        "ends",
        (Case("Its length is that of the event", "general_practice_visit 2024-03-05 to 2024-05-02", "2024-05"),),
        "{lasted: 58 to 58 days}",
    ),
    AskedOfUnits(PATHWAY, "ends", (Case("The days from start to end", DAYS_62, "2024-05"),), '{lasted: "<= 62 days"}'),
    AskedOfUnits(PATHWAY, "ends", (Case("And not one more", DAYS_62, "never"),), '{lasted: "> 62 days"}'),
    AskedOfUnits(PATHWAY, "ends", (Case("In weeks", DAYS_62, "2024-05"),), '{lasted: "< 9 weeks"}'),
    AskedOfUnits(
        PATHWAY,
        "open",
        (Case("While it is open, so far as known", SIX_MONTHS, "2024-07, 2024-08"),),
        '{lasted: "> 18 weeks"}',
    ),
    AskedOfUnits(
        PATHWAY,
        "starts",
        (Case("In the month it starts it is young", SIX_MONTHS, "never"),),
        '{lasted: "> 18 weeks"}',
    ),
    AskedOfUnits(
        PATHWAY,
        "open",
        (Case("From the day it is recorded, while open", f"{DAYS_62}\n{REVIEWED}", "2024-04"),),
        "{during: medication_review}",
    ),
    AskedOfUnits(
        PATHWAY, "ends", (Case("The last day is a part of it", DAYS_62, "2024-05"),), "{during: anticoagulants}"
    ),
    AskedOfUnits(
        PATHWAY,
        "ends",
        (
            Case("Once it was recorded this never holds", f"{DAYS_62}\n{REVIEWED}", "never"),
            Case("The day after is too late", f"{DAYS_62}\nmedication_review 2024-05-07", "2024-05"),
        ),
        "{not: {during: medication_review}}",
    ),
    AskedOfUnits(
        PATHWAY,
        "ends",
        (
            Case("On the day it ends", f"{DAYS_62}\nmedication_review 2024-05-06", "2024-05"),
            Case("On the day before", f"{DAYS_62}\nmedication_review 2024-05-05", "never"),
        ),
        "{ended_by: medication_review}",
    ),
    AskedOfUnits(
        PATHWAY,
        "open",
        (Case("Not before it has ended", f"{DAYS_62}\nmedication_review 2024-05-06", "never"),),
        "{ended_by: medication_review}",
    ),
    AskedOfUnits(
        ITEM,
        "starts",
        (
            Case(
                "Its person is asked on the last day of the month",
                "medication_review 2024-03-31\ngeneral_practice_visit 2024-02-05\ngeneral_practice_visit 2024-03-05",
                "2024-03",
            ),
        ),
        '{all: [{person: {has: medication_review}}, {any: [{lasted: < 1 day}, {person: {age: ">= 75"}}]}]}',
    ),
)


@each_case(ASKED)
def test_units(asked: AskedOfUnits, case: Case) -> None:
    assert asked.held(case) == case.months


def test_a_value_holds_until_the_next_one_or_until_it_lapses() -> None:
    events = "systolic 2024-03-05 142\nsystolic 2024-06-30 128\nsystolic 2024-06-30 135"
    assert valued("systolic", "60 to 260", "4 months", events=events) == (
        "2024-03 142, 2024-04 142, 2024-05 142, 2024-06 128, 2024-07 128, 2024-08 128, 2024-09 128"
    )


def test_an_implausible_value_is_passed_over() -> None:
    events = "systolic 2024-10-05 142\nsystolic 2024-11-05 1420"
    assert valued("systolic", "60 to 260", events=events) == "2024-10 142, 2024-11 142, 2024-12 142"
