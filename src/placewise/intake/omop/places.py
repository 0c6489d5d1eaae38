"""Practices and small areas held against what the deployment and the source declare."""

from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.door.contract import SMALL_AREAS
from placewise.floor.faults import Fault, FaultsFound, refuse
from placewise.floor.vocabulary.organisations import Hierarchy, Organisation
from placewise.intake.omop.source import Source


def check_practices(database: duckdb.DuckDBPyConnection, source: Source, hierarchy: Hierarchy | None) -> None:
    """Raises FaultsFound for each practice of the table `registered` that has no place in the hierarchy.

    Nothing can be loaded then: its patients would be missing from every place and from the system.
    """
    if hierarchy is None or not source.declaration.declares_practices:
        return
    file = source.files.get("registration") or source.files["person"]
    people = database.execute("SELECT practice, count(DISTINCT person_id) FROM registered GROUP BY ALL ORDER BY ALL")
    faults = []
    for practice, registered in people.fetchall():
        chain = hierarchy.chains.get(practice, {})
        lacking = [level for level in hierarchy.levels if level not in chain]
        if chain and lacking:
            fault = f"practice {practice} ({registered:,} people) belongs to no {' and no '.join(lacking)}"
            faults.append(Fault(str(file.path), None, fault, "give it its parent in the deployment's organisations"))
        elif lacking:
            fault = f"practice {practice} ({registered:,} people) is not in the deployment"
            faults.append(Fault(str(file.path), None, fault, "add it to the deployment's organisations"))
    if faults:
        raise FaultsFound(faults)


def read_small_areas(database: duckdb.DuckDBPyConnection, source: Source) -> pa.Table:
    """The source's small areas as SMALL_AREAS, and as the table `small_areas`; none where it sends none."""
    rows = SMALL_AREAS.empty_table()
    if "small_areas" in source.files:
        path = source.files["small_areas"].path
        rows = database.execute(
            "SELECT small_area, place, TRY_CAST(deprivation_decile AS TINYINT) AS deprivation_decile,"
            " deprivation_edition, geography_edition FROM raw_small_areas ORDER BY small_area"
        ).to_arrow_table()
        codes = rows["small_area"].to_pylist()
        twice = next((code for code, following in pairwise(codes) if code == following), None)
        if twice:
            raise refuse(path, f"small area {twice} stands there twice", "leave one row for each")
        for code, decile in zip(codes, rows["deprivation_decile"].to_pylist(), strict=True):
            if decile is not None and not 1 <= decile <= 10:
                raise refuse(path, f"small area {code} has a decile outside 1 to 10", "correct it")
        try:
            rows = rows.cast(SMALL_AREAS)
        except (pa.ArrowInvalid, ValueError):
            raise refuse(path, "a small area lacks its code, place or edition", "fill in every column") from None
    database.register("small_area_codes", rows.select(["small_area"]))
    database.execute("CREATE TEMP TABLE small_areas AS FROM small_area_codes")
    return rows


def write_organisations(draft: Path, hierarchy: Hierarchy | None) -> None:
    """organisations.parquet: who was under whom on the day of the load, so that it can be read alone later."""
    dates = {"open_from", "open_to"}
    schema = pa.schema(
        [
            (each.name, pa.date32() if each.name in dates else pa.bool_() if each.name == "synthetic" else pa.string())
            for each in fields(Organisation)
        ]
    )
    rows = [each.as_row() for each in hierarchy.organisations.values()] if hierarchy else []
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), draft / "organisations.parquet")
