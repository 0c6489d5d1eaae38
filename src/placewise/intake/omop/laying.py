"""Changes laid over the load that they follow: its shards stay as they are, and each gets a layer of what is new.

The load that comes of it is a folder of its own: what is unchanged are links to the same files, so that either load can
be removed by itself. Layers that grow past MOST_LAYERS or LARGEST_SHARE are merged with what lies under them.
"""

import hashlib
import os
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.door.contract import REPLACED, SEALED_IDENTITY
from placewise.floor.faults import refuse
from placewise.floor.folders import current
from placewise.floor.timeline.layers import (
    REPLACED_FILE,
    Ids,
    Layers,
    find_layers,
    find_placed,
    is_among,
    join_ids,
    name_layer,
)
from placewise.floor.timeline.people import People
from placewise.intake.contract import LoadReport, TableReport
from placewise.intake.omop.shards import find_shards, name_shard
from placewise.intake.omop.source import Source
from placewise.intake.warehouse import Warehouse, read_warehouse

MOST_LAYERS = 12
LARGEST_SHARE = 0.25
"""Rows in layers, of those under them."""
_NEEDED = ("registration", "residence", "small_areas", "replaced")


def find_base(source: Source, parent: Path) -> Warehouse | None:
    """The load in force that changes follow, of those of their purpose; None for a whole extract.

    Raises FaultsFound where the load in force rests on another extract, or the changes cannot be laid over any.
    """
    declared, manifest = source.declaration, source.folder
    since = declared.changes_since
    if since is None:
        if "replaced" in source.files:
            raise refuse(manifest, "it replaces people, and does not say since which extract", "add changes_since")
        return None
    folder = current(parent)
    if folder is None:
        raise refuse(manifest, "it holds changes, and no load is in force to lay them over", "send the whole extract")
    base = read_warehouse(folder)
    if base.report.extract == source.extract:
        return base
    lacking = [table for table in _NEEDED if table not in source.files]
    if lacking or base.report.history_assumed:
        told = f"it lacks {', '.join(lacking)}" if lacking else "the load in force does not say where people were"
        raise refuse(manifest, f"{told}, so changes cannot be laid over it", "send the whole extract")
    if base.report.extract != since:
        fault = f"it holds the changes since extract {since}, and the load in force rests on {base.report.extract}"
        raise refuse(manifest, fault, "send the changes since that one, or the whole extract")
    if declared.extracted_on.isoformat() < base.report.extracted_on:
        raise refuse(manifest, "it is older than the load in force", "send a later one")
    return base


def link_base(base: Warehouse, draft: Path) -> None:
    """What stays of a load: its shards, and the rows that were set aside."""
    for folder in [*base.shard_folders, *base.folder.glob("rejected")]:
        shutil.copytree(folder, draft / folder.name, copy_function=_link)


def lay(
    base: Warehouse, changes: Warehouse, draft: Path, source: Source, database: duckdb.DuckDBPyConnection
) -> LoadReport:
    """Put the changes, received from the source as a load of their own, over the links of the base; the report of both.

    Raises FaultsFound where what is told of somebody contradicts the base, though nobody is told to replace them.
    """
    if not changes.small_areas.equals(base.small_areas):
        raise refuse(source.folder, "its small areas are not those of the load in force", "send the whole extract")
    replaced = _read_replaced(source, database)
    shard_of = find_shards(replaced, base.report.shards)
    _lay_sealed(base, changes, draft, replaced)
    contents, earlier, people = dict(base.report.contents), dict(base.report.earlier_contents), 0
    for number in range(base.report.shards):
        name, here = name_shard(number), replaced[shard_of == number]
        under, over = draft / name, changes.folder / name
        standing = before = Layers.read(find_layers(under))
        if len(here) or pq.read_metadata(over / "person.parquet").num_rows:
            pq.write_table(pa.table([here], schema=REPLACED), over / REPLACED_FILE)
            over.rename(under / name_layer(len(before.folders)))
            standing = Layers.read(find_layers(under))
            named = standing.people[-1]
            _check_same(before.build_people(named.person_id), named, here, source.folder)
            _check_placed(standing.folders[-1], named, before.find_people(), source.folder)
            told = [contents[name], changes.report.contents[name], hashlib.sha256(here.tobytes()).hexdigest()]
            earlier[name] = (*earlier.get(name, ()), contents[name])
            contents[name] = hashlib.sha256("\n".join(told).encode()).hexdigest()
        people += len(standing.find_people())
    for file in ("small_areas.parquet", "organisations.parquet"):
        (changes.folder / file).rename(draft / file)
    if (changes.folder / "rejected").is_dir():
        (draft / "rejected").mkdir(exist_ok=True)
        (changes.folder / "rejected").rename(draft / "rejected" / changes.report.extract)
    return replace(
        changes.report,
        people=people,
        tables=_add_tables(base.report, changes.report),
        unmapped_concepts=_add_unmapped(base.report, changes.report),
        contents=contents,
        earlier_contents=earlier,
        not_loaded=dict(Counter(base.report.not_loaded) + Counter(changes.report.not_loaded)),
        changes=(*base.report.changes, changes.report.extract),
    )


