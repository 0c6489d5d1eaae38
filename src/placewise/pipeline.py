"""The whole story on one page: each room called once, in order, with what the room before handed on.

    synthesise, synthesise_published -> pass_door -> receive, receive_published -> build (count, list_people) -> release

A build never replaces a good one with a broken one: every folder is written whole, checked, and put in force last.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from placewise import __version__
from placewise.ambitions import judge_promises, read_in_force
from placewise.building import Workplace, build_counts, build_lists, find_counted
from placewise.builds_kept import find_last_build, find_parts, name_build, name_lists
from placewise.coding.build import check_coding
from placewise.config import Deployment, data_folder
from placewise.definitions import Definitions, read_case_finding, read_definitions
from placewise.door.build import make_extract
from placewise.door.changes import make_changes
from placewise.door.contract import Declaration
from placewise.door.declaration import check_retention
from placewise.door.definition import read_purposes
from placewise.door.identity import read_linkage_key
from placewise.engines.build import open_engine
from placewise.engines.definition import choose_engine
from placewise.floor.checking import Check
from placewise.floor.faults import refuse
from placewise.floor.folders import current, point_to, read_json, whole_folder, write_json
from placewise.floor.parts import KeptParts
from placewise.floor.progress import Report, part_of
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.floor.vocabulary.footprint import boundary_notes
from placewise.gaps.build import build_both_findings
from placewise.gaps.checks import check_findings
from placewise.gaps.comparison import compare_findings
from placewise.gaps.contract import TO_TELL_FILE
from placewise.gaps.definition import find_judged, find_watched
from placewise.gaps.kept import read_asked, read_findings, write_findings
from placewise.gaps.readings import choose_to_tell
from placewise.history import find_all_previous, record_definitions
from placewise.intake.checks import check_warehouse
from placewise.intake.contract import OBSERVATIONS_FOLDER, LoadReport
from placewise.intake.omop.build import load_warehouse
from placewise.intake.omop.definition import read_declaration
from placewise.intake.published.build import ObservationsReport, load_observations
from placewise.intake.warehouse import WAREHOUSE, Warehouse, open_warehouse, read_warehouse
from placewise.measures.contract import CUBE_FOLDER
from placewise.measures.cube import open_cube
from placewise.plans.lists.contract import LISTS_FOLDER, MADE_FILE
from placewise.population.areas import AREAS_FILE, Areas, find_areas, read_areas
from placewise.population.contract import BUILD_FILE, BUILDS, POPULATION_FOLDER, TALLIES
from placewise.population.outlines import Outlines, find_outlines
from placewise.population.segments import read_segments
from placewise.programme import get_sensitive_registers
from placewise.programme_cards import build_cards, get_not_measured, get_series
from placewise.published_told import find_definition, tell_published
from placewise.publishing.ambitions import Promises, Released
from placewise.publishing.build import build_release
from placewise.publishing.loads import tell_load, tell_table
from placewise.publishing.stated import find_stated
from placewise.synthetic.build import synthesise as invent
from placewise.synthetic.contract import SyntheticManifest
from placewise.synthetic.published.build import synthesise_published as invent_published

PLANNING, DIRECT_CARE = "population_health_planning", "direct_care"
RESTRICTED = "restricted_codes"
_NOTHING_MADE: Mapping[str, Any] = {"build": "", "loads": [], "checks": []}


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
    since: Path | None = None,
    report: Report,
) -> Path:
    """Run the door for a declared purpose; the processor's own report is returned, beside the extract.

    since: an earlier extract that stayed here; what has changed since then is written beside the extract as well.

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
        retention_until=retention_until or max(last_day, date.today()) + timedelta(days=730),
        cdm_version="5.4",
        extracted_on=last_day + timedelta(days=1),
        declares_practices=True,
        synthetic=deployment.mode != "live",
    )
    restricted = read_code_lists(data_folder("codelists"))[RESTRICTED]
    make_extract(
        records,
        extract,
        declaration=declaration,
        practice_keys=practice_keys or records / "practice_keys",
        linkage_key=linkage_key or read_linkage_key(),
        restricted_concepts=frozenset(restricted.concept_ids),
        restricted_status=restricted.status,
        recipients=tuple(deployment.recipients.values()) if purpose == DIRECT_CARE else (),
        progress=report,
    )
    if since:
        make_changes(extract, since, extract.with_name(f"{extract.name}.changes"))
    return extract.with_name(f"{extract.name}.door.json")


