"""resolved

An event of a code list was recorded, and each such event has been followed by a resolving event on a later day.
"""

from builders.spec import Asked, Case, each_case

ASKED = (
    Asked(
        "{resolved: af_codes, by: af_resolved_codes}",
        (
            Case("From the resolving event", "af_codes 2024-02-10\naf_resolved_codes 2024-05-20", "2024-05 to 2024-12"),
            Case(
                "Resolved on the last day of a month",
                "af_codes 2024-02-10\naf_resolved_codes 2024-05-31",
                "2024-05 to 2024-12",
            ),
            Case(
                "A new diagnosis ends it",
                "af_codes 2024-02-10\naf_resolved_codes 2024-05-20\naf_codes 2024-09-01",
                "2024-05 to 2024-08",
            ),
            Case(
                "Resolved once more",
                "af_codes 2024-02-10\naf_resolved_codes 2024-05-20\naf_codes 2024-09-01\naf_resolved_codes 2024-11-01",
                "2024-05 to 2024-08, 2024-11 to 2024-12",
            ),
            Case(
                "One resolving event resolves all before it",
                "af_codes 2024-02-10\naf_codes 2024-03-10\naf_resolved_codes 2024-05-20",
                "2024-05 to 2024-12",
            ),
            Case("Both on one day: not resolved", "af_codes 2024-02-10\naf_resolved_codes 2024-02-10", "never"),
            Case("The next day: resolved", "af_codes 2024-02-10\naf_resolved_codes 2024-02-11", "2024-02 to 2024-12"),
            Case("Nothing was diagnosed", "af_resolved_codes 2024-05-20", "never"),
            Case("Nothing was resolved", "af_codes 2024-02-10", "never"),
            Case("Resolved before it was diagnosed", "af_resolved_codes 2024-01-10\naf_codes 2024-02-10", "never"),
            Case("Before birth", "af_codes 1940-01-01\naf_resolved_codes 1941-01-01", "2024-01 to 2024-12"),
            Case(
                "After death: read as it stands",
                "af_codes 2024-02-10\naf_resolved_codes 2024-05-20",
                "2024-05 to 2024-12",
                died="2024-03-01",
            ),
        ),
    ),
)


@each_case(ASKED)
def test_resolved(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
