"""A tiny shard folder from small text tables, as tests write them.

people: "1 1950-03 female"                     person, birth month, sex (optional)
registered: "1 2019-01-01 2024-05-31"          person, first day, last day (optional)
died: "1 2024-06-02"
events: "1 af_codes 2023-04-05"                person, code list or concept id, day
        "1 systolic 2023-04-05 142"            ... and value
        "1 anticoagulants 2023-04-05 to 2023-05-02"   ... and a medicine's last day
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.timeline.dated import ENDED
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.intake.contract import SHARD_TABLES

PRACTICE_CODE = "P1"
Rows = dict[str, list[dict[str, Any]]]


def write_shard(
    folder: Path,
    code_lists: Mapping[str, CodeList],
    *,
    people: str,
    events: str = "",
    registered: str = "",
    died: str = "",
) -> Path:
    """Write the tables into a new folder and return it. A person with no line in `registered` always was registered."""
    rows: Rows = {table: [] for table in SHARD_TABLES}
    for words in _lines(people):
        add_person(rows, int(words[0]), words[1], words[2] if len(words) > 2 else "female")
    for words in _lines(registered):
        end = date.fromisoformat(words[2]) if len(words) > 2 else None
        add_registration(rows, int(words[0]), date.fromisoformat(words[1]), end)
    known = {row["person_id"] for row in rows["registration"]}
    for person in rows["person"]:
        if person["person_id"] not in known:
            add_registration(rows, person["person_id"], date(1900, 1, 1), None)
    for words in _lines(died):
        rows["death"].append({"person_id": int(words[0]), "date": date.fromisoformat(words[1])})
    for words in _lines(events):
        end = date.fromisoformat(words[4]) if "to" in words else None
        value = float(words[3]) if len(words) == 4 else None
        add_event(rows, code_lists, int(words[0]), words[1], date.fromisoformat(words[2]), value=value, end=end)
    return write_rows(folder, rows)


def add_person(rows: Rows, person: int, birth: str, sex: str) -> None:
    year, month = birth.split("-")
    rows["person"].append(
        {
            "person_id": person,
            "birth_year": int(year),
            "birth_month": int(month),
            "sex": sex,
            "ethnicity": "not_recorded",
        }
    )


def add_registration(rows: Rows, person: int, start: date, end: date | None) -> None:
    rows["registration"].append({"person_id": person, "practice": PRACTICE_CODE, "start_date": start, "end_date": end})


def add_event(
    rows: Rows,
    code_lists: Mapping[str, CodeList],
    person: int,
    code_list: str,
    day: date,
    *,
    value: float | None = None,
    unit_concept: int = 0,
    end: date | None = None,
) -> None:
    """Add an event with the first concept of a code list. unit_concept: 0 where no unit is recorded."""
    concept = code_lists[code_list].concept_ids[0]
    row: dict[str, Any] = {"person_id": person, "concept_id": concept, "date": day}
    table = code_lists[code_list].domain
    if table in ENDED:
        row["end_date"] = end or day
    if table in ("measurement", "observation"):
        row |= {"value": value, "unit_concept_id": unit_concept}
    rows[table].append(row)


def write_rows(folder: Path, rows: Rows) -> Path:
    """Write every table of a shard, sorted as intake sorts it."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, schema in SHARD_TABLES.items():
        keys = [name for name in ("person_id", "date", "start_date", "concept_id") if name in schema.names]
        ordered = sorted(rows.get(table, []), key=lambda row: tuple(row[key] for key in keys))
        pq.write_table(pa.Table.from_pylist(ordered, schema=schema), folder / f"{table}.parquet")
    return folder


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines() if line.strip()]
