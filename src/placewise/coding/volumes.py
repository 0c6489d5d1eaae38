"""Counting how often codes are recorded: one pass over the needed columns of each table, apart from the build's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from placewise.coding.contract import MEMBERS, VOLUMES
from placewise.floor.database import open_database, quoted
from placewise.floor.timeline.layers import REPLACED_FILE, find_layers
from placewise.floor.vocabulary.code_lists import VALUED, CodeList

_MEMBER = ", ".join(f'"{name}"' for name in MEMBERS.names)


@dataclass(frozen=True, slots=True)
class MonthsCompared:
    """The last six complete months before a load was extracted, and the same months a year before.

    So a season is compared with the same season, and a month that has only begun is left out. Each period is its first
    day and the day after its last.
    """

    extracted_on: date

    @property
    def recent(self) -> tuple[date, date]:
        return self._ago(6), self._ago(0)

    @property
    def before(self) -> tuple[date, date]:
        return self._ago(18), self._ago(12)

    @property
    def last_year(self) -> tuple[date, date]:
        return self._ago(12), self._ago(0)

    def _ago(self, months: int) -> date:
        month = self.extracted_on.year * 12 + self.extracted_on.month - 1 - months
        return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class CodeVolume:
    """How often one code of a list is recorded: ever, in the last 12 complete months, and in the months compared."""

    code_list: str
    concept_id: int
    code: str
    term: str
    ever: int
    last_year: int
    before: int
    recent: int


def find_members(code_lists: Iterable[CodeList]) -> pa.Table:
    """The codes that stand in the lists, in the schema of MEMBERS."""
    rows = [
        (each.name, each.version, each.domain, row.concept_id, row.vocabulary, row.code, row.term)
        for each in code_lists
        for row in each.rows
    ]
    return pa.Table.from_pylist([dict(zip(MEMBERS.names, row, strict=True)) for row in rows], schema=MEMBERS)


def count_volumes(shards: Sequence[Path], members: pa.Table, scratch: Path) -> pa.Table:
    """The VOLUMES of these codes over shard folders (intake/contract.py), in order of list, code, month and unit."""
    counted = " UNION ALL ".join(_count_table(shards, table) for table in members["table"].unique().to_pylist())
    if not counted:
        return VOLUMES.empty_table()
    with open_database(scratch) as database:
        database.register("members", members)
        return (
            database.execute(
                f"SELECT {_MEMBER}, month, unit_concept_id,"
                " coalesce(events, 0) AS events, coalesce(values, 0) AS values"
                f' FROM members LEFT JOIN ({counted}) USING ("table", concept_id)'
                " ORDER BY code_list, code, concept_id, month, unit_concept_id"
            )
            .to_arrow_table()
            .cast(VOLUMES)
        )


def add_up(volumes: pa.Table, compared: MonthsCompared, scratch: Path) -> list[CodeVolume]:
    """The volume of each code, in order of list and code."""
    with open_database(scratch) as database:
        database.register("volumes", volumes)
        rows = database.execute(
            "SELECT code_list, concept_id, code, term, CAST(sum(events) AS BIGINT),"
            + ", ".join(
                f" CAST(coalesce(sum(events) FILTER (month >= {_day(start)} AND month < {_day(end)}), 0) AS BIGINT)"
                for start, end in (compared.last_year, compared.before, compared.recent)
            )
            + " FROM volumes GROUP BY code_list, code, concept_id, term ORDER BY code_list, code"
        ).fetchall()
    return [CodeVolume(*row) for row in rows]


def _count_table(shards: Sequence[Path], table: str) -> str:
    layers = [find_layers(shard) for shard in shards]
    standing = " UNION ALL ".join(_read_layer(layers, place, table) for place in range(max(map(len, layers))))
    unit, values = ("unit_concept_id", "count(value)") if table in VALUED else ("0", "0")
    by_day = (  # days are cheap to group by; only their few sums are turned into months
        f"SELECT concept_id, date, {unit} AS unit_concept_id, count(*) AS events, {values} AS values"
        f" FROM ({standing})"
        f' WHERE concept_id IN (SELECT concept_id FROM members WHERE "table" = {quoted(table)}) GROUP BY ALL'
    )
    return (
        f"SELECT {quoted(table)} AS \"table\", concept_id, CAST(date_trunc('month', date) AS DATE) AS month,"
        " unit_concept_id, CAST(sum(events) AS BIGINT) AS events, CAST(sum(values) AS BIGINT) AS values"
        f" FROM ({by_day}) GROUP BY ALL"
    )


def _read_layer(layers: Sequence[Sequence[Path]], place: int, table: str) -> str:
    """The SQL of what still holds of one layer of every shard. layers: of each shard; place: which of them."""
    files = [quoted(of_shard[place] / f"{table}.parquet") for of_shard in layers if len(of_shard) > place]
    later = [quoted(layer / REPLACED_FILE) for of_shard in layers for layer in of_shard[place + 1 :]]
    gone = f" ANTI JOIN read_parquet([{', '.join(later)}]) gone USING (person_id)" if later else ""
    columns = "concept_id, date, unit_concept_id, value" if table in VALUED else "concept_id, date"
    return f"SELECT {columns} FROM read_parquet([{', '.join(files)}]) laid{gone}"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