def receive(deployment: Deployment, source: Path, store: Path, declaration: Path | None, report: Report) -> LoadReport:
    """Take an extract, or a pseudonymised OMOP folder with a declaration, into the warehouse."""
    declared = read_declaration(declaration) if declaration else None
    definitions = read_definitions(deployment)
    return load_warehouse(
        source,
        store,
        declaration=declared,
        hierarchy=None if declared and not declared.declares_practices else deployment.hierarchy,
        known_concepts=frozenset(concept for each in definitions.code_lists.values() for concept in each.concept_ids),
        prepared=definitions.lists,
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
    """All that is made of the loads in force: counts, whose build is returned, and call lists held against them."""
    folder = count(deployment, store, part_of(report, 0.0, 0.7))
    list_people(deployment, store, part_of(report, 0.7, 1.0))
    return folder


def count(deployment: Deployment, store: Path, report: Report) -> Path:
    """Population, registers, measures and findings from the load for planning: STORE/builds/BUILD, put in force.

    Where nothing has changed since a build, that build is put in force again.
    """
    definitions = read_definitions(deployment)
    planning = open_warehouse(store, PLANNING)
    observations = current(store / OBSERVATIONS_FOLDER)
    areas, found = find_areas(planning.small_areas, observations)
    outlines = find_outlines(Areas(areas), observations)
    folder = store / BUILDS / name_build(deployment, definitions, planning, areas, outlines)
    chosen = choose_engine(deployment.engine)  # a wrong name is refused also where nothing is left to do
    if not folder.is_dir():
        with open_engine(chosen) as engine, whole_folder(folder) as draft:
            workplace = Workplace(engine, KeptParts(store / TALLIES))
            last_build = find_last_build(deployment, store)
            checks = list(check_warehouse(planning))
            checks += check_coding(
                {name: definitions.code_lists[name] for name in definitions.asked},
                planning,
                draft,
                last_build,
                deployment.disclosure,
            )
            counts = build_counts(deployment, definitions, planning, draft, workplace, part_of(report, 0.0, 0.95))
            checks += (*counts, *found, *(outlines.checks if outlines else ()))
            pq.write_table(areas, draft / POPULATION_FOLDER / AREAS_FILE)
            report("Looking for what stands out", 0.95)
            checks += _find_what_stands_out(deployment, definitions, draft, last_build, Areas(areas), outlines)
            said = _tell_made(deployment, definitions, planning, checks, workplace)
            write_json(draft / BUILD_FILE, {"build": folder.name, **said})
        workplace.kept.prune(find_parts(store))
    record_definitions(store, definitions)
    point_to(store / BUILDS, folder.name)
    return folder


def list_people(deployment: Deployment, store: Path, report: Report) -> Path | None:
    """Call lists from the load for direct care, held against the build in force: STORE/lists/LISTS, put in force. None
    where there is no such load.

    Apart from the build, since a release needs little of them: they may be made while it is.
    """
    counted_in = current(store / BUILDS)
    if counted_in is None or not current(store / WAREHOUSE / DIRECT_CARE):
        return None
    definitions = read_definitions(deployment)
    built = _read_built(deployment, definitions, counted_in)
    care = open_warehouse(store, DIRECT_CARE)
    planning = read_warehouse(store / WAREHOUSE / PLANNING / built["loads"][0]["load"])
    folder = store / LISTS_FOLDER / name_lists(counted_in, care)
    if not folder.is_dir():
        with open_engine(choose_engine(deployment.engine)) as engine, whole_folder(folder) as draft:
            workplace = Workplace(engine, KeptParts(store / TALLIES))
            held = None
            if care.report.extracted_on == planning.report.extracted_on:
                counted = find_counted(deployment, definitions, planning, workplace, part_of(report, 0.0, 0.1))
                held = open_cube(counted_in / CUBE_FOLDER), counted
            checks = build_lists(deployment, definitions, care, draft, held, workplace, part_of(report, 0.1, 1.0))
            said = _tell_made(deployment, definitions, care, checks, workplace)
            write_json(draft / MADE_FILE, {"lists": folder.name, "build": counted_in.name, **said})
        workplace.kept.prune(find_parts(store))
    point_to(store / LISTS_FOLDER, folder.name)
    return folder


def _tell_made(
    deployment: Deployment, definitions: Definitions, load: Warehouse, checks: Sequence[Check], workplace: Workplace
) -> dict[str, Any]:
    """What a build, or call lists, say of how they were made."""
    return {
        "deployment": deployment.slug,
        "placewise": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "programmes": definitions.versions,
        "checks": [asdict(each) for each in checks],
        "loads": [asdict(load.report)],
        "parts": sorted(workplace.keys),
    }


def _read_built(deployment: Deployment, definitions: Definitions, build: Path) -> dict[str, Any]:
    """What a build says of itself. Raises FaultsFound where it was made for another deployment, or from other
    definitions: nothing ever sets today's beside the numbers of yesterday's."""
    built: dict[str, Any] = read_json(build / BUILD_FILE)
    if (built["deployment"], built["programmes"]) != (deployment.slug, definitions.versions):
        fault = f"it was built for {built['deployment']}, from other definitions than those that stand now"
        raise refuse(build, fault, f"run placewise build {deployment.slug} first")
    return built


def _find_what_stands_out(
    deployment: Deployment,
    definitions: Definitions,
    draft: Path,
    last_build: Path | None,
    areas: Areas,
    outlines: Outlines | None,
) -> tuple[Check, ...]:
    """The findings of the cube in the draft, kept beside it, each as it stands to those of the last build."""
    cube = open_cube(draft / CUBE_FOLDER)
    judged = find_judged(definitions.measures, cube.measures)
    watched = find_watched(definitions.measures, cube.measures)
    asked = {(each.measure, each.version) for each in judged} | {(each.measure, each.version) for each in watched}
    before, asked_before = (read_findings(last_build) or (), read_asked(last_build)) if last_build else ((), ())
    placed = outlines.placed if outlines else None
    round_to = deployment.disclosure.round_to
    found, careful = build_both_findings(cube, judged, deployment.hierarchy, watched, placed, areas, round_to=round_to)
    write_findings(draft, choose_to_tell(found, careful), asked, TO_TELL_FILE)
    findings = compare_findings(found, before, asked, asked_before)
    write_findings(draft, findings, asked)
    return check_findings(findings)


def release(
    deployment: Deployment, store: Path, report: Report, finish_lists: Callable[[], None] | None = None
) -> Path:
    """From the build and the observations in force, whichever there are, to a release in force.

    finish_lists: where call lists of the build are still being made, waits for them, and raises what went wrong; called
    at the end, before anything is told of them.
    """
    folder = current(store / BUILDS)
    observations = current(store / OBSERVATIONS_FOLDER)
    if folder is None and observations is None:
        raise refuse(
            store, "there is neither a build nor a published file in it", "run placewise intake and build first"
        )
    definitions = read_definitions(deployment)
    built = _read_built(deployment, definitions, folder) if folder else _NOTHING_MADE
    _check_retention(store, built)
    lived_in = read_areas(folder) if folder else None
    report("Adding up published figures", 0.0)
    rests_on = get_series(definitions.programmes) if folder else ()
    published = tell_published(deployment, observations, lived_in, rests_on)
    sources = [tell_table(table, load, deployment.disclosure) for load in built["loads"] for table in load["tables"]]

    def iter_told(what: str) -> Iterator[Any]:
        yield from built[what]
        if finish_lists:
            finish_lists()
        yield from _read_listed(store, folder)[what]

    case_finding = read_case_finding(deployment, definitions)
    cube = open_cube(folder / CUBE_FOLDER) if folder else None
    made_at = datetime.now(UTC)
    titles = {slug: each.title for programme in definitions.programmes for slug, each in programme.registers.items()}
    segments = read_segments(definitions.code_lists)
    previous = {measure: asdict(each) for measure, each in find_all_previous(store, definitions).items()}
    ends = deployment.window.month_ends
    return build_release(
        store,
        deployment=deployment.slug,
        mode=deployment.mode if folder else "published",
        build=folder.name if folder else "published files only",
        made_at=made_at,
        hierarchy=deployment.hierarchy,
        rule=deployment.disclosure,
        cube=cube,
        cards=build_cards(definitions.programmes, definitions.code_lists, previous) if cube else (),
        case_finding=case_finding if cube else (),
        not_measured=get_not_measured(definitions.programmes) if cube else (),
        rests_on=published.series,
        stated=find_stated(deployment.folder, (slug for each in definitions.programmes for slug in each.measures)),
        promise=partial(judge, deployment, store, made_at.date()),
        lived_in=lived_in,
        boundary_notes=boundary_notes(deployment.hierarchy, ends[0], ends[-1]) if cube else (),
        titles={**titles, **segments.titles},
        sensitive_registers=get_sensitive_registers(definitions.programmes),
        sources=[*sources, *map(asdict, published.sources)],
        loads=(
            tell_load(load, deployment.disclosure, counted=load["purpose"] == PLANNING) for load in iter_told("loads")
        ),
        checks=chain(iter_told("checks"), map(asdict, published.checks)),
        findings=(read_findings(folder, TO_TELL_FILE) if folder else None) or (),
        revised=deployment.revised,
        progress=report,
        **published.said,
    )


def _read_listed(store: Path, build: Path | None) -> Mapping[str, Any]:
    """What the call lists in force say of how they were made, where they are held against this build."""
    lists = current(store / LISTS_FOLDER)
    said = read_json(lists / MADE_FILE) if lists and build else _NOTHING_MADE
    if build is None or said["build"] != build.name:
        return _NOTHING_MADE
    _check_retention(store, said)
    return said


def _check_retention(store: Path, made: Mapping[str, Any]) -> None:
    """made: what a build or call lists say of themselves."""
    for load in made["loads"]:
        check_retention(date.fromisoformat(load["retention_until"]), store / WAREHOUSE / load["purpose"] / load["load"])


def judge(deployment: Deployment, store: Path, as_of: date, released: Released | None = None) -> Promises:
    """What became of the deployment's ambitions by a day, from the build and the observations in force.

    released: what a release that is being made shows of measures; without it, what the one in force shows.
    """
    folder, observations = current(store / BUILDS), current(store / OBSERVATIONS_FOLDER)
    programmes = read_definitions(deployment)
    return judge_promises(
        deployment,
        store,
        observations=observations,
        published=find_definition(deployment, observations) if observations else None,
        cube=open_cube(folder / CUBE_FOLDER) if folder else None,
        cards=build_cards(programmes.programmes, programmes.code_lists) if folder else (),
        as_of=as_of,
        released=released or read_in_force(store, deployment.hierarchy.top.code),
    )