def are_grown(shards: list[Path]) -> bool:
    """Whether the layers of these shards are to be merged."""
    rows = [[_count_rows(layer) for layer in find_layers(shard)] for shard in shards]
    return max(map(len, rows)) > MOST_LAYERS + 1 or sum(sum(each[1:]) for each in rows) > LARGEST_SHARE * sum(
        each[0] for each in rows
    )


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def _read_replaced(source: Source, database: duckdb.DuckDBPyConnection) -> Ids:
    found = database.execute("SELECT DISTINCT TRY_CAST(person_id AS BIGINT) AS person_id FROM raw_replaced ORDER BY 1")
    column = found.to_arrow_table()["person_id"]
    if column.null_count:
        raise refuse(source.folder, "a person_id in replaced is not a whole number", "correct it")
    return np.asarray(column.to_numpy(), np.int64)


def _check_same(before: People, named: People, replaced: Ids, folder: Path) -> None:
    """Who somebody is decides which of their events are kept and where all of them count, so whoever is told otherwise
    is sent wholly, and replaced."""
    stays = is_among(named.person_id, before.person_id) & ~is_among(named.person_id, replaced)
    row = np.searchsorted(before.person_id, named.person_id[stays])
    for name in ("birth", "death", "sex", "ethnicity"):
        if (getattr(named, name)[stays] != getattr(before, name)[row]).any():
            fault = f"somebody in it has another {name} than before, and is not replaced"
            raise refuse(folder, fault, "send all of such people, and name them in replaced")


def _check_placed(layer: Path, named: People, before: Ids, folder: Path) -> None:
    """Where people are comes whole, with their registration; of whom none comes stays where they were."""
    placed = find_placed(named)
    if not is_among(named.person_id, join_ids(before, placed)).all():
        raise refuse(folder, "it does not say where somebody new is registered", "send their registration too")
    for table in ("residence", "observation_period"):
        told = np.unique(pq.read_table(layer / f"{table}.parquet", columns=["person_id"])["person_id"].to_numpy())
        if not is_among(told, placed).all():
            fault = f"it holds the {table} of somebody whose registration it does not hold"
            raise refuse(folder, fault, "send registration, residence and observation_period together, or none of them")


def _lay_sealed(base: Warehouse, changes: Warehouse, draft: Path, replaced: Ids) -> None:
    if not len(base.sealed_identity) + len(changes.sealed_identity):
        pq.write_table(SEALED_IDENTITY.empty_table(), draft / "sealed_identity.parquet")
        return
    named = [changes.read(shard, "person", ["person_id"])["person_id"].to_numpy() for shard in changes.shard_folders]
    told = pa.array(np.concatenate([replaced, *named]))
    held = base.sealed_identity
    sealed = pa.concat_tables([held.filter(pc.invert(pc.is_in(held["person_id"], told))), changes.sealed_identity])
    pq.write_table(sealed.sort_by("person_id").cast(SEALED_IDENTITY), draft / "sealed_identity.parquet")


def _add_tables(base: LoadReport, changes: LoadReport) -> tuple[TableReport, ...]:
    """Every row that came, with either."""
    held = {each.table: each for each in base.tables}
    added = [
        replace(
            each,
            rows_in=each.rows_in + held[each.table].rows_in,
            rows_kept=each.rows_kept + held[each.table].rows_kept,
            rejected=dict(sorted((Counter(each.rejected) + Counter(held[each.table].rejected)).items())),
        )
        if each.table in held
        else each
        for each in changes.tables
    ]
    now = {each.table for each in added}
    return (*added, *(each for each in base.tables if each.table not in now))


def _add_unmapped(base: LoadReport, changes: LoadReport) -> dict[str, dict[str, int]]:
    told = {table: Counter(rows) for table, rows in base.unmapped_concepts.items()}
    for table, rows in changes.unmapped_concepts.items():
        told[table] = told.get(table, Counter()) + Counter(rows)
    return {table: dict(sorted(rows.items())) for table, rows in sorted(told.items())}


def _count_rows(layer: Path) -> int:
    return sum(pq.read_metadata(file).num_rows for file in layer.glob("*.parquet"))
