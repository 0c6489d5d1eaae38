"""`findings`: what stands out in the build in force, in words."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from placewise.console import STORE, Json, Store, print_json, progress, read_named, say
from placewise.floor.faults import refuse

if TYPE_CHECKING:
    from placewise.gaps.contract import Finding
    from placewise.gaps.definition import Judged, Watched


def findings(
    deployment: Annotated[
        str | None, typer.Argument(envvar="PLACEWISE_DEPLOYMENT", help="A deployment's name or folder.")
    ] = None,
    store: Store = STORE,
    as_json: Json = False,
) -> None:
    """Tell what stands out in the build in force: for the store's owner, since practices read their own first."""
    from placewise.definitions import read_definitions
    from placewise.floor.folders import current
    from placewise.gaps.build import build_findings
    from placewise.gaps.definition import find_judged, find_watched
    from placewise.gaps.kept import read_findings
    from placewise.measures.contract import CUBE_FOLDER
    from placewise.measures.cube import open_cube
    from placewise.population.areas import read_areas

    named = read_named(deployment)
    build = current(store / "builds")
    if build is None:
        raise refuse(store / "builds", "there is no build in it", "run `placewise build`, or name another store")
    cube = open_cube(build / CUBE_FOLDER)
    if cube.manifest["chains"] != named.hierarchy.chains:
        told = f"its practices are not those of {named.name}"
        raise refuse(build, told, "name the deployment it was built for")
    measures = read_definitions(named).measures
    judged, watched = find_judged(measures, cube.measures), find_watched(measures, cube.measures)
    found = read_findings(build)
    if found is None:  # it was built before findings were kept
        with progress() as report:
            report("Looking for what stands out", 0.0)
            found = build_findings(cube, judged, named.hierarchy, watched, areas=read_areas(build))
    if as_json:
        print_json([asdict(each) for each in found])
        return
    names = {code: each.name for code, each in named.hierarchy.organisations.items()}
    every: tuple[Judged | Watched, ...] = (*judged, *watched)
    for measure in every:
        _say(measure, [each for each in found if each.measure == measure.measure], names)


def _say(judged: "Judged | Watched", found: Sequence["Finding"], names: dict[str, str]) -> None:
    """A measure's findings, the system's first; what is gone; the areas above practices whose change nobody knows."""
    say.print(f"\n[bold]{judged.title}[/bold]  ({judged.measure})")
    unknown, gone = [], [each for each in found if each.standing == "gone"]
    for each in (each for each in found if each.standing != "gone"):
        if (each.kind, each.word) == ("change", "not yet known"):
            unknown += [] if each.is_for_its_practice_alone else [_name(each, names)]
        else:
            since = {"new": ", new", "changed": f", before {each.before}"}.get(each.standing, "")
            told = f"  {each.level} {_name(each, names)}: {each.kind}, {each.word}{since} ({each.month}). {each.told}"
            say.print(told, markup=False)
    for each in gone:
        say.print(f"  {each.level} {_name(each, names)}: {each.kind}, {each.word}, no longer found.", markup=False)
    if unknown:
        say.print(f"  Not yet known whether anything changed: {', '.join(unknown)}.", markup=False)


def _name(finding: "Finding", names: dict[str, str]) -> str:
    """An organisation's name; of a small area, and of a practice that is gone from the register, its code."""
    return names.get(finding.area, finding.area)
