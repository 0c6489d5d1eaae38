"""The cube and published figures become a release: rolled up, disclosed, written once and put in force.

The name of a release is the hash of what it says, so the same content has the same name and addresses stay true.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.content import table_hash
from placewise.floor.folders import whole_folder, write_json
from placewise.floor.parquet import read_small
from placewise.floor.progress import Report, part_of, quiet
from placewise.floor.threads import do_each
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.vocabulary.people import TITLES
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.gaps.contract import Finding
from placewise.intake.contract import BOUNDARIES
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, Cube
from placewise.measures.residence import Homes
from placewise.measures.rollup import get_cells, roll_up
from placewise.population.areas import Areas
from placewise.publishing.ambitions import Promises, Released
from placewise.publishing.checks import check_doubt, check_manifest, check_release
from placewise.publishing.contract import (
    HIDDEN,
    MEASURES_FOLDER,
    PEERS_FILE,
    POPULATION_FILE,
    PROTECTING,
    PUBLISHED_FILE,
    RELEASE_FILE,
    RELEASED_BOUNDARIES_FILE,
    RELEASED_FINDINGS,
    RELEASED_FINDINGS_FILE,
    RELEASED_MEASURE,
    RELEASED_PEERS,
    RELEASED_POPULATION,
    RELEASED_PUBLISHED,
    RELEASED_RESIDENCE,
    RELEASES,
    RESIDENCE_FILE,
    SCHEME,
    SHOWN,
    CaseFinding,
    MeasureCard,
    NotMeasured,
    ReleaseManifest,
    SeriesCard,
    is_unit_measure,
)
from placewise.publishing.definition import EVERY_APRIL, DisclosureRule, RevisionSchedule
from placewise.publishing.drives import find_drives
from placewise.publishing.figure_checks import check_official_figures
from placewise.publishing.findings import Figures, build_released_findings, find_areas_shown, find_previous
from placewise.publishing.findings_checks import check_findings_told
from placewise.publishing.freezing import Series, find_frozen
from placewise.publishing.in_force import put_in_force
from placewise.publishing.peers import build_peers, get_peers_told
from placewise.publishing.protection.tables import ProtectedTables
from placewise.publishing.release import tell_residence
from placewise.publishing.residence import release_residence
from placewise.publishing.revising import protect_beside_earlier
from placewise.publishing.rounding.tables import round_tables
from placewise.publishing.tables import build_population, build_residents, iter_measure_levels, iter_residence_levels
from placewise.publishing.unit_tables import iter_unit_levels

Rows = Sequence[Mapping[str, Any]]


def build_release(
    store: Path,
    *,
    deployment: str,
    mode: str,
    build: str,
    made_at: datetime,
    hierarchy: Hierarchy,
    rule: DisclosureRule,
    cube: Cube | None,
    cards: Sequence[MeasureCard] = (),
    titles: Mapping[str, str] | None = None,
    published: pa.Table | None = None,
    boundaries: pa.Table | None = None,
    indicators: Mapping[str, Mapping[str, Any]] | None = None,
    published_splits: Mapping[str, Mapping[str, Any]] | None = None,
    facts: Rows = (),
    case_finding: Sequence[CaseFinding] = (),
    not_measured: Sequence[NotMeasured] = (),
    rests_on: Sequence[SeriesCard] = (),
    stated: Rows = (),
    promise: Callable[[Released], Promises] | None = None,
    boundary_notes: Sequence[str] = (),
    lived_in: Areas | None = None,
    sensitive_registers: Collection[str] = (),
    sources: Rows = (),
    loads: Iterable[Mapping[str, Any]] = (),
    checks: Iterable[Mapping[str, Any]] = (),
    findings: Sequence[Finding] = (),
    revised: RevisionSchedule = EVERY_APRIL,
    progress: Report = quiet,
) -> Path:
    """Write STORE/releases/RELEASE and put it in force; the folder is returned.

    cube: exact counts, or None where there are published figures only; cards: the measures to release, in the order to
    show; titles: of splits and groups the vocabulary does not know (segments, registers); published:
    RELEASED_PUBLISHED, shown exactly as given, with its indicators and the titles of its splits; made_at: with its time
    zone; lived_in: the areas where people live, as the cube's build has them;
    sensitive_registers: those behind sensitive measures; findings: of the build, some of which may leave;
    promise: judges the ambitions, given what this release will show of measures;
    loads, checks: asked for last, since what they tell of may be made meanwhile;
    revised: when figures of past months, which otherwise stay as released before, are made anew.
    If the same content was released before, that folder is put in force again. Raises FaultsFound if the disk is full
    or the files written do not keep the rule, or tell of hidden numbers whatever is hidden; nothing changes then.
    """
    writing = _Writing()
    areas = _areas_told(hierarchy, cube)
    homes = Homes.of(cube, lived_in) if cube is not None else None
    residence = _residence_told(homes)
    disclosure = _disclosure_told(rule, hierarchy, cube)
    editions = cube.manifest["editions"] if cube else {}
    figures = RELEASED_PUBLISHED.empty_table() if published is None else published.cast(RELEASED_PUBLISHED)
    safe, revision, unfit = ProtectedTables({}, RELEASED_POPULATION.empty_table(), 0), None, 0
    if cube is not None and homes is not None:
        series = Series(
            deployment=deployment,
            mode=mode,
            scheme=disclosure["scheme"],
            suppress_below=rule.suppress_below,
            round_to=rule.round_to,
        )
        months = [end.isoformat()[:7] for end in cube.window.month_ends]
        frozen = find_frozen(store, series, cards, months, revised, editions.get("deprivation"))
        anew = frozen.get_months_anew(cards)
        counted = round_tables(
            _count_levels(cube, cards, hierarchy, rule, part_of(progress, 0.0, 0.25)),
            build_population(cube.read(PEOPLE), cube.units(), hierarchy, rule, sensitive_registers),
            cards,
            areas,
            anew,
            rule,
            outside=disclosure["outside"],
            before=frozen.read_newest(anew),
        )
        unfit = counted.unfit
        safe, revision = protect_beside_earlier(
            frozen,
            counted.measures,
            counted.population,
            cards,
            areas,
            rule,
            outside=disclosure["outside"],
            official=(figures, indicators or {}),
            report=part_of(progress, 0.3, 0.9),
        )
        lived = release_residence(
            {card.measure: list(iter_residence_levels(homes, card, cube.window, rule)) for card in cards},
            build_residents(homes, rule),
            cards,
            areas | tell_residence(residence),
            frozen,
            rule,
            safe,
        )
        unfit += lived.protecting
        safe = safe.beside(lived.measures, lived.population)
    undoubted = check_doubt(safe.in_doubt, store / RELEASES)
    progress("writing", 0.9)
    population = safe.population
    peers = build_peers(population, cube.read(PEOPLE), cube.units(), hierarchy, rule) if cube else None
    writing.add(
        {f"{MEASURES_FOLDER}/{measure}.parquet": (RELEASED_MEASURE, of) for measure, of in safe.measures.items()}
        | {
            POPULATION_FILE: (RELEASED_POPULATION, [population]),
            RESIDENCE_FILE: (RELEASED_RESIDENCE, [residence]),
            PEERS_FILE: (RELEASED_PEERS, [RELEASED_PEERS.empty_table() if peers is None else peers]),
            PUBLISHED_FILE: (RELEASED_PUBLISHED, [figures]),
        }
        | ({} if boundaries is None else {RELEASED_BOUNDARIES_FILE: (BOUNDARIES, [boundaries])})
    )
    figures_shown = Figures(cards, writing.read_measure, hierarchy.top.code, partial(find_areas_shown, homes, rule))
    stands_out = build_released_findings(findings, figures_shown, find_previous(store, deployment, build))
    writing.add({RELEASED_FINDINGS_FILE: (RELEASED_FINDINGS, [stands_out])})

    promised = promise(writing.read_measure) if promise else Promises((), (), ())
    checks = [*checks, *map(asdict, promised.checks), asdict(undoubted)]

    said = ReleaseManifest(
        release="",
        build=build,
        deployment=deployment,
        made_on=made_at.isoformat(timespec="seconds"),
        mode=mode,
        first_month=_month(cube, 0) if cube else None,
        last_month=_month(cube, -1) if cube else None,
        disclosure=disclosure,
        deprivation_edition=editions.get("deprivation"),
        geography_edition=editions.get("geography"),
        measures=tuple(cards),
        splits=_splits_told(cube, TITLES | dict(titles or {}), published_splits or {}),
        indicators={name: dict(told) for name, told in (indicators or {}).items()},
        facts=tuple(map(dict, facts)),
        case_finding=tuple(case_finding),
        not_measured=tuple(not_measured),
        series=tuple(rests_on),
        drives=find_drives(writing.read_measure, cards, hierarchy, rule) if cube else (),
        stated=tuple(map(dict, stated)),
        ambitions=tuple(each.model_dump(mode="json") for each in promised.ambitions),
        vision=tuple(each.model_dump(mode="json") for each in promised.vision),
        boundary_notes=tuple(boundary_notes),
        sources=tuple(map(dict, sources)),
        loads=tuple(map(dict, loads)),
        checks=tuple(map(dict, checks)),
        cells=writing.cells | {PROTECTING: safe.protecting + unfit},
        peers=get_peers_told(list(cube.manifest["splits"]), TITLES) if cube else {},
        areas=areas,
        revision=revision,
    )
    name = f"r-{_content_hash(said, writing.hashes)[:12]}"
    folder = store / RELEASES / name
    if not folder.is_dir():
        with whole_folder(folder) as draft:
            writing.write(draft)
            held = [*check_release(draft, rule, cards), check_manifest(said, rule), check_findings_told(draft, cards)]
            if published is not None:
                exact = [indicator for indicator, card in said.indicators.items() if card.get("exact")]
                held += check_official_figures(figures, exact, hierarchy)
            kept = *checks, *map(asdict, held)
            write_json(draft / RELEASE_FILE, asdict(said) | {"release": name, "checks": kept})
    put_in_force(store, name, made_at)
    progress("released", 1.0)
    return folder


class _Writing:
    """The release's files, compressed in memory until its name is known: some 50 MB for 2.4 million people."""

    def __init__(self) -> None:
        self.files: dict[str, pa.Buffer] = {}
        self.hashes: dict[str, list[str]] = {}
        self.cells = {SHOWN: 0, HIDDEN: 0}

    def add(self, files: Mapping[str, tuple[pa.Schema, Sequence[pa.Table]]]) -> None:
        """files: path -> schema and parts, each a row group; written side by side."""
        do_each(lambda path: self._write_one(path, *files[path]), files)
        for schema, parts in files.values():
            for part in parts if "state" in schema.names else ():
                for each in part["state"].value_counts().to_pylist():
                    if each["values"] in self.cells:
                        self.cells[each["values"]] += each["counts"]

    def _write_one(self, path: str, schema: pa.Schema, parts: Sequence[pa.Table]) -> None:
        sink = pa.BufferOutputStream()
        with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
            for part in parts:
                writer.write_table(part, row_group_size=max(part.num_rows, 1))
        self.files[path], self.hashes[path] = sink.getvalue(), [table_hash(part) for part in parts]

    def read_measure(self, measure: str) -> pa.Table:
        """RELEASED_MEASURE as it will be written. The measure is one of the release's."""
        return read_small(self.files[f"{MEASURES_FOLDER}/{measure}.parquet"])

    def write(self, folder: Path) -> None:
        for path, content in self.files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)


