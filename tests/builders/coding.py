"""Loads whose codes are recorded as often as a test says, to see what a build says of its code lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from builders.warehouse import Rows, add_person, add_registration, write_rows
from placewise.coding.build import check_coding
from placewise.floor.checking import Check
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.intake.contract import SHARD_TABLES, LoadReport
from placewise.intake.warehouse import Warehouse
from placewise.publishing.definition import DisclosureRule

EXTRACTED_ON = date(2026, 4, 9)
"""So that the last complete month is March 2026, and the six before are compared with October 2024 to March 2025."""
MONTHS = [date(2024 + (9 + month) // 12, (9 + month) % 12 + 1, 1) for month in range(18)]
"""October 2024 to March 2026."""
INDEX = "list,title,domain,owner,version,source,review_date,status,unit,quantity"


def write_code_list(folder: Path, name: str, domain: str, codes: str, unit: str = "", quantity: str = "") -> None:
    """Write one code list and add it to the index. codes: lines of the file, the first with its columns."""
    folder.mkdir(exist_ok=True)
    index = folder / "index.csv"
    before = index.read_text(encoding="utf-8") if index.exists() else f"{INDEX}\n"
    row = f"{name},{name.capitalize()},{domain},Clinical lead,2026.1,invented,2027-11-01,preview,{unit},{quantity}\n"
    index.write_text(before + row, encoding="utf-8")
    (folder / f"{name}.csv").write_text(codes, encoding="utf-8")


def write_load(folder: Path, table: str, recorded: Mapping[int, Sequence[int]]) -> list[Path]:
    """One shard with one person. recorded: concept -> how often it is recorded in each of MONTHS."""
    rows: Rows = {each: [] for each in SHARD_TABLES}
    add_person(rows, 1, "1950-03", "female")
    add_registration(rows, 1, date(1990, 1, 1), None)
    for concept, months in recorded.items():
        for month, times in zip(MONTHS, months, strict=True):
            rows[table] += [
                {"person_id": 1, "concept_id": concept, "date": month, "end_date": month, "value": None}
                | {"unit_concept_id": 0}
            ] * times
    return [write_rows(folder, rows)]


def check_build(code_lists: Path, shards: Sequence[Path], draft: Path, last_build: Path | None = None) -> list[Check]:
    """What a build of these shards says of all code lists of a folder, written beside what it counted."""
    report = LoadReport(
        load="load", source="gp", purpose="population_health_planning", legal_basis="invented", controller="nobody",
        retention_until="2030-01-01", cdm_version="5.4", extracted_on=EXTRACTED_ON.isoformat(), declares_practices=True,
        synthetic=True, people=1, shards=len(shards), history_assumed=False, tables=(), unmapped_concepts={},
    )  # fmt: skip
    draft.mkdir()
    warehouse = Warehouse(draft.parent, report, tuple(shards))
    return check_coding(read_code_lists(code_lists), warehouse, draft, last_build, DisclosureRule())


def find_warnings(checks: Sequence[Check]) -> list[str]:
    return [each.told for each in checks if not each.passed]
