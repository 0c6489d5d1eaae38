"""From a door extract or an OMOP folder to the Warehouse: every row kept in its shard, or set aside with a reason.

The load is named by the hash of all that goes into it, so the same source gives the same load, and loading it again
does nothing. It is written whole, and the pointer to the load in force moves last.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from placewise.door.contract import Declaration
from placewise.floor.database import open_database, told_of_damage
from placewise.floor.faults import refuse
from placewise.floor.folders import point_to, whole_folder, write_json
from placewise.floor.progress import Report, quiet
from placewise.floor.timeline.prepared import keep_prepared_people
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.intake.checks import check_warehouse
from placewise.intake.contract import LAYOUT, LOAD_FILE, WAREHOUSE, LoadReport
from placewise.intake.omop import history
from placewise.intake.omop.identifiers import check_identifiers
from placewise.intake.omop.laying import are_grown, find_base, lay, link_base
from placewise.intake.omop.lifetimes import split_lifetimes
from placewise.intake.omop.merging import merge_layers
from placewise.intake.omop.people import find_people, register_people
from placewise.intake.omop.places import check_practices, read_small_areas, write_organisations
from placewise.intake.omop.receiving import Receiving
from placewise.intake.omop.shards import count_shards, name_shard
from placewise.intake.omop.source import Source, Types, open_tables, read_source
from placewise.intake.omop.tables import DEATH, EVENTS, NOT_LOADED, PERIODS, REGISTRATION, RESIDENCE, VOCABULARY
from placewise.intake.warehouse import Warehouse, read_report, read_warehouse


def load_warehouse(
    source: Path,
    store: Path,
    *,
    declaration: Declaration | None,
    hierarchy: Hierarchy | None,
    known_concepts: frozenset[int],
    prepared: Sequence[CodeList] = (),
    real_people: bool = False,
    progress: Report = quiet,
) -> LoadReport:
    """Load a folder into STORE/warehouse/PURPOSE and put it in force; return what became of every row.

    declaration: for a folder without extract.json; hierarchy: None where no organisation is to be looked up (a source
    without practices); known_concepts: those of the deployment's code lists, to which the source's own table `concept`
    is added; prepared: the code lists whose events are made ready for questions (floor/timeline/prepared.py);
    real_people: whether records of real people may be read here at all. Raises FaultsFound, with the last good load
    still in force.
    """
    progress("Reading the declaration and hashing the files", 0.0)
    read = read_source(source, declaration)
    if not (read.declaration.synthetic or real_people):
        raise refuse(
            source,
            "its records are of real people, and live use is not recorded here",
            "record officers and safety case under live_use and set mode: live, or declare synthetic records so",
        )
    parent = store / WAREHOUSE / read.declaration.purpose
    base = find_base(read, parent)
    is_laid = base is not None and base.report.extract == read.extract
    load = base.report.load if base and is_laid else name_load(read, hierarchy, known_concepts, base)
    final = parent / load
    try:
        if final.is_dir():
            progress(f"This extract is loaded already, as {load}: nothing to do", 1.0)
            report = read_report(final)
        else:
            with (
                whole_folder(final) as draft,
                TemporaryDirectory(dir=draft) as scratch,
                open_database(Path(scratch)) as database,
                told_of_damage(file.path for file in read.files.values()),
            ):
                given = (Path(scratch), database, read, load, hierarchy, known_concepts, prepared, progress)
                report = _lay(base, draft, *given) if base else _fill(draft, *given)
            progress(f"The load {load} is written", 1.0)
        point_to(parent, load)
    except OSError as error:
        raise refuse(final, f"it could not be written ({error})", "free space on the disk and load it again") from error
    return report


def name_load(
    source: Source, hierarchy: Hierarchy | None, known_concepts: frozenset[int], base: Warehouse | None = None
) -> str:
    """The first 12 digits of the hash of everything that decides what is written. base: what changes are laid over."""
    decides = {
        "layout": LAYOUT,
        "declaration": asdict(source.declaration),
        "files": {table: file.sha256 for table, file in source.files.items()},
        "organisations": [each.as_row() for each in hierarchy.organisations.values()] if hierarchy else [],
        "known_concepts": sorted(known_concepts),
        "base": base.report.load if base else None,
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True, default=str).encode()).hexdigest()[:12]


def _lay(
    base: Warehouse,
    draft: Path,
    scratch: Path,
    database: duckdb.DuckDBPyConnection,
    source: Source,
    load: str,
    hierarchy: Hierarchy | None,
    known_concepts: frozenset[int],
    prepared: Sequence[CodeList],
    progress: Report,
) -> LoadReport:
    """Changes received as a load of their own, and laid over what they follow."""
    changes = draft / "changes"
    changes.mkdir()
    shards = base.report.shards
    _fill(changes, scratch, database, source, load, hierarchy, known_concepts, prepared, progress, shards)
    progress("Laying the changes over the load they follow", 0.96)
    link_base(base, draft)
    report = lay(base, read_warehouse(changes), draft, source, database)
    shutil.rmtree(changes)
    if are_grown(sorted(draft.glob("shard=*"))):
        report = merge_layers(draft, report, prepared)
    write_json(draft / LOAD_FILE, asdict(report))
    check_warehouse(read_warehouse(draft))
    return report


def _fill(
    draft: Path,
    scratch: Path,
    database: duckdb.DuckDBPyConnection,
    source: Source,
    load: str,
    hierarchy: Hierarchy | None,
    known_concepts: frozenset[int],
    prepared: Sequence[CodeList],
    progress: Report,
    shards: int | None = None,
) -> LoadReport:
    """shards: as many as the people call for, unless there are some already."""
    declared = source.declaration
    progress("Looking for anything that identifies people", 0.05)
    types = open_tables(database, source, scratch)
    check_identifiers(database, source.files, [table for table in types if table not in VOCABULARY], declared.synthetic)
    known = _read_concepts(database, types, known_concepts)

    progress("Checking people and where they are registered", 0.15)
    small_areas = read_small_areas(database, source)
    people = find_people(database, source, types)
    check_practices(database, source, hierarchy)
    shards = shards or count_shards(people["reason"].null_count)
    register_people(database, people, shards)
    lifetimes = split_lifetimes(database.execute("FROM people").to_arrow_table(), shards)

    database.execute("SET threads = 1")  # rows are taken up by one thread: to read ahead costs twice and gains nothing
    receiving = Receiving(database, source, draft, scratch, shards, types, lifetimes, known, prepared)
    receiving.receive_people(people)
    receiving.receive(PERIODS)
    receiving.receive(DEATH)
    if "registration" in types:
        receiving.receive(REGISTRATION)
    else:
        receiving.write_derived("registration", "FROM registered")
    if "residence" in types:
        receiving.receive(RESIDENCE)
    else:
        receiving.write_derived("residence", history.build_residence(types))
    for done, received in enumerate(EVENTS):
        progress(f"Loading {received.source}", 0.25 + 0.7 * done / len(EVENTS))
        receiving.receive(received)
    for shard in range(shards):
        keep_prepared_people(draft / name_shard(shard))
    receiving.receive_sealed()
    receiving.keep_small_areas(small_areas)
    write_organisations(draft, hierarchy)
    if "replaced" in types:
        receiving.account_for_replaced()

    report = LoadReport(
        load=load,
        source=declared.source,
        purpose=declared.purpose,
        legal_basis=declared.legal_basis,
        controller=declared.controller,
        retention_until=declared.retention_until.isoformat(),
        cdm_version=declared.cdm_version,
        extracted_on=declared.extracted_on.isoformat(),
        declares_practices=declared.declares_practices,
        synthetic=declared.synthetic,
        people=people["reason"].null_count,
        shards=shards,
        history_assumed="registration" not in types,
        tables=tuple(receiving.tables),
        unmapped_concepts=receiving.unmapped,
        contents=receiving.contents,
        extract=source.extract,
        not_loaded={
            source.files[table].path.name: receiving.count(table)
            for table in types
            if table in NOT_LOADED or table in ("care_site", "location")
        },
    )
    write_json(draft / LOAD_FILE, asdict(report))
    check_warehouse(read_warehouse(draft))
    return report


def _read_concepts(
    database: duckdb.DuckDBPyConnection, types: Types, known_concepts: frozenset[int]
) -> frozenset[int] | None:
    """The deployment's concepts and those of the source's own vocabulary; None if there are none."""
    own: list[int] = []
    if "concept_id" in types.get("concept", {}):
        read = database.execute("SELECT DISTINCT TRY_CAST(concept_id AS BIGINT) AS concept_id FROM raw_concept")
        own = read.to_arrow_table()["concept_id"].to_pylist()
    return known_concepts.union(own) or None
