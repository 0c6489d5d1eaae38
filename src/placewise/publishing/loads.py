"""What a release tells of the loads it rests on, as data: their tables and why they may be here."""

from typing import Any

from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import get_rounded


def tell_table(table: dict[str, Any], load: dict[str, Any], rule: DisclosureRule) -> dict[str, Any]:
    """A table of the load for planning as the release tells it: its rows are of people, and rounded as they are.

    Where few were set aside for a reason, the rows that came in are the sum of what is told of the others: counted,
    less those kept, they would tell how few.
    """
    kept = get_rounded(table["rows_kept"], rule)
    rejected = {reason: get_rounded(rows, rule) for reason, rows in table["rejected"].items()}
    told = [each for each in (kept, *rejected.values()) if each is not None]
    return table | {
        "title": f"{load['source']}, {table['table']}",
        "purpose": load["purpose"],
        "load": load["load"],
        "rows_in": get_rounded(table["rows_in"], rule) if len(told) > len(rejected) else sum(told),
        "rows_kept": kept,
        "rejected": rejected,
    }


def tell_load(load: dict[str, Any], rule: DisclosureRule, *, counted: bool) -> dict[str, Any]:
    """Why a load may be here, with its people rounded as every count is.

    counted: whether it is the load for planning. Of that for direct care no number is told: beside the other it would
    tell how many opted out.
    """
    told = ("load", "source", "purpose", "legal_basis", "controller", "retention_until", "cdm_version", "extracted_on")
    row = {key: load[key] for key in told} | {"synthetic": load["synthetic"], "people": None}
    if counted:
        row |= {
            "people": get_rounded(load["people"], rule),
            "history_assumed": load["history_assumed"],
            "tables_with_unknown_codes": sorted(load["unmapped_concepts"]),
        }
    return row
