"""has

An event of a code list counts on the day: for ever, or for a period from its own day, or until a later event resolves
it. On the day of the diagnosis both stand, as in the QOF business rules; a new event counts again.
"""

from builders.spec import Asked, Case, each_case
from placewise.floor.timeline.window import Window

ASKED = (
    Asked(
        "{has: af_codes}",
        (
            Case("It holds from the month of the event", "af_codes 2024-03-05", "2024-03 to 2024-12"),
            Case("On the last day of a month", "af_codes 2024-03-31", "2024-03 to 2024-12"),
            Case("On a leap day", "af_codes 2024-02-29", "2024-02 to 2024-12"),
            Case("On the first day of a month", "af_codes 2024-04-01", "2024-04 to 2024-12"),
            Case("Long before the months asked about", "af_codes 1998-07-01", "2024-01 to 2024-12"),
            Case("After the months asked about", "af_codes 2025-01-01", "never"),
            Case("Never recorded", "", "never"),
            Case("Recorded twice on one day", "af_codes 2024-03-05\naf_codes 2024-03-05", "2024-03 to 2024-12"),
            Case("Recorded before birth: read as it stands", "af_codes 1940-01-01", "2024-01 to 2024-12"),
            Case("After death: read as it stands", "af_codes 2024-06-10", "2024-06 to 2024-12", died="2024-05-01"),
            Case(
                "Outside registration: read as it stands",
                "af_codes 2024-06-10",
                "2024-06 to 2024-12",
                registered="2020-01-01 2023-12-31",
            ),
        ),
    ),
    Asked(
        "{has: medication_review, within: 3 months}",
        (
            Case("The month of the event and two more", "medication_review 2024-03-01", "2024-03 to 2024-05"),
            Case("Wherever in the month it was", "medication_review 2024-03-31", "2024-03 to 2024-05"),
            Case("Begun before the months asked about", "medication_review 2023-11-30", "2024-01"),
            Case(
                "A second event prolongs it",
                "medication_review 2024-02-10\nmedication_review 2024-04-10",
                "2024-02 to 2024-06",
            ),
        ),
    ),
    Asked(
        "{has: medication_review, within: 12 months}",
        (
            Case(
                "A leap day counts for a year",
                "medication_review 2024-02-29",
                "2024-02 to 2025-01",
                window=Window(2024, 1, 24),
            ),
        ),
    ),
    Asked(
        "{has: medication_review, within: 30 days}",
        (
            Case("It lapses on the day March is asked about", "medication_review 2024-03-01", "never"),
            Case("One day later it still counts", "medication_review 2024-03-02", "2024-03"),
            Case("30 April is the thirtieth day", "medication_review 2024-04-01", "2024-04"),
        ),
    ),
    Asked(
        "{has: learning_disability_check_done, within: financial year}",
        (
            Case("The last day of a year", "learning_disability_check_done 2024-03-31", "2024-03"),
            Case("The first day of a year", "learning_disability_check_done 2024-04-01", "2024-04 to 2024-12"),
            Case("Early in the year before", "learning_disability_check_done 2023-04-01", "2024-01 to 2024-03"),
        ),
    ),
    Asked(
        "{has: af_codes, not_resolved_by: af_resolved_codes}",
        (
            Case(
                "A later event resolves it, and a new one begins it again",
                "af_codes 2024-02-10\naf_resolved_codes 2024-05-20\naf_codes 2024-09-01",
                "2024-02 to 2024-04, 2024-09 to 2024-12",
            ),
            Case(
                "On one day both are recorded: the diagnosis stands",
                "af_codes 2024-02-10\naf_resolved_codes 2024-02-10",
                "2024-02 to 2024-12",
            ),
            Case(
                "Resolved before it was diagnosed means nothing",
                "af_resolved_codes 2024-02-10\naf_codes 2024-03-10",
                "2024-03 to 2024-12",
            ),
            Case(
                "Diagnosed and resolved between two month ends",
                "af_codes 2024-02-10\naf_resolved_codes 2024-02-11",
                "never",
            ),
        ),
    ),
    Asked(
        "{has: af_codes, not_resolved_by: af_resolved_codes, within: 6 months}",
        (
            Case("It lapses first", "af_codes 2024-02-10\naf_resolved_codes 2024-11-01", "2024-02 to 2024-07"),
            Case("It is resolved first", "af_codes 2024-02-10\naf_resolved_codes 2024-04-01", "2024-02 to 2024-03"),
        ),
    ),
)


@each_case(ASKED)
def test_has(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
