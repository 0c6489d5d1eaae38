"""A wide planted system for pages that look across: 5 places, 50 networks and 250 practices, a dozen measures.

Every share is near 60% by chance alone, but for what is planted: network W00 and practice P000 reach 30% only in
`measure_0`, and network W49 reaches 85%; networks W10 and W30 are look-alikes (many students), and so are W20 and W40
(many old people). In `measure_1` lower is better, and in `measure_2` neither. The last measure is so rare that every
practice is hidden.
"""

from pathlib import Path

import numpy as np

from builders.release import MADE_AT
from builders.release_texts import CHECKS, LOADS, SOURCES, build_card
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import Hierarchy, Organisation
from placewise.floor.vocabulary.people import AGE_BANDS
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, Counts, SplitCounts, write_cube
from placewise.publishing.build import build_release
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.release import Release, open_release

WINDOW = Window(2025, 4, 12)
PLACES, NETWORKS, PRACTICES = 5, 50, 250
MEASURES = 12
WORSE, BETTER, WORSE_PRACTICE = "W00", "W49", "P000"
STUDENTS, RETIRED = ("W10", "W30"), ("W20", "W40")

_BY_AGE = {"plain": (20, 10, 25, 25, 14, 6), "students": (6, 58, 20, 11, 4, 1), "retired": (10, 4, 13, 26, 31, 16)}
_BETTER = {1: "lower", 2: "neither"}


def build_wide_hierarchy() -> Hierarchy:
    rows = [("WID", "Wide System", "system", "")]
    rows += [(f"D{place}", f"District {place}", "place", "WID") for place in range(PLACES)]
    rows += [
        (f"W{each:02}", f"Invented Network {each:02}", "network", f"D{each * PLACES // NETWORKS}")
        for each in range(NETWORKS)
    ]
    rows += [
        (f"P{each:03}", f"Invented Practice {each:03}", "practice", f"W{each * NETWORKS // PRACTICES:02}")
        for each in range(PRACTICES)
    ]
    return Hierarchy(
        ("system", "place", "network", "practice"),
        {
            code: Organisation(
                code=code, name=name, kind=level, level=level, parent=parent,
                open_from=None, open_to=None, synthetic=True, source="invented",
            )
            for code, name, level, parent in rows
        },
    )  # fmt: skip


def build_wide_release(store: Path, seed: int = 1) -> Release:
    rng = np.random.default_rng(seed)
    practices = tuple(f"P{each:03}" for each in range(PRACTICES))
    network = np.arange(PRACTICES) * NETWORKS // PRACTICES
    lists = 5_000 + 100 * (np.arange(PRACTICES) % 40)
    counts: dict[str, Counts] = {PEOPLE: _people(lists, network)}
    for number in range(MEASURES):
        share = np.full(PRACTICES, 0.6)
        if number == 0:
            share[network == 0], share[network == NETWORKS - 1], share[0] = 0.3, 0.85, 0.3
        of = lists // 20 if number < MEASURES - 1 else np.full(PRACTICES, 6)
        met = rng.binomial(of, share)
        counts[f"measure_{number}"] = {ALL: _each_month(of, met)}
    folder = store / "builds" / "wide" / "cube"
    folder.mkdir(parents=True)
    cube = write_cube(
        folder,
        window=WINDOW,
        units={"practice": practices},
        counts={"practice": counts},
        hierarchy=build_wide_hierarchy(),
        editions={"deprivation": "Index of Invented Deprivation 2025", "geography": "Invented areas 2021"},
    )
    cards = tuple(
        build_card(
            f"measure_{number}",
            f"People with invented condition {number} who have their care",
            f"programme_{number // 4}",
            better=_BETTER.get(number, "higher"),
            ambition={"value": 0.9, "by": "2029-03", "source": "invented"} if number == 0 else None,
        )
        for number in range(MEASURES)
    )
    return open_release(
        build_release(
            store,
            deployment="wide",
            mode="synthetic",
            build="wide",
            made_at=MADE_AT,
            hierarchy=build_wide_hierarchy(),
            rule=DisclosureRule(),
            cube=cube,
            cards=cards,
            sources=SOURCES[:1],
            loads=LOADS,
            checks=CHECKS,
        )
    )


def _people(lists: np.ndarray, network: np.ndarray) -> Counts:
    kinds = {int(code[1:]): kind for kind, codes in (("students", STUDENTS), ("retired", RETIRED)) for code in codes}
    shares = np.array([_BY_AGE[kinds.get(int(each), "plain")] for each in network]) / 100
    by_age = np.floor(lists[:, None] * shares).astype(np.int64)
    by_age[:, 2] += lists - by_age.sum(axis=1)
    return {ALL: _each_month(lists, lists), "age_band": _each_month(by_age, by_age, AGE_BANDS)}


def _each_month(of: np.ndarray, met: np.ndarray, groups: tuple[str, ...] = (ALL,)) -> SplitCounts:
    """The same in every month."""
    shape = (PRACTICES, len(groups), WINDOW.months)
    denominator, numerator = (
        np.broadcast_to(each.reshape(PRACTICES, len(groups), 1), shape).astype(np.int64) for each in (of, met)
    )
    return SplitCounts(groups, denominator, numerator, np.ones((PRACTICES, WINDOW.months), dtype=bool))


def write_wide_deployment(parent: Path) -> Path:
    """The folder of this system, with where its places lie."""
    folder = parent / "wide"
    folder.mkdir()
    rows = ["code,name,kind,level,parent,open_from,open_to,synthetic,source"]
    rows += [
        f"{each.code},{each.name},{each.kind},{each.level},{each.parent},,,yes,invented"
        for each in build_wide_hierarchy().organisations.values()
    ]
    tiles = ["area,column,row", "D0,1,0", "D1,0,1", "D2,1,1", "D3,2,1", "D4,1,2"]
    for name, text in (("ics.yaml", ICS), ("organisations.csv", "\n".join(rows)), ("tiles.csv", "\n".join(tiles))):
        (folder / name).write_text(text + "\n", encoding="utf-8")
    return folder


ICS = """\
ics: wide
name: Wide Health and Care Partnership
mode: synthetic
levels: [system, place, network, practice]
organisations: organisations.csv
window: {first: 2025-04, months: 12}
deprivation_edition: Index of Invented Deprivation 2025
geography_edition: Invented areas 2021
compare_by: [age_band]
disclosure: {suppress_below: 8, round_to: 5}
programmes: {}
"""
