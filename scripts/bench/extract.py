"""The invented load as somebody would send it: OMOP tables in whole files, in the order of days and not of people."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.asked import read_benchmark_code_lists, read_benchmark_definitions, read_benchmark_deployment
from placewise.door.contract import Declaration
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP, OMOP_SEX
from placewise.intake.omop.build import load_warehouse
from placewise.intake.omop.tables import DEATH, EVENTS, PERIODS, REGISTRATION, RESIDENCE, Received
from placewise.intake.warehouse import Warehouse, open_warehouse
from placewise.pipeline import PLANNING

EXTRACT = "extract"


def write_extract(warehouse: Warehouse, folder: Path) -> None:
    """Write the load's tables into a new folder."""
    folder.mkdir(parents=True)
    pq.write_table(warehouse.small_areas, folder / "small_areas.parquet")
    _write(folder / "person.parquet", (_as_omop(warehouse.read(each, "person")) for each in warehouse.shard_folders))
    for received in (PERIODS, DEATH, REGISTRATION, RESIDENCE, *EVENTS):
        _write(folder / f"{received.source}.parquet", _iter_parts(warehouse, received))


def prepare(extract: str, store: str) -> str:
    """Load an extract into a new store, as `placewise intake` does; the folder of the load."""
    deployment, code_lists = read_benchmark_deployment(), read_benchmark_code_lists()
    known = frozenset(concept for each in code_lists.values() for concept in each.concept_ids)
    load_warehouse(
        Path(extract),
        Path(store),
        declaration=declare(deployment.window.month_ends[-1]),
        hierarchy=deployment.hierarchy,
        known_concepts=known,
        prepared=read_benchmark_definitions().lists,
    )
    return str(open_warehouse(Path(store), PLANNING).folder)


def declare(day: date) -> Declaration:
    """An extract of that day; the invented load's is the last of the window."""
    return Declaration(
        source="benchmark",
        purpose=PLANNING,
        legal_basis="invented people",
        controller="the benchmark",
        retention_until=day.replace(year=day.year + 100),
        cdm_version="5.4",
        extracted_on=day,
        declares_practices=True,
        synthetic=True,
        opt_outs_applied=("type_1", "national"),
    )


def _write(path: Path, parts: Iterable[pa.Table]) -> None:
    writer = None
    for part in parts:
        writer = writer or pq.ParquetWriter(path, part.schema, compression="zstd")
        writer.write_table(part)
    if writer:
        writer.close()


def _iter_parts(warehouse: Warehouse, received: Received) -> Iterator[pa.Table]:
    names = {each.name: each.source for each in received.columns}
    day = next(name for name in ("date", "start_date") if name in names)
    for shard in warehouse.shard_folders:
        part = warehouse.read(shard, received.table)
        by_day = np.argsort(part[day].cast(pa.int32()).to_numpy(), kind="stable")
        yield part.take(by_day).select(list(names)).rename_columns(list(names.values()))


def _as_omop(person: pa.Table) -> pa.Table:
    sexes = {sex: concept for concept, sex in OMOP_SEX.items()}
    categories = {group: category for category, group in reversed(ETHNIC_CATEGORY_GROUP.items())}
    return pa.table(
        {
            "person_id": person["person_id"],
            "gender_concept_id": [sexes.get(sex, 0) for sex in person["sex"].to_pylist()],
            "year_of_birth": person["birth_year"].cast(pa.int32()),
            "month_of_birth": person["birth_month"].cast(pa.int32()),
            "race_concept_id": pa.array(np.zeros(len(person), np.int32)),
            "race_source_value": [categories[group] for group in person["ethnicity"].to_pylist()],
        }
    )
