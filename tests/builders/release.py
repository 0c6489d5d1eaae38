"""A small planted release, made by the real build: an invented system of four levels, sixty months, three measures.

    HVS Haven System
      HVN North Haven            HVT South Haven
        NW1 Harbour   NW2 Hill     NW3 Marsh
        A01 A02       A03          A04 A05

Planted, so that tests can look for it:
- af_anticoagulated rises from 60% to 84% in every practice but A02, which stays at 50%; deprivation fifth 1 lies lower;
- blood_pressure_treated (sensitive) is 100% in A05, which is therefore hidden, and reports nothing in A03 until
  the month 2022-04, which is therefore no data;
- mixed and other ethnic groups are so few that their cells are hidden; nobody's sex is not recorded, which stays zero;
- carers_reviewed goes down from 70% to 40% everywhere;
- carers_known counts a steady share of everyone; it is released only with `**KNOWN_AND_EXPECTED`, which also says how
  many carers are expected and what is not measured;
- waits of two trusts, RT1 and RT2, by treatment function, and of the system, as their publisher released them.
"""

import atexit
import shutil
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest

from builders.haven_ambitions import judge_haven
from builders.release_texts import CARDS, CHECKS, INDICATORS, LOADS, SOURCES, TITLES
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import Hierarchy, Organisation
from placewise.floor.vocabulary.people import AGE_BANDS, ETHNIC_GROUPS, LIFE_COURSE, SEXES
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, Counts, Cube, SplitCounts, open_cube, write_cube
from placewise.publishing import build as release_build
from placewise.publishing import revising
from placewise.publishing.build import build_release
from placewise.publishing.contract import PRIMARY_ONLY, RELEASED_PUBLISHED
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import round_counts
from placewise.publishing.protection.tables import ProtectedTables
from placewise.publishing.release import Release, open_current, open_release
from placewise.publishing.rounding.tables import RoundedTables, show, show_people

WINDOW = Window(2021, 4, 60)
PRACTICES = ("A01", "A02", "A03", "A04", "A05")
SMALL_AREAS = ("H0001", "H0002", "H0003")
LIST_SIZES = np.array([9200, 7400, 5100, 11300, 3200])
MADE_AT = datetime(2026, 4, 20, 6, 30, tzinfo=UTC)

_FIFTHS = ("1", "2", "3", "4", "5", "not_recorded")
_DECILES = (*map(str, range(1, 11)), "not_recorded")
_SHARES = {
    "deprivation_fifth": (_FIFTHS, (0.31, 0.2, 0.18, 0.16, 0.14, 0.01)),
    "age_band": (AGE_BANDS, (0.21, 0.09, 0.27, 0.25, 0.13, 0.05)),
    "sex": (SEXES, (0.5, 0.5, 0.0)),
    "ethnicity": (ETHNIC_GROUPS, (0.13, 0.03, 0.0008, 0.0006, 0.79, 0.0486)),
    "learning_disability": (("yes", "no"), (0.006, 0.994)),
}
_PEOPLE_SHARES = _SHARES | {
    "life_course": (LIFE_COURSE, (0.3, 0.52, 0.18)),
    "deprivation_decile": (_DECILES, (0.22, 0.09, 0.11, 0.09, 0.1, 0.08, 0.08, 0.08, 0.07, 0.07, 0.01)),
    "segment": (("end_of_life", "frailty", "chronic_conditions", "healthy"), (0.007, 0.033, 0.31, 0.65)),
}


OUTSIDE = ("trust", "screening_provider")
"""Kinds of organisations that stand outside the levels."""


def build_hierarchy() -> Hierarchy:
    rows = [
        ("HVS", "Haven System", "system", ""),
        ("HVN", "North Haven", "place", "HVS"),
        ("HVT", "South Haven", "place", "HVS"),
        ("NW1", "Harbour Network", "network", "HVN"),
        ("NW2", "Hill Network", "network", "HVN"),
        ("NW3", "Marsh Network", "network", "HVT"),
        ("A01", "Quay Surgery", "practice", "NW1"),
        ("A02", "Lighthouse Practice", "practice", "NW1"),
        ("A03", "Hilltop Surgery", "practice", "NW2"),
        ("A04", "Reedbed Health Centre", "practice", "NW3"),
        ("A05", "Causeway Practice", "practice", "NW3"),
        ("RT1", "Haven General Hospitals", "trust", ""),
        ("RT2", "South Haven Infirmary", "trust", ""),
        ("SP1", "Haven Screening", "screening_provider", ""),
    ]
    return Hierarchy(
        ("system", "place", "network", "practice"),
        {
            code: Organisation(
                code=code, name=name, kind=kind, level="" if kind in OUTSIDE else kind, parent=parent,
                open_from=None, open_to=None, synthetic=True, source="invented",
            )
            for code, name, kind, parent in rows
        },
    )  # fmt: skip


