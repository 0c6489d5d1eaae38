"""age, sex, alive, registered

What is asked of the person and not of what was recorded. Only the month of birth is known: age is reckoned from its
first day.
"""

from builders.spec import Asked, Case, each_case

ASKED = (
    Asked('{age: ">= 14"}', (Case("From the month of the birthday", "", "2024-06 to 2024-12", person="2010-06"),)),
    Asked('{age: "< 80"}', (Case("Until the month of the birthday", "", "2024-01 to 2024-05", person="1944-06"),)),
    Asked(
        '{age: "45 to 64"}',
        (
            Case("The lower end", "", "2024-03 to 2024-12", person="1979-03"),
            Case("The upper end: to the day before 65", "", "2024-01 to 2024-02", person="1959-03"),
        ),
    ),
    Asked(
        '{age: "< 1"}',
        (
            Case("Nobody has an age before birth", "", "2024-06 to 2024-12", person="2024-06"),
            Case("Born in a leap month", "", "2024-01", person="2023-02"),
        ),
    ),
    Asked(
        "{sex: male}",
        (
            Case("As recorded", "", "2024-01 to 2024-12", person="1950-03 male"),
            Case("Not recorded is no sex", "", "never", person="1950-03 not_recorded"),
        ),
    ),
    Asked(
        "alive",
        (
            Case("From the month of birth", "", "2024-06 to 2024-12", person="2024-06"),
            Case("Not on the day of death", "", "2024-01 to 2024-04", died="2024-05-31"),
            Case("Until the day before", "", "2024-01 to 2024-05", died="2024-06-01"),
            Case("Whether registered or not", "", "2024-01 to 2024-12", registered="2020-01-01 2023-12-31"),
            Case("Death recorded before birth: never", "", "never", died="1940-01-01"),
        ),
    ),
    Asked(
        "registered",
        (
            Case("First and last day included", "", "2024-02 to 2024-05", registered="2024-02-29 2024-05-31"),
            Case("One day less at each end", "", "2024-03 to 2024-04", registered="2024-03-01 2024-05-30"),
            Case("Death ends it, on its day", "", "2024-01 to 2024-04", died="2024-05-31"),
            Case("Death on the first of a month", "", "2024-01 to 2024-05", died="2024-06-01"),
            Case("Not before birth", "", "2024-06 to 2024-12", person="2024-06", registered="2024-02-01"),
            Case(
                "Whoever moves stays registered",
                "",
                "2024-01 to 2024-12",
                registered="2020-01-01 2024-04-17\n2024-04-18",
            ),
            Case(
                "A gap over a month end",
                "",
                "2024-01 to 2024-03, 2024-05 to 2024-12",
                registered="2020-01-01 2024-04-29\n2024-05-01",
            ),
        ),
    ),
)


@each_case(ASKED)
def test_person(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
