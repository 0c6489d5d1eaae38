"""Nothing that says who a person is may come in: NHS numbers, postcodes, full dates of birth, free text.

What is looked for is the look of the values, since a column may be named anything. Every value of every table that
speaks of people is looked at, and one column that fails refuses the whole load.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import inf, isnan

import duckdb
import nhs_number
import pyarrow.parquet as pq

from placewise.door.contract import SEALED_BYTES
from placewise.floor.database import quoted
from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.vocabulary.code_lists import LARGEST_CONCEPT
from placewise.intake.omop.source import SourceFile
from placewise.intake.omop.tables import ADDRESS_LINES, BIRTH_DETAIL, NOTES

REMEDY = "have it removed at the door, and send the extract again"

NHS_NUMBER = r"(^|[^0-9A-Za-z])([0-9]{10}|[0-9]{3} [0-9]{3} [0-9]{4}|[0-9]{3}-[0-9]{3}-[0-9]{4})($|[^0-9A-Za-z])"
SAMPLE = 1000
"""So many different values tell what a column holds: one ten-digit number in eleven passes modulus 11 by chance, so a
column is taken for NHS numbers where at least half of its ten-digit values pass."""

_INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
_OUTWARD = "[A-Z]{1,2}[0-9][A-Z0-9]?"
POSTCODE = f"(^|[^A-Z0-9]){_OUTWARD} {_INWARD}($|[^A-Z0-9])"
UNSPACED_POSTCODE = f"{_OUTWARD}{_INWARD}"
"""A postcode without its space also looks like some clinical codes: only a column mostly made of them is refused."""

LONG_TEXT = "length({column}) > 40 AND length({column}) - length(replace({column}, ' ', '')) >= 4"
"""Over 40 characters and five words. Repeated, such values are descriptions of codes; varied, somebody wrote them."""

NAMING = frozenset({"person_source_value", "provider_name", "provider_source_value", "care_site_name"})
CODE = "[A-Za-z0-9._:/-]*[0-9][A-Za-z0-9._:/-]*|[A-Za-z]{1,3}|"
"""A word with a digit in it, such as B83001 or a UUID, or up to three letters. A column that by its meaning may name
somebody, or hold any text (`_string`), holds codes alone."""

_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")


def check_identifiers(
    database: duckdb.DuckDBPyConnection, files: Mapping[str, SourceFile], tables: Iterable[str], synthetic: bool
) -> None:
    """Raises FaultsFound with one sentence for each column that identifies people.

    tables: those that have a view `raw_TABLE`. A day of birth is borne in declared synthetic data alone, since an
    invented person has no birthday to guard; it is not kept there either.
    """
    faults = []
    for table in tables:
        for column, fault in _find_identifiers(database, files[table], f"raw_{table}", synthetic):
            told = f"column {column} {fault}" if column else fault
            faults.append(Fault(str(files[table].path), None, told, REMEDY))
    if faults:
        raise FaultsFound(faults)


def _find_identifiers(
    database: duckdb.DuckDBPyConnection, file: SourceFile, view: str, synthetic: bool
) -> Iterator[tuple[str, str]]:
    """(column, what it holds) for each that identifies people."""
    types = {name: str(kind) for name, kind, *_ in database.execute(f"DESCRIBE {view}").fetchall()}
    del types["row_number"]
    table, largest = file.table, _read_largest(file)
    signs = {
        f"{column}:{what}": sign
        for column, kind in types.items()
        if kind != "VARCHAR"
        for what, sign in _signs(column, kind).items()
        if what != "number" or largest.get(column, inf) >= _smallest(column) - 1  # rounded, a fraction may reach it
    }
    counts = _count(database, "count(*)", view, {"rows": "true"} | signs)
    for column in (column for column, kind in types.items() if kind == "VARCHAR"):  # repeats, and is slow to test
        values = f"(SELECT {column}, count(*) AS times FROM {view} GROUP BY {column})"
        told = {f"{column}:{what}": sign for what, sign in _signs(column, "VARCHAR").items()}
        counts |= _count(database, "sum(times)", values, told)
    if table in NOTES and counts["rows"]:
        yield "", "it holds free text"
        return
    births = [column for column in BIRTH_DETAIL if counts.get(f"{column}:present")]
    if table == "person" and births and not synthetic:
        yield " and ".join(births), "holds the full date of birth"
    for column, kind in types.items():
        present = counts.get(f"{column}:present", 0)
        if counts.get(f"{column}:number") and _holds_nhs_numbers(database, view, column, kind):
            yield column, "holds NHS numbers"
        elif counts.get(f"{column}:postcode") or counts.get(f"{column}:unspaced", 0) * 2 > present:
            yield column, "holds postcodes"
        elif column in ADDRESS_LINES and present:
            yield column, "holds addresses"
        elif counts.get(f"{column}:worded"):
            yield column, "holds words where codes alone may stand"
        elif counts.get(f"{column}:long") and _is_varied(database, view, column, counts[f"{column}:long"]):
            yield column, "holds free text"
        elif counts.get(f"{column}:open"):
            yield column, "holds identities that are not sealed"


def _count(database: duckdb.DuckDBPyConnection, of: str, rows: str, conditions: Mapping[str, str]) -> dict[str, int]:
    """What is counted of the rows of which each condition holds."""
    filters = ("" if condition == "true" else f" FILTER ({condition})" for condition in conditions.values())
    found = database.execute(f"SELECT {', '.join(of + each for each in filters)} FROM {rows}").fetchone()
    assert found is not None
    return {name: int(count or 0) for name, count in zip(conditions, found, strict=True)}


def _signs(column: str, kind: str) -> dict[str, str]:
    """What to count in one column -> the SQL condition of a row that counts, cheapest part first."""
    if kind == "VARCHAR":
        may_name = column in NAMING or column.endswith("_string")
        worded = {"worded": f"NOT regexp_full_match(trim({column}), {quoted(CODE)})"} if may_name else {}
        return worded | {
            "present": f"{column} IS NOT NULL",
            "number": _number(column, kind)[1],
            "postcode": f"contains({column}, ' ') AND regexp_matches(upper({column}), {quoted(POSTCODE)})",
            "unspaced": f"length({column}) BETWEEN 5 AND 7 AND {column} >= 'A'"
            f" AND regexp_full_match(upper({column}), {quoted(UNSPACED_POSTCODE)})",
            "long": LONG_TEXT.format(column=column),
        }
    if kind == "BLOB":
        return {"open": f"octet_length({column}) <> {SEALED_BYTES}"}
    signs = {"present": f"{column} IS NOT NULL"} if column in BIRTH_DETAIL else {}
    if kind in _WHOLE or kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
        signs["number"] = _number(column, kind)[1]
    return signs


def _number(column: str, kind: str) -> tuple[str, str]:
    """The SQL of what may be an NHS number in a column, and the condition that it may be one.

    A concept of a local vocabulary has ten digits too, up to the largest concept there can be.
    """
    if kind == "VARCHAR" and not column.endswith("concept_id"):
        date = f"(length({column}) = 10 AND {column}[5] = '-' AND {column}[8] = '-')"
        looks = f"length({column}) >= 10 AND NOT {date} AND regexp_matches({column}, {quoted(NHS_NUMBER)})"
        return f"regexp_extract({column}, {quoted(NHS_NUMBER)}, 2)", looks
    value = f"TRY_CAST({column} AS BIGINT)"
    return value, f"{value} BETWEEN {_smallest(column)} AND {10**10 - 1}"


def _smallest(column: str) -> int:
    """The smallest number in a column that may be an NHS number."""
    return LARGEST_CONCEPT + 1 if column.endswith("concept_id") else 10**9


def _read_largest(file: SourceFile) -> dict[str, float]:
    """Column -> its largest number, for those of a Parquet file that say so of every row group: no row need be read."""
    if not file.is_parquet:
        return {}
    metadata, named = pq.read_metadata(file.path), {written: name for name, written in file.columns.items()}
    largest: dict[str, float] = {}
    for group in range(metadata.num_row_groups):
        for each in (metadata.row_group(group).column(place) for place in range(metadata.num_columns)):
            name, told = named.get(each.path_in_schema), each.statistics
            if name is None or (told and not told.has_min_max and told.null_count == each.num_values):
                continue
            known = told is not None and told.has_min_max and isinstance(told.max, int | float) and not isnan(told.max)
            largest[name] = max(largest.get(name, -inf), told.max if known else inf)
    return largest


def _holds_nhs_numbers(database: duckdb.DuckDBPyConnection, view: str, column: str, kind: str) -> bool:
    value, looks = _number(column, kind)
    found = database.execute(f"SELECT DISTINCT {value} FROM {view} WHERE {looks} LIMIT {SAMPLE}").fetchall()
    return 2 * sum(nhs_number.is_valid(str(each[0])) for each in found) >= len(found)


def _is_varied(database: duckdb.DuckDBPyConnection, view: str, column: str, rows: int) -> bool:
    found = database.execute(
        f"SELECT count(DISTINCT {column}) FROM {view} WHERE {LONG_TEXT.format(column=column)}"
    ).fetchone()
    assert found is not None
    return int(found[0]) * 2 > rows
