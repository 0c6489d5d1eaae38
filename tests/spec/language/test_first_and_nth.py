"""first, nth, earliest (reading)

The first, second or any later event ever of a code list, or the reading of that number and what it was. Events of one
day are one event. `within` asks whether that event, and no later one, was lately: who is new in the last twelve months.
"""

from builders.spec import Asked, Case, each_case

ASKED = (
    Asked(
        "{first: stroke_codes, within: 12 months}",
        (
            Case("The first ever", "stroke_codes 2024-03-31", "2024-03 to 2024-12"),
            Case(
                "A later one does not prolong it",
                "stroke_codes 2023-06-10\nstroke_codes 2024-03-10",
                "2024-01 to 2024-05",
            ),
            Case(
                "An old one makes a new one not the first", "stroke_codes 1999-01-01\nstroke_codes 2024-03-10", "never"
            ),
            Case("Two on one day are one", "stroke_codes 2024-03-10\nstroke_codes 2024-03-10", "2024-03 to 2024-12"),
            Case("On a leap day", "stroke_codes 2024-02-29", "2024-02 to 2024-12"),
            Case(
                "Before birth, it is the first all the same",
                "stroke_codes 1940-01-01\nstroke_codes 2024-03-10",
                "never",
            ),
            Case("Never recorded", "", "never"),
        ),
    ),
    Asked(
        "{first: stroke_codes}",
        (Case("Without a period it is the same as `has`", "stroke_codes 2024-03-10", "2024-03 to 2024-12"),),
    ),
    Asked(
        "{nth: 2, of: stroke_codes}",
        (
            Case("From the second", "stroke_codes 2024-03-10\nstroke_codes 2024-05-31", "2024-05 to 2024-12"),
            Case("Only one", "stroke_codes 2024-03-10", "never"),
            Case("Two on one day are one", "stroke_codes 2024-03-10\nstroke_codes 2024-03-10", "never"),
            Case(
                "The order of rows does not matter",
                "stroke_codes 2024-05-10\nstroke_codes 2024-03-10",
                "2024-05 to 2024-12",
            ),
        ),
    ),
    Asked(
        "{nth: 2, of: stroke_codes, within: 3 months}",
        (
            Case(
                "A third does not prolong it",
                "stroke_codes 2024-03-10\nstroke_codes 2024-05-10\nstroke_codes 2024-06-10",
                "2024-05 to 2024-07",
            ),
        ),
    ),
    Asked(
        '{earliest: cha2ds2vasc, value: ">= 2"}',
        (
            Case("The first reading is as asked", "cha2ds2vasc 2024-03-10 2", "2024-03 to 2024-12"),
            Case("It stays what it was", "cha2ds2vasc 2024-03-10 2\ncha2ds2vasc 2024-06-10 0", "2024-03 to 2024-12"),
            Case("A later one does not count", "cha2ds2vasc 2024-03-10 1\ncha2ds2vasc 2024-06-10 4", "never"),
            Case(
                "Without a value it is no reading",
                "cha2ds2vasc 2024-02-10\ncha2ds2vasc 2024-03-10 2",
                "2024-03 to 2024-12",
            ),
            Case(
                "Of two on one day, one is enough",
                "cha2ds2vasc 2024-03-10 1\ncha2ds2vasc 2024-03-10 2",
                "2024-03 to 2024-12",
            ),
        ),
    ),
    Asked(
        '{nth: 2, of: cha2ds2vasc, value: ">= 2", within: 6 months}',
        (
            Case("The second reading", "cha2ds2vasc 2024-01-10 0\ncha2ds2vasc 2024-03-10 2", "2024-03 to 2024-08"),
            Case(
                "An event without a value has no number",
                "cha2ds2vasc 2024-01-10 0\ncha2ds2vasc 2024-02-10\ncha2ds2vasc 2024-03-10 2",
                "2024-03 to 2024-08",
            ),
            Case("Two values of a day are one reading", "cha2ds2vasc 2024-01-10 2\ncha2ds2vasc 2024-01-10 3", "never"),
            Case("Not as asked", "cha2ds2vasc 2024-01-10 2\ncha2ds2vasc 2024-03-10 1", "never"),
        ),
    ),
)


@each_case(ASKED)
def test_first_and_nth(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
