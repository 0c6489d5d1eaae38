"""Each row of a table looked at once: kept in its shard, or set aside with the first reason that holds.

The order of reasons: not of its type; exactly a repeat; of nobody; out of time; before birth or after death.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import duckdb

from placewise.floor.database import quoted
from placewise.intake.omop.tables import BIGINT, DATE, DOUBLE, EARLIEST_YEAR, INTEGER, Kept, Received

REPEATED = "the row repeats an earlier one exactly"
OF_NOBODY = "the person is not in the table person, or was set aside there"
OF_NOWHERE = "the small area is not in the table small_areas"
_NOT_OF_TYPE = {
    INTEGER: "is not a whole number",
    BIGINT: "is not a whole number",
    DOUBLE: "is not a number",
    DATE: "is not a date",
}
_OF_PERSON = ("people.born", "people.died")
TYPE_FAULTS = tuple(set(_NOT_OF_TYPE.values()))


def build_checked(
    received: Received,
    view: str,
    types: Mapping[str, str],
    extracted_on: date,
    repeats: str | None = None,
) -> str:
    """The SQL of a table's rows: row_number, shard, the columns the warehouse keeps, and reason (null: kept).

    view, types: the rows as they came, and the SQL type of each of their columns. It joins the table `people`
    (person_id, shard, born, died), the table of repeated row numbers if there is one, and residence to `small_areas`.
    """
    placed = received.table == "residence"
    reasons = [
        "WHEN fault IS NOT NULL THEN fault",
        f"WHEN repeats.row_number IS NOT NULL THEN {quoted(REPEATED)}" if repeats else "",
        f"WHEN people.person_id IS NULL THEN {quoted(OF_NOBODY)}",
        *(f"WHEN {holds} THEN {quoted(reason)}" for holds, reason in _time_reasons(received, extracted_on)),
        f"WHEN small_areas.small_area IS NULL THEN {quoted(OF_NOWHERE)}" if placed else "",
    ]
    joins = [
        "LEFT JOIN people ON people.person_id = typed.person_id",
        f"LEFT JOIN {repeats} repeats ON repeats.row_number = typed.row_number" if repeats else "",
        "LEFT JOIN small_areas ON small_areas.small_area = typed.small_area" if placed else "",
    ]
    return (
        f"WITH typed AS ({_typed(received, view, types, type_faults(received, types))})"
        f" SELECT typed.row_number, people.shard, {_kept_columns(received, extracted_on)},"
        f" CASE {' '.join(reason for reason in reasons if reason)} END AS reason"
        f" FROM typed {' '.join(join for join in joins if join)}"
    )


def build_tested(received: Received, view: str, types: Mapping[str, str], extracted_on: date) -> str:
    """The SQL of a table's rows as build_checked has them, but for what their person and the other rows tell of them.

    It has `doubtful`, true where there is a reason in the row itself, instead of shard and reason, and joins no people.
    Rows come in the order of the file, as DuckDB hands on what it does not join, and are numbered by whoever takes
    them; but for residence, which is held against the small areas.
    """
    of_type = " OR ".join(f"({holds})" for holds, _ in _type_reasons(received, types)) or "false"
    reasons = (holds for holds, _ in _time_reasons(received, extracted_on))
    doubts = ["typed.fault", *(holds for holds in reasons if not holds.endswith(_OF_PERSON))]
    placed = received.table == "residence"
    if placed:
        doubts.append("coalesce(typed.small_area NOT IN (SELECT small_area FROM small_areas), true)")
    return (
        f"WITH typed AS ({_typed(received, view, types, of_type)})"
        f" SELECT {'row_number, ' if placed else ''}{_kept_columns(received, extracted_on)},"
        f" coalesce({' OR '.join(doubts)}, false) AS doubtful FROM typed"
    )


def find_repeats(database: duckdb.DuckDBPyConnection, view: str, columns: Iterable[str]) -> str | None:
    """Make a table of the row numbers of rows that repeat an earlier one in every column; None if there are none.

    Rows are first told apart by a hash, which is cheap; only rows that share one are compared in full.
    """
    table = f"repeats_of_{view}"
    every = ", ".join(columns)
    database.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS WITH alike AS"
        f" (SELECT hash({every}) AS code FROM {view} GROUP BY code HAVING count(*) > 1)"
        f" SELECT row_number FROM {view} WHERE hash({every}) IN (SELECT code FROM alike)"
        f" QUALIFY row_number() OVER (PARTITION BY {every} ORDER BY row_number) > 1"
    )
    found = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    return table if found and found[0] else None


def _typed(received: Received, view: str, types: Mapping[str, str], fault: str) -> str:
    fields = ", ".join(f"{value_of(kept, types)} AS {kept.name}" for kept in received.columns)
    return f"SELECT row_number, {fields}, {fault} AS fault FROM {view}"


def _kept_columns(received: Received, extracted_on: date) -> str:
    return ", ".join(_kept_column(kept, received, extracted_on) for kept in received.columns)


def value_of(kept: Kept, types: Mapping[str, str]) -> str:
    """The SQL of a column's value in its type, or null."""
    otherwise = kept.then if kept.needs and kept.needs not in types else kept.otherwise
    if kept.source not in types:
        return f"CAST({otherwise} AS {kept.kind})"
    value = _cast(kept.source, kept.kind, types[kept.source])
    return f"coalesce({value}, {otherwise})" if otherwise not in (None, "NULL") else value