def _count_levels(
    cube: Cube,
    cards: Sequence[MeasureCard],
    hierarchy: Hierarchy,
    rule: DisclosureRule,
    progress: Report,
) -> dict[str, list[pa.Table]]:
    """COUNTED_MEASURE of each measure a level at a time, with what is small marked as hidden, and nothing more."""
    levels = {}
    for done, card in enumerate(cards):
        progress(card.title, done / len(cards))
        levels[card.measure] = list(
            iter_unit_levels(cube, card, hierarchy, rule)
            if is_unit_measure(card)
            else iter_measure_levels(
                cube.read(card.measure), cube.units(), hierarchy, cube.window, rule, sensitive=card.sensitive
            )
        )
    return levels


def _residence_told(homes: Homes | None) -> pa.Table:
    """RELEASED_RESIDENCE, larger areas first."""
    told = homes.areas.tell() if homes else {}
    rows = [{"area": code, **said} for level in RESIDENCE for code, said in told.items() if said["level"] == level]
    return pa.Table.from_pylist(rows, schema=RELEASED_RESIDENCE)


def _month(cube: Cube, index: int) -> str:
    return cube.window.month_ends[index].isoformat()[:7]


def _disclosure_told(rule: DisclosureRule, hierarchy: Hierarchy, cube: Cube | None) -> dict[str, Any]:
    """outside: whether anybody counted in the whole system belongs to no area below it, so that parts fall short."""
    return {
        "scheme": SCHEME,
        "suppress_below": rule.suppress_below,
        "round_to": rule.round_to,
        "outside": cube is not None and any(unit not in hierarchy.chains for unit in cube.units()),
        "told": (
            f"A figure is hidden where it rests on 1 to {rule.suppress_below - 1} people (or items, stays or whatever "
            f"else it counts), or leaves out 1 to {rule.suppress_below - 1}, and where another such figure could be "
            f"worked out from it; every other count is rounded to a neighbouring multiple of {rule.round_to}, chosen "
            "so that parts add up to their totals."
        ),
    }


