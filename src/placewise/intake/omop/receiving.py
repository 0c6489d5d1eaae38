"""One table after the other into the shards: rows kept, rows set aside, and the report of both."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.door.contract import SEALED_IDENTITY
from placewise.door.definition import read_purposes
from placewise.floor.database import quoted
from placewise.floor.faults import refuse
from placewise.intake.contract import NO_CONCEPT, SHARD_TABLES, TableReport
from placewise.intake.omop.people import sort_into_shards
from placewise.intake.omop.rows import OF_NOBODY, TYPE_FAULTS, build_checked, find_repeats
from placewise.intake.omop.shards import ROWS_AT_ONCE, write_shards
from placewise.intake.omop.source import Source, SourceFile
from placewise.intake.omop.tables import PEOPLE, SEALED, SMALL_AREAS, Received

REJECTED = "rejected"


@dataclass
class Receiving:
    """A load being written into `draft`.

    types: table -> column -> SQL type, of every table that has a view `raw_TABLE`; knows_concepts: whether there is
    anything in the table `known_concepts`. The table `people` stands before anything is received.
    """

    database: duckdb.DuckDBPyConnection
    source: Source
    draft: Path
    shards: int
    types: Mapping[str, Mapping[str, str]]
    knows_concepts: bool
    tables: list[TableReport] = field(default_factory=list)
    unmapped: dict[str, dict[str, int]] = field(default_factory=dict)

    def receive(self, received: Received) -> None:
        """One table of the source, checked row by row; an empty table where the source lacks it."""
        schema = SHARD_TABLES[received.table]
        if received.source not in self.types:
            write_shards(self.draft, received.table, schema, self.shards, [])
            return
        checked = self.check(received)
        first = ["person_id", "date" if "date" in schema.names else "start_date"]
        order = ", ".join(dict.fromkeys([*first, *schema.names]))
        rows = self.database.execute(f"FROM ({checked}) ORDER BY reason IS NULL, shard, {order}")
        aside: list[pa.RecordBatch] = []
        kept = write_shards(
            self.draft, received.table, schema, self.shards, rows.to_arrow_reader(ROWS_AT_ONCE), aside.append
        )
        self.account(received, kept, aside)
        if received.concept:
            self._report_unmapped(received)

    def check(self, received: Received) -> str:
        """SQL of the table's rows, each with its shard or its reason."""
        types = self.types[received.source]
        view, extracted_on = f"raw_{received.source}", self.source.declaration.extracted_on
        return build_checked(received, view, types, extracted_on, find_repeats(self.database, view, types))

    def receive_people(self, people: pa.Table) -> None:
        """The rows of people.find_people."""
        aside: list[pa.RecordBatch] = []
        rows = sort_into_shards(people, self.shards)
        kept = write_shards(self.draft, "person", SHARD_TABLES["person"], self.shards, rows, aside.append)
        self.account(PEOPLE, kept, aside)

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
        aside = rows.filter(pc.is_valid(rows["reason"]))
        pq.write_table(kept.select(SEALED_IDENTITY.names).cast(SEALED_IDENTITY), path)
        self.account(SEALED, len(kept), aside.to_batches())

    def keep_small_areas(self, small_areas: pa.Table) -> None:
        """The source's small areas, which were checked whole."""
        pq.write_table(small_areas, self.draft / "small_areas.parquet")
        if "small_areas" in self.source.files:
            self.account(SMALL_AREAS, len(small_areas), [])

    def write_derived(self, table: str, query: str) -> None:
        """Spells that no file holds (history.py): nothing to set aside and nothing to account for."""
        rows = self.database.execute(
            f"SELECT people.shard, d.* FROM ({query}) d JOIN people USING (person_id)"
            " ORDER BY people.shard, d.person_id, d.start_date, d.end_date"
        )
        write_shards(self.draft, table, SHARD_TABLES[table], self.shards, rows.to_arrow_reader(ROWS_AT_ONCE))

    def account(self, received: Received, kept: int, aside: list[pa.RecordBatch]) -> None:
        """Report one table, and keep of its rejected rows what the warehouse would have kept, where it is of its type.

        Nothing else that the source wrote may stand beside a pseudonym: the row number leads the sender to it.
        """
        table, file = received.table, self.source.files[received.source]
        reasons = Counter(str(reason) for batch in aside for reason in batch["reason"].to_pylist())
        rejected = dict(sorted(reasons.items()))
        report = TableReport(table, file.path.name, file.sha256, self.count(file.table), kept, rejected)
        self.tables.append(report)
        if not reasons:
            return
        numbers = pa.Table.from_batches([batch.select(["row_number", "reason"]) for batch in aside])
        self._check_shift(file, numbers, report)
        self.database.register("aside", numbers)
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

    def _report_unmapped(self, received: Received) -> None:
        """Count kept rows whose concept is 0 or in no known vocabulary, by concept: a source value may be free text."""
        concept = f"TRY_CAST({received.concept} AS INTEGER)"
        aside = self.draft / REJECTED / f"{received.table}.parquet"
        kept = f"row_number NOT IN (SELECT row_number FROM read_parquet({quoted(aside)}))" if aside.exists() else "true"
        unknown = f"{concept} = 0"
        if self.knows_concepts:
            unknown += f" OR {concept} NOT IN (FROM known_concepts)"
        rows = self.database.execute(
            f"SELECT CASE WHEN {concept} = 0 THEN {quoted(NO_CONCEPT)} ELSE CAST({concept} AS VARCHAR) END AS code,"
            f" count(*) FROM raw_{received.source} WHERE ({unknown}) AND {kept} GROUP BY code ORDER BY code"
        ).fetchall()
        if rows:
            self.unmapped[received.table] = dict(rows)
