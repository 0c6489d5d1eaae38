"""What has changed since an earlier extract: people whose record grew are told by the new rows, others wholly.

Somebody is replaced, and all of them sent, where a row sent before is no longer there or another, where it is told
otherwise who they are, where they are new or gone, and where a row told of a day after the earlier extract, which
intake did not take as it stood. Of everybody else come who they are and their new events, and where they are if they
have moved.
"""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow.parquet as pq

from placewise.door.contract import DECLARATION_FILE, Declaration, name_extract
from placewise.door.declaration import parse_declaration
from placewise.floor.database import open_database, quoted
from placewise.floor.faults import refuse
from placewise.floor.folders import file_hash, read_json, whole_folder, write_json

_SUPPLY = "drug_exposure_end_date"
"""Which may lie a year after the extract."""
_EVENTS = {
    "condition_occurrence": ("condition_start_date",),
    "procedure_occurrence": ("procedure_date",),
    "visit_occurrence": ("visit_start_date", "visit_end_date"),
    "drug_exposure": ("drug_exposure_start_date", _SUPPLY),
    "measurement": ("measurement_date",),
    "observation": ("observation_date",),
}
"""The tables of which new rows alone are sent, and the days in them that may not lie after the extract they came in."""
_WHO = ("person", "death")
_WHERE = ("registration", "residence", "observation_period")
_SEALED = "sealed_identity"
_COMPARED = {
    "observation_period": "person_id, observation_period_start_date",
    _SEALED: "person_id, practice, key_id",
}
"""The columns that tell something new where they differ: a period's end moves with every extract, and no number is
sealed the same twice."""


def make_changes(extract: Path, earlier: Path, changes: Path) -> None:
    """Write CHANGES: what leads from an earlier whole extract to a later one. Raises FaultsFound where they are not of
    one purpose, of the same columns or of the same small areas, since then the later one is to be sent whole."""
    (before, declared_then, since), (_, declared, until) = _read_manifest(earlier), _read_manifest(extract)
    if declared_then.purpose != declared.purpose:
        told = f"it was made for {declared_then.purpose}"
        raise refuse(before, told, f"give one that was made for {declared.purpose}")
    if not (declared.declares_practices and declared_then.declares_practices):
        raise refuse(before, "it declares no practices", "send the later extract whole")
    _check_tables(extract, earlier)
    with whole_folder(changes) as draft, TemporaryDirectory(dir=draft) as scratch:
        with open_database(Path(scratch)) as database:
            _write_changes(draft, extract, earlier, declared_then.extracted_on, database)
        tables = {
            path.stem: {"file": path.name, "rows": pq.read_metadata(path).num_rows, "sha256": file_hash(path)}
            for path in sorted(draft.glob("*.parquet"))
        }
        told = read_json(extract / DECLARATION_FILE) | {"changes_since": since, "changes_until": until}
        write_json(draft / DECLARATION_FILE, told | {"tables": tables})


def _read_manifest(extract: Path) -> tuple[Path, Declaration, str]:
    """The manifest of a whole extract, what it declares, and the extract's name."""
    manifest = extract / DECLARATION_FILE
    if not manifest.is_file():
        raise refuse(extract, "there is no extract", "give the folder of an extract that was kept")
    told = read_json(manifest)
    declaration = parse_declaration(told, manifest)
    if declaration.changes_since:
        raise refuse(manifest, "it holds changes only", "give the whole extract of that day, which stayed here")
    return manifest, declaration, name_extract({table: each["sha256"] for table, each in told["tables"].items()})