def share_out(whole: npt.NDArray[np.int64], shares: tuple[float, ...]) -> npt.NDArray[np.int64]:
    """Whole counts [units, months] to parts [units, groups, months] that add up to them exactly."""
    ends = np.rint(np.cumsum(shares)[None, :, None] * whole[:, None, :]).astype(np.int64)
    ends[:, -1, :] = whole
    return np.diff(ends, axis=1, prepend=0)


def divide(people: npt.NDArray[np.int64], known: npt.NDArray[np.int64]) -> SplitCounts:
    """People on a register and the others, [units, months]: the same people as the measure of that register counts."""
    groups = np.stack([known, people - known], axis=1)
    return SplitCounts(("yes", "no"), groups, groups, np.ones(people.shape, dtype=bool))


def build_counts(
    denominator: npt.NDArray[np.int64],
    proportion: npt.NDArray[np.float64],
    reported: npt.NDArray[np.bool_],
    shares: dict[str, tuple[tuple[str, ...], tuple[float, ...]]],
) -> Counts:
    """Every split of a measure, each adding up to `all`: [units, months] in, splits of [units, groups, months] out.

    Fifth 1 lies eight points below the proportion, unless that is 100%; the other splits share out the rest.
    """
    fifths, parts = shares["deprivation_fifth"]
    of = share_out(denominator, parts)
    rate = np.broadcast_to(proportion[:, None, :], of.shape).copy()
    rate[:, 0] -= np.where(rate[:, 0] < 1, 0.08, 0)
    by_fifth = SplitCounts(fifths, of, np.rint(of * rate).astype(np.int64), reported)
    met = by_fifth.numerator.sum(axis=1)
    counts = {
        ALL: SplitCounts((ALL,), denominator[:, None, :], met[:, None, :], reported),
        "deprivation_fifth": by_fifth,
    }
    for split, (groups, parts) in shares.items():
        if split not in counts:
            of = share_out(denominator, parts)
            shared = np.minimum(share_out(met, parts), of)
            shared[:, int(np.argmax(parts))] += met - shared.sum(axis=1)
            counts[split] = SplitCounts(groups, of, shared, reported)
    return counts


