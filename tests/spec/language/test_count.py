"""count

Events of a code list on at least so many different days count on the day.
"""

from builders.spec import Asked, Case, each_case

THREE = "general_practice_visit 2024-02-10\ngeneral_practice_visit 2024-03-10\ngeneral_practice_visit 2024-06-10"

ASKED = (
    Asked(
        "{count: general_practice_visit, at_least: 2, within: 4 months}",
        (
            Case("From the day that completes it to the first that lapses", THREE, "2024-03 to 2024-06"),
            Case(
                "Two on one day are one",
                "general_practice_visit 2024-02-10\ngeneral_practice_visit 2024-02-10",
                "never",
            ),
            Case(
                "On two days of a month",
                "general_practice_visit 2024-02-28\ngeneral_practice_visit 2024-02-29",
                "2024-02 to 2024-05",
            ),
        ),
    ),
    Asked(
        "{count: general_practice_visit, at_least: 3, within: 4 months}",
        (Case("The third comes when the first has lapsed", THREE, "never"),),
    ),
    Asked("{count: general_practice_visit, at_least: 3}", (Case("For ever", THREE, "2024-06 to 2024-12"),)),
    Asked(
        "{count: general_practice_visit, at_least: 2, within: financial year}",
        (
            Case(
                "Counted anew each financial year",
                "general_practice_visit 2024-03-31\ngeneral_practice_visit 2024-04-01",
                "never",
            ),
            Case(
                "In one year",
                "general_practice_visit 2023-04-01\ngeneral_practice_visit 2024-02-10",
                "2024-02 to 2024-03",
            ),
        ),
    ),
    Asked(
        "{count: cha2ds2vasc, at_least: 2}",
        (
            Case(
                "Values do not matter, nor that they are missing",
                "cha2ds2vasc 2024-02-10\ncha2ds2vasc 2024-03-10 1",
                "2024-03 to 2024-12",
            ),
        ),
    ),
)


@each_case(ASKED)
def test_count(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
