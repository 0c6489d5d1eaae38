"""What must hold of every load: run when it is built, kept with the release, shown on the page of sources."""

from typing import Any

import pyarrow.parquet as pq

from placewise.floor.faults import refuse
from placewise.intake.contract import SHARD_TABLES, LoadReport
from placewise.intake.warehouse import Warehouse

FEW = 0.01
"""More rejected rows than this share of a table is worth a telephone call to the sender."""


def check_report(report: LoadReport) -> None:
    """Raises FaultsFound unless rows in = rows kept + rows rejected in every table: no row is lost without a word."""
    for table in report.tables:
        aside = sum(table.rejected.values())
        if table.rows_in != table.rows_kept + aside:
            raise refuse(
                table.file,
                f"{table.rows_in} rows came, {table.rows_kept} were kept and {aside} set aside",
                "report this to the authors of Placewise: nothing was loaded",
            )


def find_checks(warehouse: Warehouse) -> list[dict[str, Any]]:
    """What was checked of a load, as rows of room, check, passed and told."""
    report = warehouse.report
    check_report(report)
    rows = [_row("rows add up", True, f"{sum(table.rows_in for table in report.tables):,} rows are all accounted for")]
    for table in report.tables:
        aside = sum(table.rejected.values())
        told = f"{aside:,} of {table.rows_in:,} rows of {table.file} were set aside"
        if aside:
            told += f" ({'; '.join(f'{number:,}: {reason}' for reason, number in table.rejected.items())})"
        rows.append(_row(f"few rows of {table.table} set aside", aside <= FEW * table.rows_in, told))
    for table in report.tables:
        if table.table in SHARD_TABLES:
            held = sum(pq.read_metadata(shard / f"{table.table}.parquet").num_rows for shard in warehouse.shard_folders)
            told = f"{held:,} rows stand in {len(warehouse.shard_folders)} shards"
            rows.append(_row(f"{table.table} is whole", held == table.rows_kept, told))
    unmapped = sum(sum(codes.values()) for codes in report.unmapped_concepts.values())
    rows.append(_row("every code is known", not unmapped, f"{unmapped:,} rows have a code that no code list knows"))
    told = "registration and residence are as the source declares them"
    if report.history_assumed:
        told = "registration and residence are assumed from observation periods and one practice and address a person"
    rows.append(_row("history is declared", not report.history_assumed, told))
    return rows


def _row(check: str, passed: bool, told: str) -> dict[str, Any]:
    return {"room": "intake", "check": check, "passed": passed, "told": told}
