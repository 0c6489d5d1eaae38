"""Where Placewise works: one folder a system, read with all its mistakes told at once.

deployments/SLUG/ics.yaml           ics_file.py
                organisations.csv   floor/vocabulary/organisations_file.py
                bodies.yaml         floor/vocabulary/partnership.py (optional)
                instruments.yaml    floor/vocabulary/agreements.py (optional)
                delegation.csv      floor/vocabulary/delegation_file.py (optional)
                ambitions.yaml      gaps/ambitions/definition.py (optional)
                published.yaml      the published files it uses (optional; read by intake)
                synthetic_published.yaml   invented ones, for a synthetic system (optional; read by intake)
                facts.yaml          the figures it states (optional; read by facts)
                expected.yaml       how many people registers should hold (optional; read by publishing)
                claims.csv          figures it stated (optional; floor/ledger/claims_file.py)
                documents.csv       the documents it stated them in (optional; floor/ledger/documents_file.py)
                tiles.csv           floor/vocabulary/tiles_file.py (optional)
                assets.csv          floor/vocabulary/assets_file.py (optional)
                outreach/           sites that teams could go to: plans/outreach/definition.py (optional)
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from placewise.door.definition import Recipient
from placewise.engines.definition import EngineSection
from placewise.floor.faults import Fault, FaultsFound, nearest, refuse
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.assets_file import Asset, find_assets
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.vocabulary.organisations_file import find_organisations
from placewise.floor.vocabulary.partnership import Body
from placewise.floor.vocabulary.partnership_files import Partnership, find_partnership
from placewise.floor.vocabulary.tiles_file import Tiles, find_tiles
from placewise.floor.yaml_file import Lines, find_faults, read_lines
from placewise.gaps.ambitions.definition import Ambition, AmbitionsFile, Statement
from placewise.gaps.ambitions.names import Unknown, find_unknown_measures, find_unknown_owners
from placewise.ics_file import FindingsSection, IcsFile, Levels, LiveUse, Mode, Purpose, RecipientSection
from placewise.measures.cube import PEOPLE
from placewise.plans.outreach.definition import read_sites
from placewise.publishing.definition import DisclosureRule, RevisionSchedule

ICS_FILE = "ics.yaml"
PUBLISHED_FILES = ("published.yaml", "synthetic_published.yaml")

PERSON_SPLITS = ("age_band", "sex", "ethnicity", "deprivation_fifth", "deprivation_decile", "life_course", "segment")
"""What people can be compared by in any system. Besides these, any register of the deployment's programmes."""

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")
NO_TILES: Tiles = {}
NO_ASSETS: tuple[Asset, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One system, checked: everything the rooms need to know about where they work."""

    slug: str
    name: str
    folder: Path
    hierarchy: Hierarchy
    window: Window
    compare_by: tuple[str, ...]
    disclosure: DisclosureRule
    revised: RevisionSchedule
    programmes: Mapping[str, dict[str, Any]]
    """Programme slug -> its section in ics.yaml (sponsor)."""
    recipients: Mapping[str, Recipient]
    """Who is told names besides the treating practice, by what programmes call them."""
    engine: EngineSection
    findings: FindingsSection
    deprivation_edition: str
    geography_edition: str
    mode: Mode
    purposes: tuple[Purpose, ...]
    live_use: LiveUse
    partnership: Partnership
    ambitions: Mapping[str, Ambition]
    vision: Mapping[str, Statement]
    published: Path | None
    synthetic_published: Path | None
    facts: Path | None
    expected: Path | None
    tiles: Tiles
    """Where areas of one level stand in a grid of tiles; none where the deployment places none."""
    assets: tuple[Asset, ...]

    @property
    def bodies(self) -> Mapping[str, Body]:
        return self.partnership.bodies


def data_folder(kind: Literal["deployments", "programmes", "codelists"]) -> Path:
    """The folder of deployments, programmes or codelists: here, else in the checkout, else as installed.

    Raises FaultsFound if there is none.
    """
    for folder in _data_folders(kind):
        if folder.is_dir():
            return folder
    raise refuse(kind, "there is no such folder here nor in the installed package", "install Placewise again")


def find_deployment(name_or_path: str) -> Path:
    """The folder of a deployment by its slug or path. Raises FaultsFound, with the nearest name, if there is none."""
    folders = [Path(name_or_path)]
    folders += [parent / name_or_path for parent in _data_folders("deployments")]
    for folder in folders:
        if (folder / ICS_FILE).is_file():
            return folder
    known = sorted(find_deployments())
    otherwise = f"give a folder that holds {ICS_FILE}, or one of {', '.join(known)}"
    raise refuse(name_or_path, "there is no deployment of this name", nearest(name_or_path, known, otherwise))


def find_deployments() -> dict[str, Path]:
    """Every deployment's folder by its slug; the first of a name counts."""
    folders: dict[str, Path] = {}
    for parent in _data_folders("deployments"):
        for file in sorted(parent.glob(f"*/{ICS_FILE}")):
            folders.setdefault(file.parent.name, file.parent)
    return folders


def find_demonstration() -> str:
    """The slug of the deployment marked `demonstration: true`. Raises FaultsFound unless there is exactly one."""
    marked = [
        slug
        for slug, folder in find_deployments().items()
        if isinstance(data := read_lines(folder / ICS_FILE).data, dict) and data.get("demonstration") is True
    ]
    if len(marked) != 1:
        raise refuse(
            "deployments", f"{len(marked)} of them are marked as the demonstration", "name the deployment you mean"
        )
    return marked[0]


def read_deployment(name_or_path: str) -> Deployment:
    """A deployment by its slug or path. Raises FaultsFound with every mistake of its files."""
    deployment, faults = _read(find_deployment(name_or_path))
    if deployment is None:
        raise FaultsFound(faults)
    return deployment


def check_deployment(name_or_path: str) -> list[Fault]:
    """Every mistake of a deployment's own files, and each programme they name that is nowhere.

    What is wrong inside a programme is told where programmes are read.
    """
    folder = find_deployment(name_or_path)
    deployment, faults = _read(folder)
    if deployment is None:
        return faults
    missing = _find_missing_programmes(folder, deployment.programmes)
    unknown = [*_find_unknown_helps(deployment), *_find_unknown_counts(deployment)]
    return [*missing, *unknown, *_find_outreach_faults(deployment)]


def _data_folders(kind: str) -> list[Path]:
    package = Path(__file__).resolve().parent
    return [Path(kind), package.parents[1] / kind, package / "data" / kind]


def _read(folder: Path) -> tuple[Deployment | None, list[Fault]]:
    ics, faults = find_faults(folder / ICS_FILE, IcsFile)
    ambitions, ambition_faults = _read_optional(folder / "ambitions.yaml", AmbitionsFile)
    levels, organisations = (ics.levels, ics.organisations) if ics else _levels_as_written(folder / ICS_FILE)
    hierarchy, organisation_faults = find_organisations(folder / organisations, levels) if levels else (None, [])
    partnership, partnership_faults = find_partnership(folder, hierarchy)
    tiles, tile_faults = _find_if_there(folder / "tiles.csv", hierarchy, find_tiles, NO_TILES)
    assets, asset_faults = _find_if_there(folder / "assets.csv", hierarchy, find_assets, NO_ASSETS)
    faults = [*faults, *organisation_faults, *partnership_faults, *ambition_faults, *tile_faults, *asset_faults]
    if ics and partnership and ambitions and hierarchy:
        faults += _find_unknown_names(folder, ics, partnership.bodies, ambitions, hierarchy)
    if faults or not (ics and hierarchy and partnership and ambitions):
        return None, faults
    return Deployment(
        slug=ics.ics,
        name=ics.name,
        folder=folder,
        hierarchy=hierarchy,
        window=Window.parse(ics.window.first, ics.window.months),
        compare_by=ics.compare_by,
        disclosure=DisclosureRule(ics.disclosure.suppress_below, ics.disclosure.round_to),
        revised=RevisionSchedule(ics.disclosure.revise.every, ics.disclosure.revise.month),
        programmes={slug: section.model_dump() for slug, section in ics.programmes.items()},
        recipients={slug: _read_recipient(section) for slug, section in ics.recipients.items()},
        engine=ics.engine,
        findings=ics.findings,
        deprivation_edition=ics.deprivation_edition,
        geography_edition=ics.geography_edition,
        mode=ics.mode,
        purposes=ics.purposes,
        live_use=ics.live_use,
        partnership=partnership,
        ambitions=ambitions.ambitions,
        vision=ambitions.vision,
        published=_if_there(folder / PUBLISHED_FILES[0]),
        synthetic_published=_if_there(folder / PUBLISHED_FILES[1]),
        facts=_if_there(folder / "facts.yaml"),
        expected=_if_there(folder / "expected.yaml"),
        tiles=tiles,
        assets=assets,
    ), []


def _read_recipient(section: RecipientSection) -> Recipient:
    first, last = section.first_and_last
    return Recipient(organisation=section.organisation, purpose=section.purpose, first_age=first, last_age=last)


def _read_optional(path: Path, model: type[M]) -> tuple[M | None, list[Fault]]:
    """An empty one where the deployment has no such file."""
    return find_faults(path, model) if path.is_file() else (model(), [])


def _find_if_there(
    path: Path, hierarchy: Hierarchy | None, find: Callable[[Path, Hierarchy], tuple[T, list[Fault]]], without: T
) -> tuple[T, list[Fault]]:
    """What a table of the deployment says, where it has one and its organisations could be read."""
    return find(path, hierarchy) if hierarchy and path.is_file() else (without, [])


def _find_unknown_helps(deployment: Deployment) -> Iterator[Fault]:
    """Programmes that a strength is said to help with, and that this system does not run."""
    for asset in deployment.assets:
        for slug in asset.helps:
            if slug not in deployment.programmes:
                fault = f"{asset.asset} helps with {slug}, which is no programme of this system"
                yield Fault(str(deployment.folder / "assets.csv"), None, fault, nearest(slug, deployment.programmes))


def _find_unknown_counts(deployment: Deployment) -> Iterator[Fault]:
    """Measures whose people an official figure is said to count, and that no programme of this system has."""
    programmes = (_programme_file(slug) for slug in deployment.programmes)
    measures = {PEOPLE}.union(*(_slugs_in(path, "measures") for path in programmes if path))
    for file in filter(None, (deployment.published, deployment.synthetic_published)):
        lines = read_lines(file)
        for figure in _slugs_in(file, "figures"):
            said = lines.data["figures"][figure]
            same = said.get("same_as") if isinstance(said, dict) else None
            name = same.get("measure") if isinstance(same, dict) else None
            if name is not None and name not in measures:
                told = f"no programme of this system has the measure {name}"
                yield lines.fault(("figures", figure, "same_as", "measure"), told, nearest(name, measures))


def _find_outreach_faults(deployment: Deployment) -> tuple[Fault, ...]:
    """What is wrong with the sites that teams could go to, where the deployment states any."""
    folder = deployment.folder / "outreach"
    if folder.is_dir():
        try:
            read_sites(folder / "sites.csv", folder / "reach.csv", sorted(deployment.hierarchy.organisations))
        except FaultsFound as found:
            return found.faults
    return ()


def _lines_if_there(path: Path) -> Lines:
    return read_lines(path) if path.is_file() else Lines(str(path), None, None)


def _if_there(path: Path) -> Path | None:
    return path if path.is_file() else None


def _levels_as_written(ics_file: Path) -> tuple[tuple[str, ...], str]:
    """Levels and organisations file of a faulty ics.yaml, so that organisations.csv is checked in the same run."""
    try:
        written = Levels.model_validate(read_lines(ics_file).data)
    except (FaultsFound, ValidationError):
        return (), ""
    return written.levels, written.organisations


def _find_unknown_names(
    folder: Path, ics: IcsFile, bodies: Collection[str], ambitions: AmbitionsFile, hierarchy: Hierarchy
) -> Iterator[Fault]:
    """Names that nothing else defines: sponsors, owners, what people are compared by, the measures of ambitions."""
    lines, ambition_lines = read_lines(folder / ICS_FILE), _lines_if_there(folder / "ambitions.yaml")
    for slug, section in ics.programmes.items():
        if section.sponsor and section.sponsor not in bodies:
            fault = f"the sponsor {section.sponsor} is not in bodies.yaml"
            yield lines.fault(("programmes", slug, "sponsor"), fault, nearest(section.sponsor, bodies))
    yield from _find_unknown_recipients(lines, ics, hierarchy)
    yield from _at_their_lines(ambition_lines, find_unknown_owners(ambitions, bodies))
    programmes = [_programme_file(slug) for slug in ics.programmes]
    if None in programmes:
        return  # a missing programme may define the rest; check_deployment tells that it is missing
    splits = set(PERSON_SPLITS).union(*(_slugs_in(path, "registers") for path in programmes if path))
    for index, split in enumerate(ics.compare_by):
        if split not in splits:
            yield lines.fault(("compare_by", index), f"people cannot be compared by {split}", nearest(split, splits))
    measures = set[str]().union(*(_slugs_in(path, "measures") for path in programmes if path))
    files = [folder / file for file in PUBLISHED_FILES if (folder / file).is_file()]
    series, figures = (set[str]().union(*(_slugs_in(file, key) for file in files)) for key in ("series", "figures"))
    for slug, path in zip(ics.programmes, programmes, strict=True):
        for named in sorted(_slugs_in(path, "published") - series - figures) if path else ():
            fault = f"{slug} rests on the published {named}, which no published file of this system has"
            yield lines.fault(("programmes", slug), fault, nearest(named, series | figures))
    yield from _at_their_lines(ambition_lines, find_unknown_measures(ambitions, measures, series, ics.programmes))


def _find_unknown_recipients(lines: Lines, ics: IcsFile, hierarchy: Hierarchy) -> Iterator[Fault]:
    """Recipients that are no organisation of the system's register, or one of its levels: those see no names."""
    outside = [each.code for each in hierarchy.organisations.values() if not each.level]
    for slug, section in ics.recipients.items():
        if section.organisation not in outside:
            fault = f"{slug} is to be {section.organisation}, which is no organisation outside the levels"
            yield lines.fault(("recipients", slug, "organisation"), fault, nearest(section.organisation, outside))


def _at_their_lines(lines: Lines, unknown: Iterable[Unknown]) -> Iterator[Fault]:
    for keys, fault, name, known in unknown:
        yield lines.fault(keys, fault, nearest(name, known))


def _find_missing_programmes(folder: Path, programmes: Iterable[str]) -> Iterator[Fault]:
    lines = read_lines(folder / ICS_FILE)
    for slug in programmes:
        if _programme_file(slug) is None:
            yield lines.fault(("programmes", slug), f"there is no programme {slug}", f"write programmes/{slug}.yaml")


def _programme_file(slug: str) -> Path | None:
    return next((path for parent in _data_folders("programmes") if (path := parent / f"{slug}.yaml").is_file()), None)


def _slugs_in(file: Path, section: str) -> set[str]:
    """What a section of a file names; a faulty file names nothing, and is told about where it is read."""
    try:
        data = read_lines(file).data
    except FaultsFound:
        return set()
    named = data.get(section) if isinstance(data, dict) else None
    return set(named) if isinstance(named, dict) else set()
