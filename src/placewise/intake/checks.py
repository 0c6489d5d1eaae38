"""What must hold of every load: run before it is in force, and again at each build, to be shown with the release.

A sentence of a check that holds goes to everybody, so it has no number of people or rows: load.json has those.
"""

import numpy as np
import pyarrow.parquet as pq

from placewise.floor.checking import Check, hold
from placewise.floor.timeline.layers import Layers, find_layers
from placewise.intake.contract import SHARD_TABLES, LoadReport
from placewise.intake.warehouse import Warehouse

ROOM = "intake"
FEW = 0.01
"""More rejected rows than this share of a table is worth a telephone call to the sender."""


def check_warehouse(warehouse: Warehouse) -> tuple[Check, ...]:
    """Raises FaultsFound where a row was lost or a person stands twice; what the sender should mend is told."""
    report = warehouse.report
    return (
        check_rows_add_up(report),
        _check_people(warehouse),
        _check_shards(warehouse),
        *_tell_set_aside(report),
        _tell_unmapped(report),
        Check(
            ROOM,
            "history is declared",
            not report.history_assumed,
            "Registration and residence are assumed from observation periods and one practice and address a person."
            if report.history_assumed
            else "Registration and residence are as the source declares them.",
        ),
    )


def check_rows_add_up(report: LoadReport) -> Check:
    """Rows in = rows kept + rows set aside, in every table: no row is lost without a word."""
    lost = [table for table in report.tables if table.rows_in != table.rows_kept + sum(table.rejected.values())]
    told = "Every row that came is kept or set aside with a reason."
    if lost:
        told = (
            f"Of {lost[0].rows_in:,} rows of {lost[0].file}, {lost[0].rows_kept:,} were kept and the rest is not told."
        )
    return hold(ROOM, "rows add up", not lost, told)


def _check_people(warehouse: Warehouse) -> Check:
    people = [Layers.read(find_layers(shard)).find_people() for shard in warehouse.shard_folders]
    everybody = np.sort(np.concatenate(people), kind="stable")  # merges what is sorted already
    sorted_in_shards = all(bool(np.all(np.diff(shard) > 0)) for shard in people)
    once = bool(np.all(np.diff(everybody) > 0)) and len(everybody) == warehouse.report.people
    holds = sorted_in_shards and once
    told = "Everybody stands once, whole, in one shard." if holds else "Somebody is in two shards, twice or not at all."
    return hold(ROOM, "everybody stands in one shard", holds, told)


def _check_shards(warehouse: Warehouse) -> Check:
    held = {
        table: sum(
            pq.read_metadata(layer / f"{table}.parquet").num_rows
            for shard in warehouse.shard_folders
            for layer in find_layers(shard)
        )
        for table in SHARD_TABLES
    }
    short = [table for table in warehouse.report.tables if held.get(table.table, table.rows_kept) != table.rows_kept]
    told = "The shards hold as many rows as the report says."
    if short:
        told = (
            f"The shards hold {held[short[0].table]:,} rows of {short[0].table} and the report {short[0].rows_kept:,}."
        )
    return hold(ROOM, "the shards hold every row kept", not short, told)


def _tell_set_aside(report: LoadReport) -> list[Check]:
    checks = []
    for table in report.tables:
        aside = sum(table.rejected.values())
        few = aside <= FEW * table.rows_in
        how_many = ("Few" if few else "Too many") if aside else "No"
        told = f"{how_many} rows of the table {table.table} are set aside{', each with its reason' if aside else ''}."
        checks.append(Check(ROOM, f"few rows of {table.table} set aside", few, told))
    return checks


def _tell_unmapped(report: LoadReport) -> Check:
    tables = ", ".join(sorted(report.unmapped_concepts))
    told = f"Rows of {tables} have codes that no vocabulary here knows." if tables else "Every code is known."
    return Check(ROOM, "every code is known", not tables, told)
