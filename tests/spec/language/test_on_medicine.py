"""on_medicine

A medicine's exposure covers the day, from its first day to its last, both included; or, with a period, it was issued
lately, whatever was supplied (QOF AF008: an anticoagulant issued in the last six months). Days of `grace` may follow
each supply. With `supply: carried over` a repeat issued early begins when the supply before it is used up.
"""

from builders.spec import Asked, Case, each_case

FEBRUARY = "anticoagulants 2024-02-10 to 2024-03-08"

ASKED = (
    Asked(
        "{on_medicine: anticoagulants}",
        (
            Case("The last day is a month end", "anticoagulants 2024-02-10 to 2024-04-30", "2024-02 to 2024-04"),
            Case("The last day is the one before", "anticoagulants 2024-02-10 to 2024-04-29", "2024-02 to 2024-03"),
            Case("It ends before it begins: its first day", "anticoagulants 2024-02-29 to 2024-01-01", "2024-02"),
            Case(
                "A short supply does not break a long one",
                "anticoagulants 2024-02-01 to 2024-10-31\nanticoagulants 2024-03-01 to 2024-03-28",
                "2024-02 to 2024-10",
            ),
            Case(
                "An early repeat is not carried over",
                "anticoagulants 2024-02-01 to 2024-02-28\nanticoagulants 2024-02-15 to 2024-03-13",
                "2024-02",
            ),
            Case(
                "It runs on beyond the months asked about",
                "anticoagulants 2024-01-10 to 2025-01-08",
                "2024-01 to 2024-12",
            ),
            Case("After death: read as it stands", FEBRUARY, "2024-02", died="2024-02-20"),
        ),
    ),
    Asked(
        "{on_medicine: anticoagulants, within: 6 months}",
        (
            Case("From the issue", FEBRUARY, "2024-02 to 2024-07"),
            Case("Issued too long ago", "anticoagulants 2023-06-10 to 2023-07-08", "never"),
            Case(
                "A supply that runs on does not count", "anticoagulants 2024-01-10 to 2025-01-08", "2024-01 to 2024-06"
            ),
            Case(
                "Each issue begins the period anew",
                "anticoagulants 2024-01-10 to 2024-02-06\nanticoagulants 2024-05-10 to 2024-06-06",
                "2024-01 to 2024-10",
            ),
            Case("It ends before it begins", "anticoagulants 2024-02-10 to 2024-01-01", "2024-02 to 2024-07"),
        ),
    ),
    Asked(
        "{on_medicine: anticoagulants, grace: 28 days}",
        (
            Case(
                "The last day of grace is a month end", "anticoagulants 2024-02-10 to 2024-04-02", "2024-02 to 2024-04"
            ),
            Case("One day earlier", "anticoagulants 2024-02-10 to 2024-04-01", "2024-02 to 2024-03"),
            Case(
                "It closes a gap between two supplies",
                "anticoagulants 2024-02-10 to 2024-03-08\nanticoagulants 2024-04-05 to 2024-05-02",
                "2024-02 to 2024-04",
            ),
            Case("It ends before it begins", "anticoagulants 2024-02-02 to 2024-01-01", "2024-02"),
        ),
    ),
    Asked(
        "{on_medicine: anticoagulants, supply: carried over}",
        (
            Case(
                "An early repeat begins when the first is used up",
                "anticoagulants 2024-02-01 to 2024-02-28\nanticoagulants 2024-02-15 to 2024-03-17",
                "2024-02 to 2024-03",
            ),
            Case(
                "Two issued on one day follow each other",
                "anticoagulants 2024-02-02 to 2024-03-01\nanticoagulants 2024-02-02 to 2024-03-02",
                "2024-02 to 2024-03",
            ),
            Case(
                "What was left lasts through a gap",
                "anticoagulants 2024-01-01 to 2024-03-31\nanticoagulants 2024-01-15 to 2024-01-28\n"
                "anticoagulants 2024-05-01 to 2024-05-31",
                "2024-01 to 2024-03, 2024-05",
            ),
            Case(
                "A late repeat begins on its own day",
                "anticoagulants 2024-02-01 to 2024-02-29\nanticoagulants 2024-04-10 to 2024-05-31",
                "2024-02, 2024-04 to 2024-05",
            ),
            Case(
                "An end before the first day supplies that day",
                FEBRUARY + "\nanticoagulants 2024-02-12 to 2024-01-01",
                "2024-02",
            ),
        ),
    ),
    Asked(
        "{on_medicine: anticoagulants, supply: carried over, grace: 7 days}",
        (
            Case(
                "Grace follows the supply that was carried over",
                "anticoagulants 2024-02-01 to 2024-02-28\nanticoagulants 2024-02-15 to 2024-03-10",
                "2024-02 to 2024-03",
            ),
            Case(
                "Grace is no supply: it is not carried over",
                "anticoagulants 2024-02-01 to 2024-02-24\nanticoagulants 2024-02-27 to 2024-03-24",
                "2024-02 to 2024-03",
            ),
            Case(
                "One day less and it ends before the month does",
                "anticoagulants 2024-02-01 to 2024-02-24\nanticoagulants 2024-02-27 to 2024-03-23",
                "2024-02",
            ),
        ),
    ),
)


@each_case(ASKED)
def test_on_medicine(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
