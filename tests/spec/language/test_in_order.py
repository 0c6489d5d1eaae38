"""has ... after, before, near

An event that stands in order with others: on the day of another or later (`after`), on an earlier day than another
(`before`), or between the two. The other is the first of a code list, the nth, or the latest known on the day.
`near` is for how long the earlier of the two counts towards the later; `within`, for how long the event itself counts.
Of so many days the first is the earlier event's own: a standard of 62 days after a referral is `near: 63 days`.
"""

from builders.spec import Asked, Case, each_case
from placewise.floor.timeline.window import Window

STROKE = "stroke_codes 2024-03-10\n"

ASKED = (
    Asked(
        "{has: medication_review, after: {first: stroke_codes}}",
        (
            Case("From the later event", STROKE + "medication_review 2024-05-31", "2024-05 to 2024-12"),
            Case("On the same day", STROKE + "medication_review 2024-03-10", "2024-03 to 2024-12"),
            Case("On the day before", STROKE + "medication_review 2024-03-09", "never"),
            Case(
                "One before and one after",
                "medication_review 2024-01-10\n" + STROKE + "medication_review 2024-06-10",
                "2024-06 to 2024-12",
            ),
            Case("The other never happened", "medication_review 2024-05-31", "never"),
            Case("The other comes later", "medication_review 2024-05-31\nstroke_codes 2024-08-01", "never"),
            Case(
                "Every later stroke is not the first",
                STROKE + "medication_review 2024-05-10\nstroke_codes 2024-08-01",
                "2024-05 to 2024-12",
            ),
            Case(
                "Before birth: read as it stands",
                "stroke_codes 1940-01-01\nmedication_review 1941-01-01",
                "2024-01 to 2024-12",
            ),
            Case(
                "After death: read as it stands",
                STROKE + "medication_review 2024-05-31",
                "2024-05 to 2024-12",
                died="2024-04-01",
            ),
        ),
    ),
    Asked(
        "{has: medication_review, after: {first: stroke_codes}, near: 28 days}",
        (
            Case("The last day that is near enough", STROKE + "medication_review 2024-04-06", "2024-04 to 2024-12"),
            Case("One day later", STROKE + "medication_review 2024-04-07", "never"),
            Case(
                "Without end: it stays true",
                "stroke_codes 2020-03-10\nmedication_review 2020-03-12",
                "2024-01 to 2024-12",
            ),
        ),
    ),
    Asked(
        "{has: medication_review, after: {first: stroke_codes}, near: 1 month}",
        (
            Case("After a leap day", "stroke_codes 2024-02-29\nmedication_review 2024-03-28", "2024-03 to 2024-12"),
            Case(
                "A month after a leap day it has lapsed",
                "stroke_codes 2024-02-29\nmedication_review 2024-03-29",
                "never",
            ),
            Case(
                "After 31 January, in February",
                "stroke_codes 2024-01-31\nmedication_review 2024-02-28",
                "2024-02 to 2024-12",
            ),
            Case(
                "After 31 January, on the last of February",
                "stroke_codes 2024-01-31\nmedication_review 2024-02-29",
                "never",
            ),
        ),
    ),
    Asked(
        "{has: medication_review, after: {first: stroke_codes}, near: financial year}",
        (
            Case(
                "In the same financial year",
                "stroke_codes 2023-04-01\nmedication_review 2024-03-31",
                "2024-03 to 2024-12",
            ),
            Case("In the next", "stroke_codes 2024-03-31\nmedication_review 2024-04-01", "never"),
        ),
    ),
    Asked(
        "{has: medication_review, after: {latest: stroke_codes}, within: 6 months}",
        (
            Case(
                "A new stroke asks for a new review",
                STROKE + "medication_review 2024-05-10\nstroke_codes 2024-08-01",
                "2024-05 to 2024-07",
            ),
            Case(
                "Which comes",
                STROKE + "medication_review 2024-05-10\nstroke_codes 2024-08-01\nmedication_review 2024-10-10",
                "2024-05 to 2024-07, 2024-10 to 2024-12",
            ),
            Case("The event itself lapses", STROKE + "medication_review 2024-05-10", "2024-05 to 2024-10"),
            Case("On the day of the latest", STROKE + "medication_review 2024-03-10", "2024-03 to 2024-08"),
        ),
    ),
    Asked(
        "{has: medication_review, before: {first: stroke_codes}}",
        (
            Case("Known once the other has come", "medication_review 2024-01-10\n" + STROKE, "2024-03 to 2024-12"),
            Case("On the day before", "medication_review 2024-03-09\n" + STROKE, "2024-03 to 2024-12"),
            Case("On the same day", "medication_review 2024-03-10\n" + STROKE, "never"),
            Case("The other never happened", "medication_review 2024-01-10", "never"),
            Case(
                "The other comes after the months asked about",
                "medication_review 2024-01-10\nstroke_codes 2025-01-01",
                "never",
            ),
        ),
    ),
    Asked(
        "{has: medication_review, before: {latest: stroke_codes}, near: 62 days}",
        (
            Case("Near enough", "medication_review 2024-01-09\n" + STROKE, "2024-03 to 2024-12"),
            Case("One day too early", "medication_review 2024-01-08\n" + STROKE, "never"),
            Case(
                "A later stroke is the latest then",
                "medication_review 2024-02-10\n" + STROKE + "stroke_codes 2024-08-01",
                "2024-03 to 2024-07",
            ),
        ),
    ),
    Asked(
        "{has: medication_review, before: {nth: 2, of: stroke_codes}}",
        (
            Case(
                "Known once there is a second",
                STROKE + "medication_review 2024-05-10\nstroke_codes 2024-08-01",
                "2024-08 to 2024-12",
            ),
            Case("There is only one", "medication_review 2024-01-10\n" + STROKE, "never"),
            Case("Two on one day are one", "medication_review 2024-01-10\n" + STROKE + STROKE, "never"),
        ),
    ),
    Asked(
        "{has: medication_review, after: {first: stroke_codes}, before: {nth: 2, of: stroke_codes}}",
        (
            Case(
                "Between the two",
                STROKE + "medication_review 2024-05-10\nstroke_codes 2024-08-01",
                "2024-08 to 2024-12",
            ),
            Case(
                "On the first day",
                STROKE + "medication_review 2024-03-10\nstroke_codes 2024-08-01",
                "2024-08 to 2024-12",
            ),
            Case("On the last day", STROKE + "medication_review 2024-08-01\nstroke_codes 2024-08-01", "never"),
            Case("Before both", "medication_review 2024-01-10\n" + STROKE + "stroke_codes 2024-08-01", "never"),
        ),
    ),
    Asked(
        "{has: medication_review, after: {first: stroke_codes}, before: {first: cancer_codes}, near: 28 days}",
        (
            Case(
                "With both, near is to the one it follows",
                STROKE + "medication_review 2024-04-06\ncancer_codes 2024-11-01",
                "2024-11 to 2024-12",
            ),
            Case("Too late after it", STROKE + "medication_review 2024-04-07\ncancer_codes 2024-04-08", "never"),
            Case(
                "The other two are in the wrong order",
                "cancer_codes 2024-01-10\n" + STROKE + "medication_review 2024-03-12",
                "never",
            ),
        ),
    ),
    Asked(
        "{has: stroke_codes, after: {first: stroke_codes}, within: 12 months}",
        (Case("The first stands in order with itself", "stroke_codes 2023-06-10", "2024-01 to 2024-05"),),
    ),
    Asked(
        "{has: medication_review, after: {nth: 2, of: medication_review}, near: 5 years}",
        (
            Case(
                "Years are counted by the calendar",
                "medication_review 2018-01-10\nmedication_review 2019-02-28\nmedication_review 2024-02-27",
                "2024-01 to 2024-03",
                window=Window(2024, 1, 3),
            ),
        ),
    ),
)


@each_case(ASKED)
def test_in_order(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
