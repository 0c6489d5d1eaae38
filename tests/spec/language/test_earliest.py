"""earliest ... among

The person's first event of any of several code lists is one of this list, so that everyone belongs to exactly one of
them. Of lists that first appear on one day, the one named first in `among` is taken.
"""

from builders.spec import Asked, Case, each_case

AMONG = "[carer_found_by_practice, carer_found_by_inequalities_subgroup, carer_found_by_impact_assessment]"
SUBGROUP_FIRST = "carer_found_by_inequalities_subgroup 2024-02-10\ncarer_found_by_practice 2024-05-10"
BOTH_AT_ONCE = "carer_found_by_inequalities_subgroup 2024-02-10\ncarer_found_by_practice 2024-02-10"

ASKED = (
    Asked(
        f"{{earliest: carer_found_by_inequalities_subgroup, among: {AMONG}}}",
        (
            Case("Found by several routes: the first counts", SUBGROUP_FIRST, "2024-02 to 2024-12"),
            Case("On one day: the one named first is taken", BOTH_AT_ONCE, "never"),
            Case("Found by none", "", "never"),
        ),
    ),
    Asked(
        f"{{earliest: carer_found_by_practice, among: {AMONG}}}",
        (
            Case("Found by several routes: the second does not", SUBGROUP_FIRST, "never"),
            Case("On one day: the one named first is taken", BOTH_AT_ONCE, "2024-02 to 2024-12"),
            Case("Before birth: read as it stands", "carer_found_by_practice 1940-01-01", "2024-01 to 2024-12"),
        ),
    ),
)


@each_case(ASKED)
def test_earliest(asked: Asked, case: Case) -> None:
    assert asked.held(case) == case.months
