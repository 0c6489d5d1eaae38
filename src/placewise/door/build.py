"""From the practices' records to an extract that names nobody. Run by the practices' processor, on its own machine.

Order matters: legally restricted codes go first, counted over everybody; then each NHS number is checked, opt-outs are
applied by it as the declared purpose demands, and only then is it replaced by the pseudonym.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.door.checks import check_extract
from placewise.door.contract import (
    DECLARATION_FILE,
    REGISTRATION,
    RESIDENCE,
    SEALED_IDENTITY,
    SMALL_AREAS,
    Declaration,
    DoorReport,
)
from placewise.door.declaration import check_declaration
from placewise.door.definition import REQUIRED_COLUMNS, Purpose, Recipient, find_columns, read_purposes
from placewise.door.people import (
    KEPT,
    NO_NUMBER,
    OPTED_OUT,
    REFUSED,
    find_opted_out,
    find_people,
    register_people,
)
from placewise.door.records import read_columns, read_names
from placewise.door.restricted import PREVIEW, check_restricted_list, get_list_version
from placewise.door.sealing import seal_for_recipient, seal_people
from placewise.floor.database import open_database, quoted, told_of_damage
from placewise.floor.faults import refuse
from placewise.floor.folders import file_hash, whole_folder, write_json
from placewise.floor.progress import Report, quiet
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP


def make_extract(
    records: Path,
    extract: Path,
    *,
    declaration: Declaration,
    practice_keys: Path,
    linkage_key: bytes,
    restricted_concepts: frozenset[int],
    restricted_status: str = PREVIEW,
    recipients: Sequence[Recipient] = (),
    progress: Report = quiet,
) -> DoorReport:
    """Write EXTRACT, whole or not at all, and EXTRACT.door.json beside it; return what the latter holds.

    records: a folder as in synthetic/contract.py, with every table, empty or not; practice_keys: a folder of
    PRACTICE.pub files, and of each recipient's; restricted_status: of the code list that restricted_concepts are from,
    which must be published before it may guard real people's records; recipients: to whom people are named besides
    their practice, where this purpose names anybody. Raises FaultsFound.
    """
    purpose = check_declaration(declaration, extract / DECLARATION_FILE)
    declaration = replace(declaration, opt_outs_applied=purpose.opt_outs)
    if not declaration.synthetic:
        check_restricted_list(restricted_concepts, restricted_status, extract)
    report_file = extract.with_name(f"{extract.name}.door.json")
    with (
        whole_folder(extract) as draft,
        TemporaryDirectory(dir=draft) as scratch,
        open_database(Path(scratch)) as database,
        told_of_damage(sorted(records.glob("*.parquet"))),
    ):
        work = _Passage(records, draft, declaration, purpose, database)
        progress("Checking NHS numbers and opt-outs", 0.0)
        people = find_people(records, purpose, declaration, linkage_key)
        register_people(database, people)
        for done, table in enumerate(REQUIRED_COLUMNS):
            progress(f"Passing {table}", 0.1 + 0.4 * done / len(REQUIRED_COLUMNS))
            work.pass_events(table, restricted_concepts)
        progress("Placing people", 0.5)
        work.pass_places()
        progress("Sealing NHS numbers", 0.55)
        work.seal(people, practice_keys, recipients)
        progress("Writing the manifest", 0.95)
        work.write_manifest(restricted_concepts)
        report = work.report(extract.name, people)
        report = replace(report, checks=check_extract(draft, report))
        write_json(report_file, asdict(report))
    progress("The extract is written", 1.0)
    return report


@dataclass
class _Passage:
    """One run of the door: where from, where to, and what has been counted on the way."""

    records: Path
    draft: Path
    declaration: Declaration
    purpose: Purpose
    database: duckdb.DuckDBPyConnection
    rows_in: dict[str, int] = field(default_factory=dict)
    rows_out: dict[str, int] = field(default_factory=dict)
    restricted: dict[str, int] = field(default_factory=dict)
    nobody: dict[str, int] = field(default_factory=dict)
    sealed_to: dict[str, int] = field(default_factory=dict)

    def pass_events(self, table: str, restricted_concepts: frozenset[int]) -> None:
        """One OMOP table: its allowed columns, of the people who may pass, without restricted codes."""
        file = self.records / f"{table}.parquet"
        present = read_names(file)
        columns = find_columns(table, present, file)
        coded = [column for column in present if column.endswith("concept_id")]
        listed = ", ".join(str(concept) for concept in sorted(restricted_concepts))
        hits = [f"coalesce(t.{column} IN ({listed}), false)" for column in coded if listed]
        restricted = " OR ".join(hits) or "false"
        counts = self.database.execute(
            f"SELECT count(*), count(*) FILTER ({restricted}), count(*) FILTER (p.person_id IS NULL)"
            f" FROM read_parquet({quoted(file)}) t LEFT JOIN people p USING (person_id)"
        ).fetchone()
        assert counts is not None
        self.rows_in[table], self.restricted[table], self.nobody[table] = counts
        selected = ", ".join(_passed(column) for column in columns)
        self._write(
            table,
            f"SELECT {selected} FROM read_parquet({quoted(file)}) t JOIN people p USING (person_id)"
            f" WHERE p.fate = '{KEPT}' AND NOT ({restricted})",
        )

    def pass_places(self) -> None:
        """Registration, residence and small areas, in the shapes of the contract: codes only, no address."""
        small_areas = read_columns(self.records / "small_areas.parquet", SMALL_AREAS.names).cast(SMALL_AREAS)
        self._write_arrow("small_areas", small_areas)
        if self.declaration.declares_practices:
            self._pass_spells("registration", "care_site", "practice", REGISTRATION)
        self._pass_spells("residence", "location", "small_area", RESIDENCE)

    def _pass_spells(self, table: str, unit: str, name: str, schema: pa.Schema) -> None:
        spells = read_columns(
            self.records / f"{table}.parquet", ["person_id", f"{unit}_id", f"{table}_start_date", f"{table}_end_date"]
        )
        units = read_columns(self.records / f"{unit}.parquet", [f"{unit}_id", f"{unit}_source_value"])
        self.database.register("spells", spells)
        self.database.register("units", units)
        self.rows_in[table] = len(spells)
        found = self.database.sql(
            f"SELECT p.pseudonym AS person_id, u.{unit}_source_value AS {name}, s.{table}_start_date AS start_date,"
            f" s.{table}_end_date AS end_date, s.{unit}_id AS unit_id, p.fate"
            f" FROM spells s LEFT JOIN units u USING ({unit}_id) LEFT JOIN people p ON p.person_id = s.person_id"
            " ORDER BY ALL"
        ).to_arrow_table()
        lost = {str(each) for each in found.filter(pc.is_null(found[name]))["unit_id"].to_pylist()}
        if lost:
            raise refuse(
                self.records / f"{table}.parquet",
                f"{unit}_id {', '.join(sorted(lost)[:5])} has no {unit}_source_value in {unit}.parquet",
                f"give each {unit} its code",
            )
        self.nobody[table] = found["fate"].null_count
        kept = found.filter(pc.equal(found["fate"], pa.scalar(KEPT))).select(schema.names)
        self._write_arrow(table, kept.cast(schema))

    def seal(self, people: pa.Table, practice_keys: Path, recipients: Sequence[Recipient]) -> None:
        """The sealed NHS numbers; an empty table where this purpose may name nobody or no practice is known."""
        rows, day = SEALED_IDENTITY.empty_table(), self.declaration.extracted_on
        if self.purpose.sealed_identity and self.declaration.declares_practices:
            registration = self.draft / "registration.parquet"
            rows = seal_people(self.database, people, registration, day, practice_keys)
            for each in recipients:
                opted_out = find_opted_out(self.records, read_purposes()[each.purpose], self.declaration)
                named = seal_for_recipient(self.database, people, self.draft, day, practice_keys, each, opted_out)
                self.sealed_to[each.organisation] = len(named)
                rows = pa.concat_tables([rows, named])
        self._write_arrow("sealed_identity", rows)

    def write_manifest(self, restricted_concepts: frozenset[int]) -> None:
        tables = {
            path.stem: {"file": path.name, "rows": pq.read_metadata(path).num_rows, "sha256": file_hash(path)}
            for path in sorted(self.draft.glob("*.parquet"))
        }
        manifest: dict[str, Any] = {
            **asdict(self.declaration),
            "restricted_codes_removed": self.restricted,
            "restricted_list_version": get_list_version(restricted_concepts),
            "also_named_to": sorted(self.sealed_to),
            "tables": tables,
        }
        write_json(self.draft / DECLARATION_FILE, manifest)

    def report(self, extract: str, people: pa.Table) -> DoorReport:
        fates = people["fate"].to_pylist()
        refused = [row for row, fate in enumerate(fates, 1) if fate == REFUSED]
        return DoorReport(
            extract=extract,
            purpose=self.purpose.purpose,
            opt_outs_applied=self.purpose.opt_outs,
            people_in=len(fates),
            people_out=self.rows_out["person"],
            opted_out=fates.count(OPTED_OUT),
            refused={NO_NUMBER: len(refused)} if refused else {},
            refused_rows=tuple(refused),
            sealed=self.rows_out["sealed_identity"],
            sealed_to=self.sealed_to,
            rows_in=self.rows_in,
            rows_out=self.rows_out,
            restricted_removed=self.restricted,
            rows_of_nobody={table: rows for table, rows in self.nobody.items() if rows},
        )

    def _write(self, table: str, query: str) -> None:
        path = self.draft / f"{table}.parquet"
        written = self.database.execute(f"COPY ({query}) TO {quoted(path)} (FORMAT parquet)").fetchone()
        assert written is not None
        self.rows_out[table] = written[0]

    def _write_arrow(self, table: str, rows: pa.Table) -> None:
        pq.write_table(rows, self.draft / f"{table}.parquet")
        self.rows_out[table] = len(rows)


def _passed(column: str) -> str:
    """How a column passes: the person as pseudonym, the ethnic category only if it is one, all else as it is."""
    if column == "person_id":
        return "p.pseudonym AS person_id"
    if column == "race_source_value":
        codes: Mapping[str, str] = ETHNIC_CATEGORY_GROUP
        known = ", ".join(quoted(code) for code in codes)
        return f"CASE WHEN upper(trim(t.{column})) IN ({known}) THEN upper(trim(t.{column})) END AS {column}"
    return f"t.{column}"
