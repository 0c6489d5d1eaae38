"""value

Any reading of a code list that still counts is as asked, not only the latest. An event without a value is no reading.
"""

from builders.spec import Asked, Case, each_case

ASKED = (
    Asked(
        '{value: cha2ds2vasc, is: ">= 2"}',
        (
            Case("From the reading", "cha2ds2vasc 2024-03-31 2", "2024-03 to 2024-12"),
            Case(
                "A later reading does not take it away",
                "cha2ds2vasc 2024-03-10 2\ncha2ds2vasc 2024-06-10 0",
                "2024-03 to 2024-12",
            ),
            Case("Not as asked", "cha2ds2vasc 2024-03-10 1.9", "never"),
            Case("Without a value", "cha2ds2vasc 2024-03-10", "never"),
            Case("Before birth: read as it stands", "cha2ds2vasc 1940-03-10 2", "2024-01 to 2024-12"),
        ),
    ),
    Asked(
        '{value: cha2ds2vasc, is: ">= 2", within: 3 months}',
        (
            Case("It lapses", "cha2ds2vasc 2024-03-10 2", "2024-03 to 2024-05"),
            Case(
                "Only readings as asked prolong it",
                "cha2ds2vasc 2024-03-10 2\ncha2ds2vasc 2024-04-10 1\ncha2ds2vasc 2024-05-10 3",
                "2024-03 to 2024-07",
            ),
        ),
    ),
    Asked(
        '{value: systolic, is: "140 to 159", within: 90 days}',
        (
            Case("The lower end", "systolic 2024-03-10 140", "2024-03 to 2024-05"),
            Case("The upper end", "systolic 2024-03-10 159", "2024-03 to 2024-05"),
            Case(
                "Between two values of a day nothing lies", "systolic 2024-03-10 120\nsystolic 2024-03-10 180", "never"
            ),
            Case("The ninetieth day is a month end", "systolic 2024-02-01 150", "2024-02 to 2024-04"),
            Case("One day earlier it has lapsed by then", "systolic 2024-01-31 150", "2024-01 to 2024-03"),
        ),
    ),
    Asked(
        "{value: cha2ds2vasc, is: recorded, within: financial year}",
        (
            Case("Any value", "cha2ds2vasc 2024-03-31 0", "2024-03"),
            Case("In the new year", "cha2ds2vasc 2024-04-01 9", "2024-04 to 2024-12"),
            Case("Without a value", "cha2ds2vasc 2024-04-01", "never"),
        ),
    ),
)


@each_case(ASKED)
def test_value(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
