"""latest

The last reading, one value or several of the same day, at the clinic or at home. A later reading replaces an earlier
one, also when it is not as asked. If the day holds several values, one that is as asked is enough: several blood
pressures of a day count as the lowest systolic with the lowest diastolic, as general practice reports them.
"""

from builders.spec import Asked, Case, each_case

EITHER = """
{latest: {systolic: "<= 140", diastolic: "<= 90"},
 or: {home_systolic: "<= 135", home_diastolic: "<= 85"},
 within: 12 months}
"""
CONTROLLED = "systolic 2024-02-10 138\ndiastolic 2024-02-10 88"

ASKED = (
    Asked(
        '{latest: cha2ds2vasc, value: ">= 2"}',
        (
            Case(
                "The later reading replaces the earlier",
                "cha2ds2vasc 2024-02-10 3\ncha2ds2vasc 2024-05-10 1\ncha2ds2vasc 2024-08-10 2",
                "2024-02 to 2024-04, 2024-08 to 2024-12",
            ),
            Case(
                "Of two in a month the later day counts", "cha2ds2vasc 2024-02-10 3\ncha2ds2vasc 2024-02-11 1", "never"
            ),
            Case(
                "Without a value it is no reading",
                "cha2ds2vasc 2024-02-10 3\ncha2ds2vasc 2024-05-10",
                "2024-02 to 2024-12",
            ),
            Case(
                "Of several values of a day, one is enough",
                "cha2ds2vasc 2024-02-10 1\ncha2ds2vasc 2024-02-10 2",
                "2024-02 to 2024-12",
            ),
            Case("On a leap day", "cha2ds2vasc 2024-02-29 2", "2024-02 to 2024-12"),
        ),
    ),
    Asked(
        "{latest: cha2ds2vasc, value: recorded}",
        (
            Case("Any value", "cha2ds2vasc 2024-05-10 0", "2024-05 to 2024-12"),
            Case("Without a value", "cha2ds2vasc 2024-05-10", "never"),
        ),
    ),
    Asked(
        '{latest: cha2ds2vasc, value: ">= 2", within: 6 months}',
        (
            Case(
                "A reading lapses, and an older one does not come back",
                "cha2ds2vasc 2024-02-10 3\ncha2ds2vasc 2024-03-10 1",
                "2024-02",
            ),
        ),
    ),
    Asked(
        '{latest: {systolic: "<= 140", diastolic: "<= 90"}, within: 12 months}',
        (
            Case("Both of one day", CONTROLLED, "2024-02 to 2024-12"),
            Case("Of two days: no pair", "systolic 2024-02-10 138\ndiastolic 2024-02-11 88", "never"),
            Case("Both must be as asked", "systolic 2024-02-10 138\ndiastolic 2024-02-10 95", "never"),
            Case("The limits themselves", "systolic 2024-02-10 140\ndiastolic 2024-02-10 90", "2024-02 to 2024-12"),
            Case(
                "Half a reading later replaces nothing", f"{CONTROLLED}\nsystolic 2024-05-10 190", "2024-02 to 2024-12"
            ),
            Case(
                "Several of a day count as the lowest of each",
                "systolic 2024-02-10 160\ndiastolic 2024-02-10 84\nsystolic 2024-02-10 138\ndiastolic 2024-02-10 96",
                "2024-02 to 2024-12",
            ),
            Case("It lapses", "systolic 2023-04-10 120\ndiastolic 2023-04-10 80", "2024-01 to 2024-03"),
            Case("A missing value makes no pair", "systolic 2024-02-10 138\ndiastolic 2024-02-10", "never"),
        ),
    ),
    Asked(
        EITHER,
        (
            Case(
                "Home readings have their own limits",
                "home_systolic 2024-02-10 136\nhome_diastolic 2024-02-10 80\n"
                "home_systolic 2024-06-10 135\nhome_diastolic 2024-06-10 85",
                "2024-06 to 2024-12",
            ),
            Case(
                "The last reading counts, wherever it was taken",
                "home_systolic 2024-02-10 130\nhome_diastolic 2024-02-10 80\n"
                "systolic 2024-06-10 150\ndiastolic 2024-06-10 80",
                "2024-02 to 2024-05",
            ),
            Case(
                "Both on one day: one that is as asked is enough",
                "home_systolic 2024-02-10 130\nhome_diastolic 2024-02-10 80\n"
                "systolic 2024-02-10 150\ndiastolic 2024-02-10 80",
                "2024-02 to 2024-12",
            ),
        ),
    ),
)


@each_case(ASKED)
def test_latest(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
