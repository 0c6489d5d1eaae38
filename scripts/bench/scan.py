"""The unit of all ratios: read and hash every column that the suite needs, once, with DuckDB on every core."""

from pathlib import Path

import duckdb

from bench.measuring import TIMES, Measured, find_middle, measure
from placewise.floor.database import quoted

NEEDED = {
    "person": ("person_id", "birth_year", "birth_month", "sex", "ethnicity"),
    "registration": ("person_id", "practice", "start_date", "end_date"),
    "residence": ("person_id", "small_area", "start_date", "end_date"),
    "death": ("person_id", "date"),
    "condition": ("person_id", "concept_id", "date"),
    "procedure": ("person_id", "concept_id", "date"),
    "visit": ("person_id", "concept_id", "date", "end_date"),
    "drug": ("person_id", "concept_id", "date", "end_date"),
    "measurement": ("person_id", "concept_id", "date", "value", "unit_concept_id"),
    "observation": ("person_id", "concept_id", "date", "value", "unit_concept_id"),
}


def measure_scan(load: Path) -> Measured:
    """The middle one of a few scans, so that no ratio hangs on what one scan happened to take."""
    return find_middle([measure(scan, str(load)) for _ in range(TIMES)])


def scan(load: str) -> dict[str, list[int]]:
    """Table -> its rows, and a hash of them all in whatever order they stand."""
    database, found = duckdb.connect(), {}
    for table, columns in NEEDED.items():
        files = quoted(Path(load) / "shard=*" / f"{table}.parquet")
        asked = f"SELECT count(*), bit_xor(hash({', '.join(columns)})) FROM read_parquet({files})"
        found[table] = list(database.execute(asked).fetchall()[0])
    return found
