"""One table after the other into the shards: rows kept, rows set aside, and the report of both.

A table is read once. A row in doubt (for what it holds itself, for its person, or since another row looks like it) is
read again among those in doubt only, and it is there that its reason is told.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.door.contract import SEALED_IDENTITY
from placewise.door.definition import read_purposes
from placewise.floor.database import quoted
from placewise.floor.faults import refuse
from placewise.floor.timeline.prepared import keep_prepared
from placewise.floor.timeline.table_events import pick_lists
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.intake.contract import NO_CONCEPT, SHARD_TABLES, TableReport
from placewise.intake.omop.lifetimes import Lifetimes
from placewise.intake.omop.parts import NO_SHARD, Parts
from placewise.intake.omop.rows import OF_NOBODY, TYPE_FAULTS, build_checked, build_tested, find_repeats
from placewise.intake.omop.shards import (
    ROWS_AT_ONCE,
    Written,
    find_shards,
    get_keys,
    join_contents,
    name_shard,
    write_shard,
)
from placewise.intake.omop.sorting import sort_rows
from placewise.intake.omop.source import Source, SourceFile
from placewise.intake.omop.tables import PEOPLE, REPLACED, SEALED, SMALL_AREAS, Received

REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class _InDoubt:
    """Where rows of a shard stood in what was read: of those outside their person's life, and of those written that
    equal another; and where the latter are written."""

    outside: npt.NDArray[np.int64]
    alike: npt.NDArray[np.int64]
    alike_at: npt.NDArray[np.int64]


@dataclass
class Receiving:
    """A load being written into `draft`.

    types: table -> column -> SQL type, of every table that has a view `raw_TABLE`; known_concepts: None where there are
    none to hold a code against; prepared: the code lists whose events are made ready for questions. The table `people`
    stands before anything is received.
    """

    database: duckdb.DuckDBPyConnection
    source: Source
    draft: Path
    scratch: Path
    shards: int
    types: Mapping[str, Mapping[str, str]]
    lifetimes: Sequence[Lifetimes]
    known_concepts: frozenset[int] | None
    prepared: Sequence[CodeList]
    tables: list[TableReport] = field(default_factory=list)
    unmapped: dict[str, dict[str, int]] = field(default_factory=dict)
    written: dict[int, dict[str, Written]] = field(default_factory=lambda: defaultdict(dict))
    """Shard -> table -> what was written of it."""
    people: dict[int, npt.NDArray[np.int64]] = field(default_factory=dict)
    """Shard -> everybody in it, sorted."""
    kept: dict[tuple[int, str], Path] = field(default_factory=dict)
    """Shard, table -> the file of what was prepared of it."""

    @property
    def contents(self) -> dict[str, str]:
        """Shard's folder -> the hash of what its tables say."""
        return {name_shard(shard): join_contents(self.written[shard]) for shard in range(self.shards)}

    def receive(self, received: Received) -> None:
        """One table of the source, checked row by row; an empty table where the source lacks it."""
        if received.source not in self.types:
            for shard in range(self.shards):
                self._write(shard, received.table, SHARD_TABLES[received.table].empty_table())
            return
        view, on = f"raw_{received.source}", self.source.declaration.extracted_on
        read = self.database.execute(build_tested(received, view, self.types[received.source], on))
        batches = read.to_arrow_reader(ROWS_AT_ONCE)
        kept_as = pa.schema(each for each in batches.schema if each.name not in ("row_number", "doubtful"))
        in_doubt, numbers = [], []
        with Parts(self.scratch, self.shards, kept_as) as parts:
            for batch in batches:
                if "row_number" in batch.schema.names:
                    numbers.append(batch["row_number"].to_numpy())
                given = batch["person_id"].fill_null(0) if batch["person_id"].null_count else batch["person_id"]
                person = given.to_numpy()
                shard_of = find_shards(person, self.shards)
                if batch["doubtful"].true_count:
                    doubtful = np.flatnonzero(batch["doubtful"])
                    shard_of[doubtful] = NO_SHARD
                    in_doubt.append(doubtful + parts.added)
                parts.add(batch.select(kept_as.names), person, shard_of)
            parts.finish()
            kept = [self._write_living(shard, received.table, parts) for shard in range(self.shards)]
        in_doubt += [places for each in kept for places in (each.outside, each.alike)]
        aside = self._tell_reasons(received, _number(np.concatenate(in_doubt), numbers))
        for shard, each in enumerate(kept):
            repeats = np.isin(_number(each.alike, numbers), aside["row_number"].to_numpy())
            if repeats.any():
                self._take_out(shard, received.table, each.alike_at[repeats])
        self.account(received, aside)
        if received.concept:
            self._report_unmapped(received.table)

    def receive_people(self, people: pa.Table) -> None:
        """The rows of people.find_people."""
        kept = people.filter(pc.is_null(people["reason"]))
        person = kept["person_id"].to_numpy()
        shard_of = find_shards(person, self.shards)
        by_shard = kept.take(pa.array(np.lexsort((person, shard_of))))
        ends = np.cumsum(np.bincount(shard_of, minlength=self.shards))
        for shard, end in enumerate(ends):
            start = ends[shard - 1] if shard else 0
            self._write(shard, "person", by_shard.slice(start, end - start))
        aside = people.filter(pc.is_valid(people["reason"])).select(["row_number", "reason"])
        self.account(PEOPLE, aside)

    def receive_sealed(self) -> None:
        """The sealed NHS numbers of the people kept, in one file beside the shards, sorted by person."""
        path = self.draft / "sealed_identity.parquet"
        if "sealed_identity" not in self.types:
            pq.write_table(SEALED_IDENTITY.empty_table(), path)
            return
        rows = self.database.execute(
            f"SELECT s.*, CASE WHEN p.person_id IS NULL THEN {quoted(OF_NOBODY)} END AS reason"
            " FROM raw_sealed_identity s LEFT JOIN people p USING (person_id) ORDER BY person_id"
        ).to_arrow_table()
        purpose, file = self.source.declaration.purpose, self.source.files["sealed_identity"]
        if len(rows) and not read_purposes()[purpose].sealed_identity:
            raise refuse(
                file.path,
                f"it holds sealed NHS numbers, and the purpose {purpose} names nobody",
                "send it without them",
            )
        kept = rows.filter(pc.is_null(rows["reason"]))
        aside = rows.filter(pc.is_valid(rows["reason"])).select(["row_number", "reason"])
        pq.write_table(kept.select(SEALED_IDENTITY.names).cast(SEALED_IDENTITY), path)
        self.account(SEALED, aside, len(kept))

    def keep_small_areas(self, small_areas: pa.Table) -> None:
        """The source's small areas, which were checked whole."""
        pq.write_table(small_areas, self.draft / "small_areas.parquet")
        if "small_areas" in self.source.files:
            self.account(SMALL_AREAS, _NOTHING, len(small_areas))

    def account_for_replaced(self) -> None:
        """Of an extract of changes, the people it replaces."""
        self.account(REPLACED, _NOTHING, self.count("replaced"))

    def write_derived(self, table: str, query: str) -> None:
        """Spells that no file holds (history.py): nothing to set aside and nothing to account for."""
        read = self.database.execute(f"SELECT people.shard, d.* FROM ({query}) d JOIN people USING (person_id)")
        batches = read.to_arrow_reader(ROWS_AT_ONCE)
        with Parts(self.scratch, self.shards, batches.schema) as parts:
            for batch in batches:
                parts.add(batch, batch["person_id"].to_numpy(), batch["shard"].to_numpy())
            parts.finish()
            for shard in range(self.shards):
                found = sort_rows(parts.read(shard), get_keys(table), SHARD_TABLES[table].names)
                self._write(shard, table, found.rows)

    def account(self, received: Received, aside: pa.Table, kept: int | None = None) -> None:
        """Report one table, and keep of its rejected rows what the warehouse would have kept, where it is of its type.

        aside: row_number and reason; kept: rows, of a table that is not in shards. Nothing else that the source wrote
        may stand beside a pseudonym: the row number leads the sender to it.
        """
        table, file = received.table, self.source.files[received.source]
        if kept is None:
            kept = sum(shard[table].rows for shard in self.written.values())
        reasons = {each["values"]: each["counts"] for each in pc.value_counts(aside["reason"]).to_pylist()}
        rejected = dict(sorted(reasons.items()))
        report = TableReport(table, file.path.name, file.sha256, self.count(file.table), kept, rejected)
        self.tables.append(report)
        if not reasons:
            return
        self._check_shift(file, aside, report)
        self.database.register("aside", aside)
        (self.draft / REJECTED).mkdir(exist_ok=True)
        columns = "".join(
            f"TRY_CAST(raw.{kept.source} AS {kept.kind}) AS {kept.source}, "
            for kept in received.columns
            if kept.source in self.types[file.table] and not kept.source.endswith("source_value")
        )
        self.database.execute(
            f"COPY (SELECT row_number, {columns}aside.reason FROM raw_{file.table} raw JOIN aside USING (row_number)"
            f" ORDER BY row_number) TO {quoted(self.draft / REJECTED / f'{table}.parquet')} (FORMAT parquet)"
        )
        self.database.unregister("aside")

    def count(self, table: str) -> int:
        found = self.database.execute(f"SELECT count(*) FROM raw_{table}").fetchone()
        assert found is not None
        return int(found[0])

    def _write_living(self, shard: int, table: str, parts: Parts) -> "_InDoubt":
        """Write the rows of a shard that lie in their person's life; what of them is in doubt."""
        names = SHARD_TABLES[table].names
        found = sort_rows(parts.read(shard), get_keys(table), names)
        kept, order, alike = found.rows, found.order, found.alike
        day = kept["date" if "date" in names else "start_date"].cast(pa.int32()).to_numpy()
        outside = self.lifetimes[shard].find_outside(kept["person_id"].to_numpy(), day, until_death=table != "death")
        gone = parts.find_places(shard, order[outside])
        if len(gone):
            kept, order, alike = kept.filter(pa.array(~outside)), order[~outside], alike[~outside]
        self._write(shard, table, kept)
        return _InDoubt(gone, parts.find_places(shard, order[alike]), np.flatnonzero(alike))

    def _write(self, shard: int, table: str, rows: pa.Table) -> None:
        """Write a table of a shard, and beside it the events of the code lists that stand in it, while in memory."""
        self.written[shard][table] = write_shard(self.draft, shard, table, rows)
        if table == "person":
            self.people[shard] = rows["person_id"].to_numpy()
        lists = [each for each in self.prepared if each.domain == table]
        if lists:
            if (shard, table) in self.kept:
                self.kept[shard, table].unlink()
            found = pick_lists(rows, lists, self.people[shard])
            self.kept[shard, table] = keep_prepared(self.draft / name_shard(shard), lists, found)

    def _take_out(self, shard: int, table: str, positions: npt.NDArray[np.int64]) -> None:
        """Write a shard's table once more without the rows at these positions."""
        rows = pq.read_table(self.draft / name_shard(shard) / f"{table}.parquet")
        stays = np.ones(len(rows), np.bool_)
        stays[positions] = False
        self._write(shard, table, rows.filter(pa.array(stays)))

    def _tell_reasons(self, received: Received, in_doubt: npt.NDArray[np.int64]) -> pa.Table:
        """row_number and reason of the rows that are set aside, of those in doubt."""
        if not len(in_doubt):
            return _NOTHING
        types, view = self.types[received.source], f"doubtful_{received.source}"
        self.database.register("in_doubt", pa.table({"row_number": in_doubt}))
        self.database.execute(
            f"CREATE TEMP TABLE {view} AS FROM raw_{received.source} SEMI JOIN in_doubt USING (row_number)"
        )
        self.database.unregister("in_doubt")
        repeats = find_repeats(self.database, view, types)
        checked = build_checked(received, view, types, self.source.declaration.extracted_on, repeats)
        told = self.database.execute(f"SELECT row_number, reason FROM ({checked}) WHERE reason IS NOT NULL")
        aside = told.to_arrow_table()
        self.database.execute(f"DROP TABLE {view}")
        return aside

    def _check_shift(self, file: SourceFile, aside: pa.Table, report: TableReport) -> None:
        """Raises FaultsFound where most rows hold values of the wrong type: then the columns are not what they say."""
        wrong = sum(rows for reason, rows in report.rejected.items() if reason.endswith(TYPE_FAULTS))
        if 2 * wrong > report.rows_in:
            told = zip(aside["row_number"].to_pylist(), aside["reason"].to_pylist(), strict=True)
            number, reason = min((int(row or 0), str(why)) for row, why in told if str(why).endswith(TYPE_FAULTS))
            raise refuse(
                file.path,
                f"{reason}, and so in {wrong} of {report.rows_in} rows: a column is shifted or wrongly named",
                "export the file again and compare its header with OMOP CDM 5.4",
                number if file.is_parquet else number + 1,
            )

    def _report_unmapped(self, table: str) -> None:
        """Count kept rows whose concept is 0 or in no known vocabulary, by concept: a source value may be free text."""
        counted: Counter[int] = Counter()
        for shard in self.written.values():
            for concept, rows in shard[table].concepts.items():
                if concept == 0 or (self.known_concepts is not None and concept not in self.known_concepts):
                    counted[concept] += rows
        if counted:
            told = {str(concept) if concept else NO_CONCEPT: rows for concept, rows in counted.items()}
            self.unmapped[table] = dict(sorted(told.items()))


def _number(places: npt.NDArray[np.int64], numbers: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """The row numbers of what stood at these places: as they were told with the rows, or counted from 1."""
    return np.concatenate(numbers)[places] if numbers else places + 1


_NOTHING = pa.table({"row_number": pa.array([], pa.int64()), "reason": pa.array([], pa.string())})
