"""A store with counts that nobody may see: a build that is not released, and a release that was withdrawn.

Their counts are in the millions, where every released figure of the invented system is below a hundred thousand; so one
that gets out is told from any other number. The release in force is the planted one.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from builders.explained import write_records
from builders.findings import FINDINGS
from builders.lists import write_call_lists
from builders.release import PRACTICES, WINDOW, build_counts, build_hierarchy, build_planted_release
from placewise.floor.folders import point_to, read_json, write_json
from placewise.floor.vocabulary.people import SEXES
from placewise.gaps.kept import write_findings
from placewise.measures.cube import PEOPLE, Counts, open_cube, write_cube
from placewise.measures.rollup import get_cells, roll_up
from placewise.plans.lists.contract import LISTS_FOLDER, MADE_FILE
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import round_counts
from placewise.publishing.in_force import withdraw

BUILD = "b-unreleased"
SMALLEST = 1_000_000
"""No planted count that is smaller is looked for."""
MEASURES = ("af_anticoagulated", "blood_pressure_treated", "carers_reviewed")
SHARES = {
    "deprivation_fifth": (("1", "2", "3", "4", "5", "not_recorded"), (0.3, 0.2, 0.2, 0.15, 0.14, 0.01)),
    "sex": (SEXES, (0.5, 0.5, 0.0)),
}
SAID = "Told of nobody yet"
"""In each finding of the unreleased build."""


def build_store(store: Path, deployment: Path) -> frozenset[str]:
    """Write it; the digits of every planted count, exact and rounded, of every level, group and month."""
    folder = store / "builds" / BUILD / "cube"
    folder.mkdir(parents=True)
    counts = _plant_counts()
    write_cube(
        folder,
        window=WINDOW,
        units={"practice": PRACTICES},
        counts={"practice": counts},
        hierarchy=build_hierarchy(),
        editions={"deprivation": "Index of Invented Deprivation 2025", "geography": "Invented areas 2021"},
    )
    gone = build_planted_release(store, cube=open_cube(folder), build=BUILD, made_at=datetime(2026, 4, 2, tzinfo=UTC))
    withdraw(store, gone.manifest.release, because="nobody checked it", at=datetime(2026, 4, 3, tzinfo=UTC))
    build_planted_release(store)
    write_call_lists(store)
    write_records(store, deployment)
    _stand_in_front(store)
    return _find_digits(counts)


def _stand_in_front(store: Path) -> None:
    """The unreleased build is the newest: with findings, call lists held against it, and all else a build has."""
    built, lists = store / "builds" / BUILD, store / LISTS_FOLDER / "planted"
    said = read_json(lists / MADE_FILE) | {"build": BUILD}
    write_json(lists / MADE_FILE, said)
    write_json(built / "build.json", said)
    write_findings(
        built, [replace(each, told=SAID) for each in FINDINGS], [(each.measure, each.version) for each in FINDINGS]
    )
    point_to(store / "builds", BUILD)


def _plant_counts() -> dict[str, Counts]:
    months, units = WINDOW.months, len(PRACTICES)
    everywhere = np.ones((units, months), bool)
    lists = 9_870_000 + 7 * np.arange(units * months).reshape(units, months)
    shares = {PEOPLE: 1.0, **dict.fromkeys(MEASURES, 0.77)}
    return {
        measure: build_counts(lists + place, np.full((units, months), share), everywhere, SHARES)
        for place, (measure, share) in enumerate(shares.items())
    }


def _find_digits(counts: dict[str, Counts]) -> frozenset[str]:
    found: set[int] = set()
    rule, hierarchy = DisclosureRule(), build_hierarchy()
    for of_measure in counts.values():
        cells = get_cells(of_measure, PRACTICES, list(of_measure))
        for level in hierarchy.levels:
            sums = roll_up(cells, hierarchy, level)
            for exact in (sums.numerator, sums.denominator, sums.denominator - sums.numerator):
                found |= set(exact.reshape(-1).tolist()) | set(round_counts(exact, rule).reshape(-1).tolist())
    return frozenset(str(count) for count in found if count >= SMALLEST)
