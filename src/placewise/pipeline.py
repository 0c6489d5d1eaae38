"""The whole story on one page: each room called once, in order, with what the room before handed on.

    synthesise, synthesise_published -> pass_door -> receive, receive_published -> build -> release

A build never replaces a good one with a broken one: every folder is written whole, checked, and put in force last.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from placewise import __version__
from placewise.config import Deployment, data_folder
from placewise.door.build import make_extract
from placewise.door.contract import Declaration
from placewise.door.declaration import check_retention
from placewise.door.definition import read_purposes
from placewise.door.identity import read_linkage_key
from placewise.facts import fact_rows, find_facts
from placewise.floor.checking import Check
from placewise.floor.faults import refuse
from placewise.floor.folders import current, point_to, read_json, whole_folder, write_json
from placewise.floor.language.notation import nearest
from placewise.floor.timeline.events import Events, read_events
from placewise.floor.vocabulary.code_lists import CodeList, read_code_lists
from placewise.floor.vocabulary.footprint import boundary_notes
from placewise.intake.checks import check_warehouse
from placewise.intake.contract import LoadReport
from placewise.intake.omop.build import load_warehouse
from placewise.intake.omop.definition import read_declaration
from placewise.intake.published.build import (
    ObservationsReport,
    load_observations,
    read_definition,
    read_sources,
)
from placewise.intake.warehouse import WAREHOUSE, Warehouse, open_warehouse
from placewise.measures.build import CubeBuilder, build_flags
from placewise.measures.checks import check_cube
from placewise.measures.contract import PersonFlags
from placewise.measures.cube import open_cube
from placewise.plans.lists.build import ListBuilder
from placewise.plans.lists.checks import check_lists
from placewise.plans.lists.listed import CountedPeople
from placewise.population.build import build_placing, build_population
from placewise.population.checks import check_population
from placewise.population.contract import ShardPopulation
from placewise.population.person_rows import get_person_rows
from placewise.population.segments import read_segments
from placewise.programme import (
    Programme,
    build_cards,
    build_case_finding,
    build_list_plans,
    get_not_measured,
    get_registers,
    get_sensitive_registers,
    read_programmes,
)
from placewise.publishing.build import build_release
from placewise.publishing.contract import CaseFinding, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import get_rounded
from placewise.publishing.expected import read_expected
from placewise.publishing.figures import get_indicator_cards, read_official_figures
from placewise.publishing.published import build_official_figures
from placewise.publishing.split_titles import get_split_titles
from placewise.publishing.unplaced import find_unplaced, get_unplaced_checks
from placewise.registers.build import build_registers
from placewise.registers.checks import check_registers
from placewise.registers.contract import Registers
from placewise.synthetic.build import synthesise as invent
from placewise.synthetic.contract import SyntheticManifest
from placewise.synthetic.published.build import synthesise_published as invent_published

Report = Callable[[str, float], None]

PLANNING, DIRECT_CARE = "population_health_planning", "direct_care"
BUILDS = "builds"
BUILD_FILE = "build.json"
ACCESS_LOG = "access.jsonl"
RESTRICTED = "restricted_codes"


@dataclass(frozen=True)
class Definitions:
    """What a deployment asks: the code lists, and the programmes it runs."""

    code_lists: Mapping[str, CodeList]
    programmes: tuple[Programme, ...]


def read_definitions(deployment: Deployment) -> Definitions:
    code_lists = read_code_lists(data_folder("codelists"))
    programmes = read_programmes(data_folder("programmes"), code_lists)
    return Definitions(code_lists, tuple(each for each in programmes if each.slug in deployment.programmes))


def synthesise(deployment: Deployment, folder: Path, people: int, seed: int, report: Report) -> SyntheticManifest:
    return invent(deployment, read_code_lists(data_folder("codelists")), people, seed, folder, report)


def synthesise_published(deployment: Deployment, folder: Path, people: int, seed: int, report: Report) -> None:
    """Invented published files about as many people, to be received with `invented`."""
    invent_published(deployment, read_code_lists(data_folder("codelists")), people, seed, folder, report)


def pass_door(
    deployment: Deployment,
    records: Path,
    extract: Path,
    *,
    purpose: str,
    legal_basis: str | None = None,
    controller: str | None = None,
    retention_until: date | None = None,
    practice_keys: Path | None = None,
    linkage_key: bytes | None = None,
    report: Report,
) -> Path:
    """Run the door for a declared purpose; the processor's own report is returned, beside the extract.

    The linkage key comes from the environment unless a demonstration makes its own.
    """
    purposes = read_purposes()
    if purpose not in deployment.purposes or purpose not in purposes:
        raise refuse(
            extract, f"{purpose} is no purpose of {deployment.name}", f"give one of {', '.join(deployment.purposes)}"
        )
    last_day = deployment.window.month_ends[-1]
    declaration = Declaration(
        source="general_practice",
        purpose=purpose,
        legal_basis=legal_basis or purposes[purpose].legal_basis,
        controller=controller or "the practices, jointly",
        retention_until=retention_until or last_day + timedelta(days=730),
        cdm_version="5.4",
        extracted_on=last_day + timedelta(days=1),
        declares_practices=True,
        synthetic=deployment.mode != "live",
    )
    restricted = frozenset(read_code_lists(data_folder("codelists"))[RESTRICTED].concept_ids)
    make_extract(
        records,
        extract,
        declaration=declaration,
        practice_keys=practice_keys or records / "practice_keys",
        linkage_key=linkage_key or read_linkage_key(),
        restricted_concepts=restricted,
        progress=report,
    )
    return extract.with_name(f"{extract.name}.door.json")


def receive(deployment: Deployment, source: Path, store: Path, declaration: Path | None, report: Report) -> LoadReport:
    """Take an extract, or a pseudonymised OMOP folder with a declaration, into the warehouse."""
    declared = read_declaration(declaration) if declaration else None
    code_lists = read_code_lists(data_folder("codelists"))
    return load_warehouse(
        source,
        store,
        declaration=declared,
        hierarchy=None if declared and not declared.declares_practices else deployment.hierarchy,
        known_concepts=frozenset(concept for each in code_lists.values() for concept in each.concept_ids),
        real_people=deployment.mode == "live",
        progress=report,
    )


def receive_published(
    deployment: Deployment, data_folder: Path, store: Path, report: Report, *, invented: bool = False
) -> ObservationsReport:
    """Take published files into the store in place of those there. invented: they are of synthesise_published."""
    definition = deployment.synthetic_published if invented else deployment.published
    if definition is None:
        name = "synthetic_published.yaml" if invented else "published.yaml"
        raise refuse(deployment.folder, f"it has no {name}", "write one that names the published files")
    return load_observations(definition, data_folder, store, progress=report)


def build(deployment: Deployment, store: Path, report: Report) -> Path:
    """Population, registers, measures and call lists from the loads in force: STORE/builds/BUILD, put in force.

    Where nothing has changed since a build, that build is put in force again.
    """
    definitions = read_definitions(deployment)
    planning = open_warehouse(store, PLANNING)
    care = open_warehouse(store, DIRECT_CARE) if current(store / WAREHOUSE / DIRECT_CARE) else None
    folder = store / BUILDS / _name_build(deployment, definitions, planning, care)
    if not folder.is_dir():
        with whole_folder(folder) as draft:
            checks = list(check_warehouse(planning))
            counts, counted = _build_counts(
                deployment, definitions, planning, draft, lambda told, share: report(told, share * 0.7)
            )
            checks += counts
            if care:
                same_day = care.report.extracted_on == planning.report.extracted_on
                checks += _build_lists(
                    deployment,
                    definitions,
                    care,
                    draft,
                    counted if same_day else None,
                    lambda told, share: report(told, 0.7 + share * 0.3),
                )
            loads = [warehouse.report for warehouse in (planning, care) if warehouse]
            write_json(
                draft / BUILD_FILE,
                {
                    "build": folder.name,
                    "deployment": deployment.slug,
                    "placewise": __version__,
                    "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "programmes": _get_versions(definitions),
                    "checks": [asdict(each) for each in checks],
                    "loads": [asdict(each) for each in loads],
                },
            )
    point_to(store / BUILDS, folder.name)
    return folder


def _name_build(deployment: Deployment, definitions: Definitions, planning: Warehouse, care: Warehouse | None) -> str:
    """The first 12 digits of the hash of all that a build rests on."""
    rests_on = {
        "placewise": __version__,
        "loads": [warehouse.report.load for warehouse in (planning, care) if warehouse],
        "programmes": _get_versions(definitions),
        "segments": read_segments(definitions.code_lists).version,
        "window": asdict(deployment.window),
        "compare_by": deployment.compare_by,
        "organisations": sorted(str(each) for each in deployment.hierarchy.organisations.values()),
    }
    return "b-" + hashlib.sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()[:12]


def _get_versions(definitions: Definitions) -> dict[str, str]:
    return {each.slug: each.version for each in definitions.programmes}


class _Shards:
    """Each shard of a load: its people placed, its registers and measures answered, its tables read once."""

    def __init__(self, deployment: Deployment, definitions: Definitions, warehouse: Warehouse, report: Report) -> None:
        self.deployment, self.definitions, self.warehouse, self.report = deployment, definitions, warehouse, report
        self.segments = read_segments(definitions.code_lists)
        self.placing = build_placing(
            deployment.window,
            deployment.hierarchy,
            warehouse.small_areas,
            self.segments,
            declares_practices=warehouse.report.declares_practices,
        )
        self.registers = get_registers(definitions.programmes)
        self.measures = {
            slug: each for programme in definitions.programmes for slug, each in programme.measures.items()
        }
        self.code_lists = self.segments.code_lists.union(*(each.code_lists for each in definitions.programmes))

    def __iter__(self) -> Iterator[tuple[Path, Events, ShardPopulation, Registers, PersonFlags]]:
        shards = self.warehouse.shard_folders
        for done, shard in enumerate(shards):
            self.report(f"Placing people and answering measures, part {done + 1} of {len(shards)}", done / len(shards))
            events = read_events(shard, self.code_lists, self.definitions.code_lists)
            placed = build_population(shard, events, self.placing)
            registers = build_registers(self.registers, events, self.deployment.window)
            flags = build_flags(self.measures, events, self.deployment.window, registers)
            yield shard, events, placed, registers, flags


def _build_counts(
    deployment: Deployment, definitions: Definitions, warehouse: Warehouse, draft: Path, report: Report
) -> tuple[list[Check], CountedPeople]:
    """The cube in the draft, what was held of it, and whom it counts that a call list is to hold."""
    shards = _Shards(deployment, definitions, warehouse, report)
    population = shards.placing.population
    counted = CountedPeople(population, build_list_plans(definitions.programmes, definitions.code_lists))
    builder = CubeBuilder(population, shards.measures, deployment.compare_by, shards.registers)
    (draft / "population").mkdir()
    checks: dict[str, Check] = {}
    for shard, _, placed, registers, flags in shards:
        checks |= {each.check: each for each in check_population(placed, population)}
        checks |= {each.check: each for each in check_registers(registers, len(placed.person_id), population.window)}
        rows = get_person_rows(placed, population, deployment.hierarchy)
        pq.write_table(rows, draft / "population" / f"{shard.name}.parquet")
        builder.add(placed, flags, registers)
        counted.add(placed, flags)
    report("Writing the cube", 0.95)
    (draft / "cube").mkdir()
    cube = builder.write(draft / "cube", deployment.hierarchy)
    return [*checks.values(), *check_cube(cube, deployment.hierarchy)], counted


def _build_lists(
    deployment: Deployment,
    definitions: Definitions,
    warehouse: Warehouse,
    draft: Path,
    counted: CountedPeople | None,
    report: Report,
) -> list[Check]:
    """counted: of a load of the same day, so that lists can be held against counts; None where there is none."""
    shards = _Shards(deployment, definitions, warehouse, report)
    plans = build_list_plans(definitions.programmes, definitions.code_lists)
    builder = ListBuilder(shards.placing.population, plans, definitions.code_lists, warehouse.sealed_identity)
    for _, events, placed, registers, flags in shards:
        builder.add(placed, flags, events, registers)
    builder.write(draft)
    return list(check_lists(draft, plans, open_cube(draft / "cube") if counted else None, counted))


def release(deployment: Deployment, store: Path, report: Report) -> Path:
    """From the build and the observations in force, whichever there are, to a release in force."""
    folder = current(store / BUILDS)
    observations = current(store / "observations")
    if folder is None and observations is None:
        raise refuse(
            store, "there is neither a build nor a published file in it", "run placewise intake and build first"
        )
    definitions = read_definitions(deployment)
    built = read_json(folder / BUILD_FILE) if folder else {"loads": [], "checks": []}
    if folder and (built["deployment"], built["programmes"]) != (deployment.slug, _get_versions(definitions)):
        # A release never sets today's definition beside the numbers of yesterday's.
        fault = f"it was built for {built['deployment']}, from other definitions than those that stand now"
        raise refuse(folder, fault, f"run placewise build {deployment.slug} first")
    for load in built["loads"]:
        check_retention(date.fromisoformat(load["retention_until"]), store / WAREHOUSE / load["purpose"] / load["load"])
    said: dict[str, Any] = {}
    checks = list(built["checks"])
    sources = [
        _source_row(table, load, deployment.disclosure)
        for load in built["loads"]
        if load["purpose"] == PLANNING
        for table in load["tables"]
    ]
    if observations:
        report("Adding up published figures", 0.0)
        definition = _find_definition(deployment, observations)
        figures = read_official_figures(definition)
        read = read_sources(observations)
        table = build_official_figures(observations, figures, deployment.hierarchy, deployment.disclosure)
        sources += [asdict(each) for each in read]
        said |= {
            "published": table,
            "indicators": get_indicator_cards(figures),
            "published_splits": get_split_titles(observations, table, figures),
        }
        checks += [asdict(each) for each in get_unplaced_checks(find_unplaced(observations, figures))]
        if deployment.facts and definition == deployment.published:
            said["facts"] = fact_rows(find_facts(deployment.facts, table, figures, read))
    case_finding = _read_case_finding(deployment, definitions)
    cube = open_cube(folder / "cube") if folder else None
    titles = {slug: each.title for programme in definitions.programmes for slug, each in programme.registers.items()}
    segments = read_segments(definitions.code_lists)
    ends = deployment.window.month_ends
    return build_release(
        store,
        deployment=deployment.slug,
        mode=deployment.mode if folder else "published",
        build=folder.name if folder else "published files only",
        made_at=datetime.now(UTC),
        hierarchy=deployment.hierarchy,
        rule=deployment.disclosure,
        cube=cube,
        cards=build_cards(definitions.programmes, definitions.code_lists) if cube else (),
        case_finding=case_finding if cube else (),
        not_measured=get_not_measured(definitions.programmes) if cube else (),
        boundary_notes=boundary_notes(deployment.hierarchy, ends[0], ends[-1]) if cube else (),
        titles={**titles, **segments.titles},
        sensitive_registers=get_sensitive_registers(definitions.programmes),
        sources=sources,
        loads=[_load_row(load, deployment) for load in built["loads"]],
        checks=checks,
        progress=report,
        **said,
    )


def _find_definition(deployment: Deployment, observations: Path) -> Path:
    """The file by which the observations were read. No other's figures belong to them: what is invented stays so."""
    name = read_definition(observations)
    for definition in (deployment.published, deployment.synthetic_published):
        if definition and definition.name == name:
            return definition
    fault = f"it has no {name}, by which the published files in the store were read"
    raise refuse(deployment.folder, fault, "take its own published files into the store, or use another store")


