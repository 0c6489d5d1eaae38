"""Extreme dates

Dates that a record may hold by mistake. Intake refuses days in the future and long before birth; the answers are right
even so, over the shortest and the longest window that can be asked about.
"""

from builders.spec import Asked, Case, each_case
from placewise.floor.timeline.window import Window

ONE_MONTH = Window(2024, 2, 1)
LONGEST = Window(2019, 4, 64)

ASKED = (
    Asked(
        "{has: af_codes}",
        (
            Case("In 1900", "af_codes 1900-01-01", "2024-01 to 2024-12"),
            Case("In 1850, before days were counted", "af_codes 1850-12-31", "2024-01 to 2024-12"),
            Case("In 2099", "af_codes 2099-12-31", "never"),
            Case("One month is asked about", "af_codes 2024-02-29", "2024-02", window=ONE_MONTH),
            Case("The last month of the longest window", "af_codes 2024-07-31", "2024-07", window=LONGEST),
            Case("The whole of the longest window", "af_codes 2019-04-30", "2019-04 to 2024-07", window=LONGEST),
        ),
    ),
    Asked(
        "{has: af_codes, within: 100 years}",
        (Case("It lapses after a lifetime", "af_codes 1924-03-10", "2024-01 to 2024-02"),),
    ),
    Asked(
        "{has: af_codes, within: 36525 days}",
        (
            Case("In days", "af_codes 1924-03-31", "2024-01 to 2024-02"),
            Case("Far in the future", "af_codes 2099-12-31", "never"),
        ),
    ),
    Asked(
        "{has: stroke_codes, after: {first: af_codes}, near: 100 years}",
        (
            Case("A lifetime apart", "af_codes 1924-03-10\nstroke_codes 2024-03-09", "2024-03 to 2024-12"),
            Case("A day more", "af_codes 1924-03-10\nstroke_codes 2024-03-10", "never"),
            Case("In the future", "af_codes 2099-12-30\nstroke_codes 2099-12-31", "never"),
        ),
    ),
    Asked(
        "{on_medicine: anticoagulants, supply: carried over, grace: 36525 days}",
        (
            Case(
                "Supplies of 1900 and 2099",
                "anticoagulants 1900-01-01 to 1900-01-28\nanticoagulants 2099-01-01 to 2099-12-31",
                "never",
            ),
            Case(
                "A supply for two hundred years",
                "anticoagulants 1900-01-01 to 2099-12-31\nanticoagulants 1900-01-01 to 2099-12-31",
                "2024-01 to 2024-12",
            ),
        ),
    ),
    Asked("{nth: 1000, of: af_codes}", (Case("More than anybody has", "af_codes 2024-03-10", "never"),)),
    Asked(
        '{age: ">= 110"}',
        (
            Case("Born in 1900", "", "2024-01 to 2024-12", person="1900-01"),
            Case("Born in 1914", "", "2024-11 to 2024-12", person="1914-11"),
            Case("Not yet born", "", "never", person="2099-01"),
        ),
    ),
    Asked(
        "registered",
        (
            Case("Since 1900", "", "2024-01 to 2024-12", registered="1900-01-01", person="1900-01"),
            Case("Until 2099", "", "2024-01 to 2024-12", registered="1950-01-01 2099-12-31"),
            Case("From 2099", "", "never", registered="2099-12-31"),
            Case("Died in 2099", "", "2024-01 to 2024-12", died="2099-12-31"),
        ),
    ),
)


@each_case(ASKED)
def test_extreme_dates(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
