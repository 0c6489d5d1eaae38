"""A shard whose people have practices, addresses and ethnic groups, from small text tables.

people: "1 1950-03 female white"               person, birth month, sex, ethnic group
registered: "1 A01 2019-01-01 2024-05-31"      person, practice, first day, last day (optional)
lived: "1 H0001 2019-01-01"                    person, small area, first day, last day (optional)
died, events: as in builders/warehouse.py, without the last days of medicines
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from builders.warehouse import Rows, add_event, write_rows
from placewise.door.contract import SMALL_AREAS
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.intake.contract import SHARD_TABLES


def write_placed_shard(
    folder: Path,
    code_lists: Mapping[str, CodeList],
    *,
    people: str,
    registered: str,
    lived: str = "",
    died: str = "",
    events: str = "",
) -> Path:
    """Write the tables into a new folder and return it."""
    rows: Rows = {table: [] for table in SHARD_TABLES}
    for person, birth, sex, ethnicity in _lines(people):
        year, month = birth.split("-")
        rows["person"].append(
            {
                "person_id": int(person),
                "birth_year": int(year),
                "birth_month": int(month),
                "sex": sex,
                "ethnicity": ethnicity,
            }
        )
    for table, column, text in (("registration", "practice", registered), ("residence", "small_area", lived)):
        for person, where, start, *end in _lines(text):
            rows[table].append(
                {
                    "person_id": int(person),
                    column: where,
                    "start_date": date.fromisoformat(start),
                    "end_date": date.fromisoformat(end[0]) if end else None,
                }
            )
    for person, day in _lines(died):
        rows["death"].append({"person_id": int(person), "date": date.fromisoformat(day)})
    for person, name, day, *value in _lines(events):
        add_event(
            rows, code_lists, int(person), name, date.fromisoformat(day), value=float(value[0]) if value else None
        )
    return write_rows(folder, rows)


def build_small_areas(deciles: Mapping[str, int | None], edition: str = "Invented deprivation 2025") -> pa.Table:
    rows: list[dict[str, Any]] = [
        {
            "small_area": code,
            "place": "HVN",
            "deprivation_decile": decile,
            "deprivation_edition": edition,
            "geography_edition": "Invented areas 2021",
        }
        for code, decile in deciles.items()
    ]
    return pa.Table.from_pylist(rows, schema=SMALL_AREAS)


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines() if line.strip()]
