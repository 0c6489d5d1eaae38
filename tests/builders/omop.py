"""A small pseudonymised OMOP folder, as CSV or Parquet, that tests can spoil in one place at a time."""

import csv
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from builders.records import make_declaration
from placewise.door.contract import Declaration
from placewise.floor.vocabulary.organisations import Hierarchy, Organisation

Rows = list[dict[str, object]]
PURPOSE = "population_health_planning"


def make_hierarchy() -> Hierarchy:
    """One system, one place, practices P1 and P2 in it, and P3 that somebody forgot to place."""
    rows = [("SYS", "system", ""), ("PLACE", "place", "SYS"), ("P1", "practice", "PLACE"), ("P2", "practice", "PLACE"),
            ("P3", "practice", "")]  # fmt: skip
    organisations = {
        code: Organisation(
            code=code, name=code, kind=level, level=level, parent=parent, open_from=None, open_to=None, synthetic=True,
            source="invented",
        )
        for code, level, parent in rows
    }  # fmt: skip
    return Hierarchy(("system", "place", "practice"), organisations)


def make_plain_declaration(**changes: object) -> Declaration:
    return replace(make_declaration(PURPOSE, opt_outs_applied=("type_1", "national")), **changes)  # type: ignore[arg-type]


def make_tables() -> dict[str, Rows]:
    """Three people, each with a practice, an observation period, a diagnosis and a reading."""
    people = (1, 2, 3)
    return {
        "person": [
            {"person_id": key, "gender_concept_id": 8507, "year_of_birth": 1950 + key, "month_of_birth": key,
             "race_concept_id": 8527}
            for key in people
        ],
        "observation_period": [
            {"observation_period_id": key, "person_id": key, "observation_period_start_date": date(2010, 1, 1),
             "observation_period_end_date": date(2026, 4, 1)}
            for key in people
        ],
        "registration": [
            {"person_id": key, "practice": "P1", "start_date": date(2012, 1, 1), "end_date": None} for key in people
        ],
        "condition_occurrence": [
            {"condition_occurrence_id": key, "person_id": key, "condition_concept_id": 316866,
             "condition_start_date": date(2018, 2, key), "condition_source_value": "59621000"}
            for key in people
        ],
        "measurement": [
            {"measurement_id": key, "person_id": key, "measurement_concept_id": 3004249,
             "measurement_date": date(2020, 5, key), "value_as_number": 140.5, "unit_concept_id": 8876}
            for key in people
        ],
    }  # fmt: skip


def write_tables(folder: Path, tables: Mapping[str, Sequence[Mapping[str, object]]], suffix: str = ".parquet") -> Path:
    """FOLDER/TABLE + suffix (.parquet, .csv or .csv.gz) for each table."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        path = folder / f"{table}{suffix}"
        if suffix == ".parquet":
            pq.write_table(pa.Table.from_pylist(list(rows)), path)
            continue
        with gzip.open(path, "wt", newline="") if suffix.endswith("gz") else path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder
