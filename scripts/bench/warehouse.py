"""Invents a prepared load of any size, shard by shard, in the layout that intake hands on."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.asked import FOLDER, read_benchmark_code_lists, read_benchmark_definitions, read_benchmark_deployment
from bench.events import EventDrawer
from bench.people import Invented, ShardPeople, build_people_tables, invent_people, take_shard
from bench.volumes import read_volumes
from placewise.door.contract import SEALED_IDENTITY
from placewise.floor.folders import point_to, whole_folder, write_json
from placewise.floor.timeline.prepared import prepare_shard
from placewise.intake.contract import LOAD_FILE, SHARD_TABLES, WAREHOUSE, LoadReport, TableReport
from placewise.intake.omop.places import write_organisations
from placewise.intake.omop.shards import count_shards, find_shards, name_shard
from placewise.intake.warehouse import Warehouse, open_warehouse
from placewise.pipeline import PLANNING
from placewise.synthetic.chance import stream

EVENT_TABLES = ("condition", "procedure", "visit", "drug", "measurement", "observation")
LOAD = "benchmark"
PROCESSES = 2


def invent_warehouse(folder: str, people: int, seed: int) -> int:
    """Put a load of `people` registered people into a new store, in force; the same for the same people and seed.

    Returns how many events it has.
    """
    store = Path(folder)
    deployment = read_benchmark_deployment()
    invented, small_areas = invent_people(deployment, read_benchmark_code_lists(), people, seed)
    shards = count_shards(people)
    parent = store / WAREHOUSE / PLANNING
    of = find_shards(np.arange(1, len(invented.people) + 1), shards)
    with whole_folder(parent / LOAD) as draft:
        pq.write_table(small_areas, draft / "small_areas.parquet")
        pq.write_table(SEALED_IDENTITY.empty_table(), draft / "sealed_identity.parquet")
        write_organisations(draft, deployment.hierarchy)
        cohorts = (take_shard(invented, np.flatnonzero(of == k), stream(seed, "onset", k)) for k in range(shards))
        shared = replace(invented, people=invented.people.take(slice(0)), on_register={})
        rows = _write_shards(draft, cohorts, shared, seed)
        report = _report(len(invented.people), shards, rows, invented.last_day)
        contents = {name_shard(k): f"{people} people, seed {seed}, shard {k}" for k in range(shards)}
        write_json(draft / LOAD_FILE, asdict(replace(report, contents=contents)))
    point_to(parent, LOAD)
    return sum(each[table] for each in rows for table in EVENT_TABLES)


def open_invented(store: Path) -> Warehouse:
    return open_warehouse(store, PLANNING)


def take_shards(warehouse: Warehouse, store: Path, share: float) -> Warehouse:
    """A load of some of the shards, by links, in a store of its own: what a smaller system would be."""
    parent = store / WAREHOUSE / PLANNING
    some = warehouse.shard_folders[: max(1, round(share * len(warehouse.shard_folders)))]
    counted = [_count_rows(shard) for shard in some]
    rows = {table: sum(each[table] for each in counted) for table in counted[0]}
    contents = {each.name: warehouse.report.contents[each.name] for each in some}
    with whole_folder(parent / LOAD) as draft:
        for file in warehouse.folder.glob("*.parquet"):
            (draft / file.name).symlink_to(file)
        for shard in some:
            (draft / shard.name).symlink_to(shard)
        tables = tuple(
            replace(each, rows_in=rows[each.table], rows_kept=rows[each.table]) for each in warehouse.report.tables
        )
        report = replace(warehouse.report, people=rows["person"], shards=len(some), tables=tables, contents=contents)
        write_json(draft / LOAD_FILE, asdict(report))
    point_to(parent, LOAD)
    return open_invented(store)


def _write_shards(draft: Path, cohorts: Iterable[ShardPeople], shared: Invented, seed: int) -> list[dict[str, int]]:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as workers:
        return list(workers.map(partial(_write_shard, draft, shared, seed), range(10_000), cohorts))


def _write_shard(draft: Path, shared: Invented, seed: int, number: int, shard: ShardPeople) -> dict[str, int]:
    volumes, code_lists = read_volumes(FOLDER / "volumes.csv"), read_benchmark_code_lists()
    drawer = EventDrawer(volumes, code_lists, shard, shared.last_day, stream(seed, "events", number))
    folder = draft / name_shard(number)
    folder.mkdir()
    tables = build_people_tables(shard, shared)
    for name, schema in SHARD_TABLES.items():
        table = tables[name] if name in tables else drawer.build(name)
        pq.write_table(_in_schema(table, schema), folder / f"{name}.parquet", compression="zstd")
    prepare_shard(folder, read_benchmark_definitions().lists)
    return _count_rows(folder)


def _in_schema(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Days since 1970 become dates; everything else has its type already."""
    columns = [
        table[field.name].combine_chunks().view(pa.date32()) if pa.types.is_date32(field.type) else table[field.name]
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _count_rows(shard: Path) -> dict[str, int]:
    return {table: pq.read_metadata(shard / f"{table}.parquet").num_rows for table in SHARD_TABLES}


def _report(people: int, shards: int, rows: list[dict[str, int]], last_day: int) -> LoadReport:
    day = date(1970, 1, 1) + timedelta(days=last_day)
    totals: dict[str, int] = {table: sum(each[table] for each in rows) for table in SHARD_TABLES}
    return LoadReport(
        load=LOAD,
        source="benchmark",
        purpose=PLANNING,
        legal_basis="invented people",
        controller="the benchmark",
        retention_until=(max(day, date.today()) + timedelta(days=730)).isoformat(),
        cdm_version="5.4",
        extracted_on=day.isoformat(),
        declares_practices=True,
        synthetic=True,
        people=people,
        shards=shards,
        history_assumed=False,
        tables=tuple(
            TableReport(table=table, file=f"{table}.parquet", sha256="", rows_in=total, rows_kept=total)
            for table, total in totals.items()
        ),
        unmapped_concepts={},
    )
