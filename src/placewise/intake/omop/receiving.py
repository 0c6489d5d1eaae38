"""One table after the other into the shards: rows kept, rows set aside, and the report of both.

A table is read once. A row in doubt (for what it holds itself, for its person, or since another row looks like it) is
read again among those in doubt only, and it is there that its reason is told.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
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
from placewise.intake.contract import NO_CONCEPT, SHARD_TABLES, TableReport
from placewise.intake.omop.lifetimes import NO_SHARD, Lifetimes
from placewise.intake.omop.parts import Parts
from placewise.intake.omop.rows import OF_NOBODY, TYPE_FAULTS, build_checked, build_tested, find_repeats
from placewise.intake.omop.shards import ROWS_AT_ONCE, Written, find_shards, join_contents, name_shard, write_shard
from placewise.intake.omop.sorting import sort_rows
from placewise.intake.omop.source import Source, SourceFile
from placewise.intake.omop.tables import PEOPLE, SEALED, SMALL_AREAS, Received

REJECTED = "rejected"


@dataclass
class Receiving:
    """A load being written into `draft`.

    types: table -> column -> SQL type, of every table that has a view `raw_TABLE`; known_concepts: None where there are
    none to hold a code against. The table `people` stands before anything is received.
    """

    database: duckdb.DuckDBPyConnection
    source: Source
    draft: Path
    scratch: Path
    shards: int
    types: Mapping[str, Mapping[str, str]]
    lifetimes: Lifetimes
    known_concepts: frozenset[int] | None
    tables: list[TableReport] = field(default_factory=list)
    unmapped: dict[str, dict[str, int]] = field(default_factory=dict)
    written: dict[int, dict[str, Written]] = field(default_factory=lambda: defaultdict(dict))
    """Shard -> table -> what was written of it."""

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
        doubtful = []
        with Parts(self.scratch, self.shards, batches.schema) as parts:
            for batch in batches:
                placed = self._place(received, batch)
                doubtful.append(batch["row_number"].filter(pa.array(placed == NO_SHARD)))
                parts.add(batch, placed)
            alike = self._write_parts(received.table, parts)
        in_doubt = pa.chunked_array([*doubtful, *(numbers for _, numbers in alike.values())], pa.int64())
        aside = self._tell_reasons(received, in_doubt)
        for shard, (positions, numbers) in alike.items():
            repeats = pc.is_in(numbers, aside["row_number"].combine_chunks()).to_numpy(zero_copy_only=False)
            if repeats.any():
                self._take_out(shard, received.table, positions[repeats])
        self.account(received, aside)
        if received.concept:
            self._report_unmapped(received.table)

    def receive_people(self, people: pa.Table) -> None:
        """The rows of people.find_people."""
        kept = people.filter(pc.is_null(people["reason"]))
        shard_of = find_shards(kept["person_id"].to_numpy(), self.shards)
        for shard in range(self.shards):
            rows, _ = sort_rows(kept.filter(pa.array(shard_of == shard)), ["person_id"], [])
            self._write(shard, "person", rows)
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

    def write_derived(self, table: str, query: str) -> None:
        """Spells that no file holds (history.py): nothing to set aside and nothing to account for."""
        read = self.database.execute(f"SELECT people.shard, d.* FROM ({query}) d JOIN people USING (person_id)")
        batches = read.to_arrow_reader(ROWS_AT_ONCE)
        with Parts(self.scratch, self.shards, batches.schema) as parts:
            for batch in batches:
                parts.add(batch, batch["shard"].to_numpy())
            self._write_parts(table, parts)

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

    def _place(self, received: Received, rows: pa.RecordBatch) -> npt.NDArray[np.int16]:
        """The shard of each row, or NO_SHARD for one in doubt."""
        day = rows["date" if "date" in rows.schema.names else "start_date"].cast(pa.int32())
        shard = self.lifetimes.find_shards(
            rows["person_id"].fill_null(0).to_numpy(),
            day.fill_null(0).to_numpy(),
            until_death=received.table != "death",
        )
        shard[rows["doubtful"].to_numpy(zero_copy_only=False)] = NO_SHARD
        return shard

    def _write_parts(self, table: str, parts: Parts) -> dict[int, tuple[npt.NDArray[np.int64], pa.Array]]:
        """Write the table's shards; shard -> where in it rows stand that are alike, and their row numbers."""
        parts.finish()
        schema = SHARD_TABLES[table]
        keys = [key for key in ("person_id", "date", "start_date", "concept_id") if key in schema.names]
        alike = {}
        for shard in range(self.shards):
            rows, positions = sort_rows(parts.read(shard), keys, schema.names)
            self._write(shard, table, rows)
            if len(positions) and "row_number" in rows.column_names:
                alike[shard] = positions, rows["row_number"].take(pa.array(positions)).combine_chunks()
        return alike

    def _write(self, shard: int, table: str, rows: pa.Table) -> None:
        self.written[shard][table] = write_shard(self.draft, shard, table, rows)

    def _take_out(self, shard: int, table: str, positions: npt.NDArray[np.int64]) -> None:
        """Write a shard's table once more without the rows at these positions."""
        rows = pq.read_table(self.draft / name_shard(shard) / f"{table}.parquet")
        stays = np.ones(len(rows), np.bool_)
        stays[positions] = False
        self._write(shard, table, rows.filter(pa.array(stays)))

    def _tell_reasons(self, received: Received, in_doubt: pa.ChunkedArray) -> pa.Table:
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
        aside = self.database.execute(f"SELECT row_number, reason FROM ({checked}) WHERE reason IS NOT NULL")
        return aside.to_arrow_table()

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


_NOTHING = pa.table({"row_number": pa.array([], pa.int64()), "reason": pa.array([], pa.string())})
