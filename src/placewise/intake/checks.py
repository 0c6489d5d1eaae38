"""What must hold of every load: run before it is in force, and again at each build, to be shown with the release."""

import numpy as np
import pyarrow.parquet as pq

from placewise.floor.checking import Check, hold
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
    rows = sum(table.rows_in for table in report.tables)
    lost = [table for table in report.tables if table.rows_in != table.rows_kept + sum(table.rejected.values())]
    told = f"All {rows:,} rows that came are kept or set aside with a reason."
    if lost:
        told = (
            f"Of {lost[0].rows_in:,} rows of {lost[0].file}, {lost[0].rows_kept:,} were kept and the rest is not told."
        )
    return hold(ROOM, "rows add up", not lost, told)


def _check_people(warehouse: Warehouse) -> Check:
    people = [
        warehouse.read(shard, "person", ["person_id"])["person_id"].to_numpy() for shard in warehouse.shard_folders
    ]
    everybody = np.concatenate(people)
    sorted_in_shards = all(bool(np.all(np.diff(shard) > 0)) for shard in people)
    once = len(np.unique(everybody)) == len(everybody) == warehouse.report.people
    told = f"{len(everybody):,} people stand once each, whole, in {len(people)} shards."
    return hold(ROOM, "everybody stands in one shard", sorted_in_shards and once, told)


def _check_shards(warehouse: Warehouse) -> Check:
    held = {
        table: sum(pq.read_metadata(shard / f"{table}.parquet").num_rows for shard in warehouse.shard_folders)
        for table in SHARD_TABLES
    }
    short = [table for table in warehouse.report.tables if held.get(table.table, table.rows_kept) != table.rows_kept]
    told = f"The shards hold {sum(held.values()):,} rows, as the report says."
    if short:
        told = (
            f"The shards hold {held[short[0].table]:,} rows of {short[0].table} and the report {short[0].rows_kept:,}."
        )
    return hold(ROOM, "the shards hold every row kept", not short, told)


def _tell_set_aside(report: LoadReport) -> list[Check]:
    checks = []
    for table in report.tables:
        aside = sum(table.rejected.values())
        told = f"{aside:,} of {table.rows_in:,} rows of {table.file} are set aside."
        if aside:
            reasons = "; ".join(f"{rows:,} because {reason}" for reason, rows in table.rejected.items())
            told = f"{told.removesuffix('.')}: {reasons}."
        checks.append(Check(ROOM, f"few rows of {table.table} set aside", aside <= FEW * table.rows_in, told))
    return checks


def _tell_unmapped(report: LoadReport) -> Check:
    rows = sum(sum(codes.values()) for codes in report.unmapped_concepts.values())
    codes = sum(len(codes) for codes in report.unmapped_concepts.values())
    told = (
        f"{rows:,} rows kept have one of {codes:,} codes that no vocabulary here knows."
        if rows
        else "Every code is known."
    )
    return Check(ROOM, "every code is known", not rows, told)
