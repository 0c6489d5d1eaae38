"""A new month: what a source sends of it as changes, received and counted, against everything sent and counted anew.

What comes as changes: the events of the month; one in fifty of those of the three months before, which came late; one
person in two hundred of whom a value was corrected, whoever moved, was born or died in it.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.asked import read_all, read_benchmark_deployment
from bench.extract import declare, prepare, write_extract
from bench.measuring import TIMES, find_middle, measure
from bench.rows import Findings, Row, Run
from bench.setting import Setting
from bench.suite import count_suite, count_suite_again, count_suite_before
from placewise.door.changes import make_changes
from placewise.door.contract import DECLARATION_FILE
from placewise.floor.folders import file_hash, write_json
from placewise.intake.omop.tables import DEATH, EVENTS, PERIODS, REGISTRATION, RESIDENCE
from placewise.synthetic.chance import stream

LATE, LATE_DAYS, CORRECTED = 0.02, 92, 0.005
_MIDDLE = f"the middle of {TIMES} times"
_EARLIER_PRESSURE = "value_as_number"


def run(setting: Setting) -> Findings:
    whole, earlier, changes = (setting.folder / name for name in ("whole", "earlier", "changes"))
    last, before = (read_benchmark_deployment().window.earlier(months).month_ends[-1] for months in (0, 1))
    write_extract(setting.warehouse, whole)
    _write_earlier(whole, earlier, before, setting.seed)
    _write_manifest(whole, last)
    _write_manifest(earlier, before)
    make_changes(whole, earlier, changes)
    store, kept = setting.folder / "store", setting.folder / "kept"
    prepare(str(earlier), str(store))
    measure(count_suite_before, str(store), str(kept))
    shutil.rmtree(earlier)
    laid, counted = [], []
    for turn in range(TIMES):
        again = setting.folder / f"again_{turn}"
        for each in (store, kept):
            # Links do: nothing in them is ever written in place.
            shutil.copytree(each, again / each.name, symlinks=True, copy_function=os.link)
        laid.append(measure(prepare, str(changes), str(again / store.name), ready=read_all))
        counted.append(measure(count_suite_again, *(str(again / each.name) for each in (store, kept)), ready=read_all))
        shutil.rmtree(again)
    received = measure(prepare, str(whole), str(setting.folder / "fresh"), ready=read_all)
    anew = measure(count_suite, str(setting.folder / "fresh"), ready=read_all)
    if any(each.result != anew.result for each in counted):
        raise SystemExit("Changes do not give the cube that everything sent anew gives.")
    of_changes = find_middle(laid), find_middle(counted)
    share = sum(each.processor for each in of_changes) / (received.processor + anew.processor)
    rows = [sum(pq.read_metadata(file).num_rows for file in folder.glob("*.parquet")) for folder in (changes, whole)]
    told = f"{rows[0]:,} rows of {rows[1]:,}"
    return Findings(
        (
            Row(
                name="New month, received as changes and counted: processor of a full build",
                figure=100 * share,
                unit="%",
                goal=20,
            ),
        ),
        (
            Run(name="New month: changes received", measured=of_changes[0], told=f"{told}; {_MIDDLE}"),
            Run(
                name="New month: whole suite counted",
                measured=of_changes[1],
                told=f"the same cube as everything anew; {_MIDDLE}",
            ),
            Run(name="New month: everything received", measured=received),
            Run(name="New month: whole suite counted anew", measured=anew),
        ),
    )


def _write_earlier(whole: Path, folder: Path, day: date, seed: int) -> None:
    """What would have been sent a month before."""
    folder.mkdir()
    person = pq.read_table(whole / "person.parquet")
    registration = pq.read_table(whole / "registration.parquet")
    known = registration.filter(pc.field("start_date") <= day)["person_id"].combine_chunks()
    shutil.copy2(whole / "small_areas.parquet", folder)
    pq.write_table(person.filter(pc.is_in(person["person_id"], known)), folder / "person.parquet")
    for received in (REGISTRATION, RESIDENCE, PERIODS):
        start, end = (each.source for each in received.columns if each.name in ("start_date", "end_date"))
        rows = pq.read_table(whole / f"{received.source}.parquet").filter(pc.field(start) <= day)
        still = pa.scalar(day if received is PERIODS else None, pa.date32())
        ends = pc.if_else(pc.fill_null(pc.greater(rows[end], day), False), still, rows[end])
        rows = rows.set_column(rows.schema.get_field_index(end), end, ends)
        pq.write_table(rows.filter(pc.is_in(rows["person_id"], known)), folder / f"{received.source}.parquet")
    for received in (DEATH, *EVENTS):
        on = next(each.source for each in received.columns if each.name == "date")
        chance = stream(seed, "sent earlier", EVENTS.index(received) if received in EVENTS else len(EVENTS))
        _filter(
            whole, folder, received.source, lambda rows, on=on, chance=chance: _as_known(rows, on, day, known, chance)
        )


def _filter(whole: Path, folder: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    source = pq.ParquetFile(whole / f"{table}.parquet")
    with pq.ParquetWriter(folder / f"{table}.parquet", source.schema_arrow, compression="zstd") as writer:
        for group in range(source.num_row_groups):
            writer.write_table(change(source.read_row_group(group)))


def _as_known(rows: pa.Table, on: str, day: date, known: pa.Array, chance: np.random.Generator) -> pa.Table:
    """The rows that had come in by a day, some of which were corrected since."""
    days = rows[on].cast(pa.int32()).to_numpy()
    last = (day - date(1970, 1, 1)).days
    late = (days > last - LATE_DAYS) & (chance.random(len(rows)) < LATE) & (on != "death_date")
    if _EARLIER_PRESSURE in rows.column_names and "measurement_concept_id" in rows.column_names:
        # a few rows of few people, so that one person in two hundred is sent wholly
        person = rows["person_id"].to_numpy()
        wrong = (person % round(1 / CORRECTED) == 0) & (chance.random(len(rows)) < 0.05)
        value = pc.if_else(pa.array(wrong), pc.add(rows[_EARLIER_PRESSURE], 1.0), rows[_EARLIER_PRESSURE])
        rows = rows.set_column(rows.schema.get_field_index(_EARLIER_PRESSURE), _EARLIER_PRESSURE, value)
    kept = pc.and_(pa.array((days <= last) & ~late), pc.is_in(rows["person_id"], known))
    return rows.filter(kept)


def _write_manifest(extract: Path, day: date) -> None:
    tables = {
        path.stem: {"file": path.name, "rows": pq.read_metadata(path).num_rows, "sha256": file_hash(path)}
        for path in sorted(extract.glob("*.parquet"))
    }
    write_json(extract / DECLARATION_FILE, {**asdict(declare(day)), "tables": tables})
