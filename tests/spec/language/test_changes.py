"""began, ended

What has changed between two month ends: a question holds now and did not hold at the end of the month so many months
before, or the other way round. What came and went in between is no change.
"""

from builders.spec import Asked, Case, each_case
from placewise.floor.timeline.window import Window

AF = "{has: af_codes, not_resolved_by: af_resolved_codes}"
MEDICINE = "anticoagulants 2023-11-10 to 2024-02-20"

ASKED = (
    Asked(
        f"{{began: {AF}, since: 3 months}}",
        (
            Case("For so many months from the first", "af_codes 2024-03-31", "2024-03 to 2024-05"),
            Case("Begun before the months asked about", "af_codes 2023-11-10", "2024-01"),
            Case("Held all the time", "af_codes 2020-01-01", "never"),
            Case(
                "It ended and began again: no change since then",
                "af_codes 2020-01-01\naf_resolved_codes 2024-03-10\naf_codes 2024-04-10",
                "2024-06",
            ),
            Case("It has ended by now", "af_codes 2024-03-10\naf_resolved_codes 2024-04-10", "2024-03"),
        ),
    ),
    Asked(
        f"{{ended: {AF}, since: 3 months}}",
        (
            Case(
                "For so many months from the end",
                "af_codes 2020-01-01\naf_resolved_codes 2024-03-31",
                "2024-03 to 2024-05",
            ),
            Case("It never held", "", "never"),
            Case("It came and went in between", "af_codes 2024-02-10\naf_resolved_codes 2024-03-10", "2024-05"),
        ),
    ),
    Asked(
        "{ended: {on_medicine: anticoagulants}, since: 1 month}",
        (
            Case("In the month it stops", MEDICINE, "2024-02"),
            Case("The months of a year have different lengths", "anticoagulants 2024-01-10 to 2024-02-29", "2024-03"),
        ),
    ),
    Asked(
        '{began: {all: [{age: ">= 65"}, registered]}, since: 1 year}',
        (
            Case("A birthday", "", "2024-03 to 2024-12", person="1959-03"),
            Case("Arrived at that age", "", "2024-05 to 2024-12", registered="2024-05-02"),
        ),
    ),
    Asked(
        "{not: {began: {has: af_codes}, since: 6 months}}",
        (Case("No change, or no longer one", "af_codes 2024-03-10", "2024-01 to 2024-02, 2024-09 to 2024-12"),),
    ),
    Asked(
        "{began: {ended: {has: af_codes, within: 2 months}, since: 1 month}, since: 1 month}",
        (Case("A change of a change", "af_codes 2024-03-10", "2024-05"),),
    ),
    Asked(
        "{began: {in: af}, since: 12 months}",
        (Case("New on a register", "af_codes 2024-03-10", "2024-03 to 2025-02", window=Window(2024, 1, 24)),),
        {"af": "{has: af_codes}"},
    ),
    Asked(
        "{began: {has: af_codes}, since: 100 years}",
        (Case("Since before birth", "af_codes 2024-03-10", "2024-03 to 2024-12"),),
    ),
)


@each_case(ASKED)
def test_changes(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