def type_faults(received: Received, types: Mapping[str, str]) -> str:
    """SQL: the first column of a row whose value cannot be used, and why, or null."""
    cases = " ".join(f"WHEN {holds} THEN '{told}'" for holds, told in _type_reasons(received, types))
    return f"CASE {cases} END" if cases else "NULL"


def _cast(column: str, kind: str, found: str) -> str:
    if found == kind:
        return column
    if kind in (INTEGER, BIGINT) and found in ("VARCHAR", "DOUBLE", "FLOAT"):
        whole = f"TRY_CAST({column} AS DOUBLE) = floor(TRY_CAST({column} AS DOUBLE))"
        return f"CASE WHEN {whole} THEN TRY_CAST({column} AS {kind}) END"
    return f"TRY_CAST({column} AS {kind})"


def _type_reasons(received: Received, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The SQL condition and what is told of a value that cannot be used."""
    for kept in received.columns:
        if kept.source not in types:
            continue
        if kept.otherwise is None:
            yield f"{kept.source} IS NULL", f"{kept.source} is empty"
        value = _cast(kept.source, kept.kind, types[kept.source])
        bad = [] if value == kept.source else [f"{kept.source} IS NOT NULL AND {value} IS NULL"]
        if kept.kind == DOUBLE:
            bad.append(f"NOT isfinite({value})")
        if kept.kind in _NOT_OF_TYPE and bad:
            yield " OR ".join(bad), f"{kept.source} {_NOT_OF_TYPE[kept.kind]}"


def _kept_column(kept: Kept, received: Received, extracted_on: date) -> str:
    """SQL of a column as it is kept. What ends after the extract still ran then, but a medicine may run on."""
    if kept.name != "end_date" or received.table == "drug":
        return f"typed.{kept.name}"
    last = "NULL" if kept.otherwise == "NULL" else _day(extracted_on)
    return f"CASE WHEN typed.end_date <= {_day(extracted_on)} THEN typed.end_date ELSE {last} END AS end_date"


def _time_reasons(received: Received, extracted_on: date) -> list[tuple[str, str]]:
    """The SQL condition and the reason, in the order in which they are told."""
    names = {kept.name for kept in received.columns}
    start = "date" if "date" in names else "start_date"
    if start not in names:
        return []
    reasons = [
        (f"typed.{start} < {_day(date(EARLIEST_YEAR, 1, 1))}", f"the date lies before {EARLIEST_YEAR}"),
        (f"typed.{start} > {_day(extracted_on)}", "the date lies after the extract"),
        (f"typed.{start} < people.born", "the date lies before birth"),
    ]
    if received.table != "death":
        reasons.append((f"typed.{start} > people.died", "the date lies after death"))
    if "end_date" in names:
        reasons.append((f"typed.end_date < typed.{start}", "the end lies before the start"))
    if received.table == "drug":
        latest = extracted_on + timedelta(days=366)
        reasons.append((f"typed.end_date > {_day(latest)}", "the end lies more than a year after the extract"))
    return reasons


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