def build_planted_cube(folder: Path) -> Cube:
    units, months = len(PRACTICES), WINDOW.months
    everywhere = np.ones((units, months), dtype=bool)
    lists = np.rint(LIST_SIZES[:, None] * (1 + np.arange(months) / 1200)).astype(np.int64)

    af = np.tile(np.linspace(0.60, 0.84, months), (units, 1))
    af[1] = 0.50
    treated = np.full((units, months), 0.7)
    treated[4] = 1.0
    reported = everywhere.copy()
    reported[2, :12] = False
    reviewed = np.tile(np.linspace(0.7, 0.4, months), (units, 1))
    ones = np.ones((units, months))
    by_practice = {
        PEOPLE: build_counts(lists, ones, everywhere, _PEOPLE_SHARES),
        "af_anticoagulated": build_counts(lists // 50, af, everywhere, _SHARES),
        "blood_pressure_treated": build_counts(np.where(reported, lists // 8, 0), treated, reported, _SHARES),
        "carers_reviewed": build_counts(lists // 33, reviewed, everywhere, _SHARES),
        "carers_known": build_counts(lists, np.full((units, months), 0.09), everywhere, _SHARES),
    }
    known = by_practice["carers_known"][ALL].numerator[:, 0, :]
    by_practice[PEOPLE] = by_practice[PEOPLE] | {"unpaid_carers": divide(lists, known)}
    homes = np.array([[20000], [16195], [5]]) * np.ones((1, months), dtype=np.int64)
    at_home = SplitCounts((ALL,), homes[:, None, :], homes[:, None, :], np.ones((3, months), dtype=bool))
    return write_cube(
        folder,
        window=WINDOW,
        units={"practice": PRACTICES, "small_area": SMALL_AREAS},
        counts={"practice": by_practice, "small_area": {PEOPLE: {ALL: at_home}}},
        hierarchy=build_hierarchy(),
        editions={"deprivation": "Index of Invented Deprivation 2025", "geography": "Invented areas 2021"},
    )


def build_published() -> pa.Table:
    """Waits by trust and treatment function, and the system's residents by deprivation decile."""
    names = {"RT1": "Haven General Hospitals", "RT2": "South Haven Infirmary", "HVS": "Haven System"}
    kinds = {"RT1": "trust", "RT2": "trust", "HVS": "system"}
    waits = {  # area, treatment function -> waiting, under 18 weeks, over 52 weeks
        ("RT1", ALL): (86915, 56900, 1343),
        ("RT1", "110"): (9100, 5300, 210),
        ("RT1", "130"): (6120, 4400, 33),
        ("RT2", ALL): (14438, 10250, 66),
        ("RT2", "110"): (1900, 1200, 12),
        ("RT2", "130"): (3, 2, 0),
        ("HVS", ALL): (98765, 66100, 1390),
    }
    figures: list[tuple[str, str, str, str, float, float | None, str]] = []
    for (area, function), (waiting, within, over) in waits.items():
        split = ALL if function == ALL else "treatment_function"
        figures += [
            ("rtt_waiting", area, split, function, waiting, None, "waits"),
            ("rtt_within_18_weeks", area, split, function, within, waiting, "proportion"),
            ("rtt_over_52_weeks", area, split, function, over, None, "waits"),
        ]
    figures += [
        ("residents_by_decile", "HVS", "deprivation_decile", str(decile), 9000 - 500 * decile, 62500, "proportion")
        for decile in range(1, 11)
    ]
    rows = [
        {
            "indicator": indicator,
            "area": area,
            "area_name": names[area],
            "area_kind": kinds[area],
            "period": "2026-01",
            "split": split,
            "group": group,
            "numerator": numerator,
            "denominator": denominator,
            "value": numerator / denominator if denominator else numerator,
            "unit": unit,
            "source": "rtt_2026_01" if unit == "waits" or indicator.startswith("rtt") else "residents_2020",
        }
        for indicator, area, split, group, numerator, denominator, unit in figures
    ]
    return pa.Table.from_pylist(rows, schema=RELEASED_PUBLISHED)


def build_unprotected_release(store: Path, **changed: Any) -> Release:
    """The same with what is small hidden, the others each rounded to the nearest, and nothing more: what a release was
    before protection."""

    def to_nearest(
        measures: Any, population: pa.Table, cards: Any, _areas: Any, _months: Any, rule: Any, **_: Any
    ) -> RoundedTables:
        known = {card.measure: card for card in cards}

        def near(table: pa.Table, column: str) -> npt.NDArray[np.int64]:
            return round_counts(np.nan_to_num(table[column].to_numpy()), rule)

        shown = {
            measure: [show(each, near(each, "numerator"), near(each, "denominator"), known[measure]) for each in levels]
            for measure, levels in measures.items()
        }
        return RoundedTables(shown, show_people(population, near(population, "people")), 0)

    def leave(measures: Any, population: pa.Table, *_: Any, **__: Any) -> ProtectedTables:
        return ProtectedTables(measures, population, 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release_build, "round_tables", to_nearest)
        patch.setattr(revising, "protect_tables", leave)
        patch.setattr(release_build, "SCHEME", PRIMARY_ONLY)
        return _build_planted_release(store, **changed)


@cache
def _keep_planted() -> TemporaryDirectory[str]:
    """The planted release as it is, for this process: many tests begin with it."""
    kept = TemporaryDirectory(prefix="placewise-planted-")
    atexit.register(kept.cleanup)
    store = Path(kept.name) / "store"
    store.mkdir()
    _build_planted_release(store)
    return kept


def build_planted_release(store: Path, *, made_at: datetime = MADE_AT, **changed: Any) -> Release:
    """The planted cube's release, written into a store and put in force; `changed` overrides what the build is told."""
    if made_at == MADE_AT and not changed and not {"builds", "releases"} & {each.name for each in store.glob("*")}:
        shutil.copytree(Path(_keep_planted().name) / "store", store, dirs_exist_ok=True)
        found = open_current(store)
        assert found is not None
        return found
    return _build_planted_release(store, made_at=made_at, **changed)


def _build_planted_release(store: Path, *, made_at: datetime = MADE_AT, **changed: Any) -> Release:
    cube_folder = store / "builds" / "planted" / "cube"
    if not cube_folder.is_dir():
        cube_folder.mkdir(parents=True)
        build_planted_cube(cube_folder)
    told: dict[str, Any] = {
        "deployment": "haven",
        "mode": "synthetic",
        "build": "planted",
        "made_at": made_at,
        "hierarchy": build_hierarchy(),
        "rule": DisclosureRule(),
        "cube": open_cube(cube_folder),
        "cards": CARDS,
        "titles": TITLES,
        "published": build_published(),
        "indicators": INDICATORS,
        "sources": SOURCES,
        "loads": LOADS,
        "checks": CHECKS,
    }
    told |= changed
    if told["cube"] is not None:
        said = [told[name] for name in ("cube", "cards", "hierarchy", "rule")]
        told = {"promise": partial(judge_haven, *said, made_at.date())} | told
    return open_release(build_release(store, **told))