def _read_case_finding(deployment: Deployment, definitions: Definitions) -> tuple[CaseFinding, ...]:
    stated = read_expected(deployment.expected) if deployment.expected else {}
    found = build_case_finding(definitions.programmes, stated)
    for register in stated.keys() - {each.register for each in found}:
        fault = f"none of the programmes of {deployment.name} counts the people on a register `{register}`"
        raise refuse(deployment.expected or "", fault, nearest(register, [each.register for each in found]))
    return found


def read_card(measure: str) -> MeasureCard:
    """The card of one measure of any programme. Raises FaultsFound where none has this slug."""
    code_lists = read_code_lists(data_folder("codelists"))
    cards = {
        each.measure: each for each in build_cards(read_programmes(data_folder("programmes"), code_lists), code_lists)
    }
    if measure not in cards:
        raise refuse(measure, "there is no measure of this name", nearest(measure, cards))
    return cards[measure]


def _source_row(table: dict[str, Any], load: dict[str, Any], rule: DisclosureRule) -> dict[str, Any]:
    """A table of the load for planning as the release tells it: its rows are of people, and rounded as they are."""
    return table | {
        "title": f"{load['source']}, {table['table']}",
        "purpose": load["purpose"],
        "load": load["load"],
        "rows_in": get_rounded(table["rows_in"], rule),
        "rows_kept": get_rounded(table["rows_kept"], rule),
        "rejected": {reason: get_rounded(rows, rule) for reason, rows in table["rejected"].items()},
    }


def _load_row(load: dict[str, Any], deployment: Deployment) -> dict[str, Any]:
    """Why a load may be here, with its people rounded as every count is.

    Of the load for direct care no number is told: beside the load for planning it would tell how many opted out.
    """
    told = ("load", "source", "purpose", "legal_basis", "controller", "retention_until", "cdm_version", "extracted_on")
    row = {key: load[key] for key in told} | {"synthetic": load["synthetic"], "people": None}
    if load["purpose"] == PLANNING:
        row |= {
            "people": get_rounded(load["people"], deployment.disclosure),
            "history_assumed": load["history_assumed"],
            "tables_with_unknown_codes": sorted(load["unmapped_concepts"]),
        }
    return row