def _write_changes(
    draft: Path, extract: Path, earlier: Path, extracted_on: date, database: duckdb.DuckDBPyConnection
) -> None:
    for place, folder in (("now", extract), ("then", earlier)):
        for path in folder.glob("*.parquet"):
            database.execute(f"CREATE VIEW {place}_{path.stem} AS FROM read_parquet({quoted(path)})")
    sealed = [table for table in (_SEALED,) if (extract / f"{table}.parquet").is_file()]
    for table in (*_WHO, *_WHERE, *sealed, *_EVENTS):
        told = _COMPARED.get(table, "*")
        now, then = (f"SELECT {told} FROM {place}_{table}" for place in ("now", "then"))
        database.execute(f"CREATE TABLE added_{table} AS {now} EXCEPT {then}")
        database.execute(f"CREATE TABLE gone_{table} AS {then} EXCEPT {now}")
    found = [f"SELECT person_id FROM gone_{table}" for table in (*_WHO, *_EVENTS)]
    found += [f"SELECT person_id FROM added_{table}" for table in _WHO]
    found += _find_future(earlier, extracted_on)
    found.append("SELECT person_id FROM now_person ANTI JOIN then_registration USING (person_id)")
    found.append("SELECT person_id FROM then_registration ANTI JOIN now_registration USING (person_id)")
    found.append(f"SELECT person_id FROM then_person WHERE year_of_birth >= {extracted_on.year}")
    database.execute(f"CREATE TABLE replaced AS SELECT DISTINCT person_id FROM ({' UNION ALL '.join(found)})")
    placed = [
        "FROM replaced",
        *(f"SELECT person_id FROM {how}_{table}" for how in ("added", "gone") for table in _WHERE),
    ]
    for table in ("registration", "residence"):
        placed.append(
            f"SELECT person_id FROM then_{table} WHERE greatest(start_date, end_date) > DATE '{extracted_on}'"
        )
    database.execute(f"CREATE TABLE placed AS SELECT DISTINCT person_id FROM ({' UNION ALL '.join(placed)})")
    named = ["FROM placed", *(f"SELECT person_id FROM added_{table}" for table in (*sealed, *_EVENTS))]
    named += [f"SELECT person_id FROM gone_{table}" for table in sealed]
    database.execute(f"CREATE TABLE named AS SELECT DISTINCT person_id FROM ({' UNION ALL '.join(named)})")
    queries = {table: f"SELECT * FROM now_{table} SEMI JOIN placed USING (person_id)" for table in _WHERE}
    queries |= {table: f"SELECT * FROM now_{table} SEMI JOIN named USING (person_id)" for table in (*_WHO, *sealed)}
    queries |= {
        table: f"SELECT * FROM now_{table} SEMI JOIN replaced USING (person_id)"
        f" UNION ALL SELECT * FROM added_{table} ANTI JOIN replaced USING (person_id)"
        for table in _EVENTS
    }
    for table, query in (queries | {"replaced": "FROM replaced ORDER BY person_id"}).items():
        database.execute(f"COPY ({query}) TO {quoted(draft / f'{table}.parquet')} (FORMAT parquet)")
    shutil.copy2(extract / "small_areas.parquet", draft)


def _find_future(earlier: Path, extracted_on: date) -> Iterator[str]:
    """The SQL of who had an event that intake then set aside, or kept otherwise, as it lay after the extract."""
    for table, days in _EVENTS.items():
        for day in days:
            if day in pq.read_schema(earlier / f"{table}.parquet").names:
                latest = extracted_on + (timedelta(days=366) if day == _SUPPLY else timedelta())
                yield f"SELECT person_id FROM then_{table} WHERE {day} > DATE '{latest}'"


def _check_tables(extract: Path, earlier: Path) -> None:
    for path in sorted(extract.glob("*.parquet")):
        other = earlier / path.name
        if not other.is_file() or pq.read_schema(other).names != pq.read_schema(path).names:
            raise refuse(other, "it has not the columns of the later one", "send the later extract whole")
    small_areas = [file_hash(each / "small_areas.parquet") for each in (extract, earlier)]
    if small_areas[0] != small_areas[1]:
        raise refuse(earlier, "its small areas are not those of the later one", "send the later extract whole")