def _splits_told(
    cube: Cube | None, titles: Mapping[str, str], published: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The cube's splits, then those of the published figures; groups that only the publisher has come last."""
    told = {
        split: {
            "title": titles.get(split, split),
            "groups": [{"group": group, "title": titles.get(group, group)} for group in groups],
        }
        for split, groups in (cube.manifest["splits"] if cube else {}).items()
    }
    for split, said in published.items():
        ours = told.setdefault(split, {"title": said["title"], "groups": []})
        known = {each["group"] for each in ours["groups"]}
        ours["groups"] += [dict(each) for each in said["groups"] if each["group"] not in known]
    return told


def _areas_told(hierarchy: Hierarchy, cube: Cube | None) -> dict[str, dict[str, Any]]:
    reporting: set[str] = set()
    if cube:
        cells = get_cells(cube.read(PEOPLE), cube.units(), [ALL])
        reporting.update(*(roll_up(cells, hierarchy, level).reporting.areas for level in hierarchy.levels))
    return {
        code: {
            "name": each.name,
            "level": each.level,
            "kind": each.kind,
            "parent": each.parent,
            "reported": code in reporting,
        }
        for code, each in hierarchy.organisations.items()
    }


def _content_hash(said: ReleaseManifest, hashes: Mapping[str, list[str]]) -> str:
    """Of all that is released, but not of when it was made, from which build, or how it came about."""
    content = asdict(said) | {"release": "", "made_on": "", "build": "", "cells": {}, "files": hashes}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
