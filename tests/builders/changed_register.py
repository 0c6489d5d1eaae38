"""The planted release with a register whose changes are counted: carers added, removed, and added in a month.

Each month 5 of 1,000 registered people are newly known and 1 of 1,000 is no longer; in September 2025 the Lighthouse
Practice (A02) codes 200 more at once. Two counts of carers added are stated that do not fit each other, and one that
fits both.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from builders.release import PRACTICES, WINDOW, build_hierarchy, build_planted_cube, build_planted_release, divide
from builders.release_texts import CARD_KNOWN, CARDS, KNOWN_AND_EXPECTED, build_card
from placewise.measures.contract import ALL
from placewise.measures.cube import Counts, Cube, SplitCounts, write_cube
from placewise.measures.definition import ADDED, REMOVED, RegisterChange
from placewise.publishing.release import Release

DRIVE_AT, DRIVE_MONTH, IN_DRIVE = "A02", "2025-09", 200

CHANGES = {
    "carers_added": RegisterChange("unpaid_carers", ADDED, 12),
    "carers_removed": RegisterChange("unpaid_carers", REMOVED, 12),
    "carers_added_in_month": RegisterChange("unpaid_carers", ADDED, 1),
}
CHANGE_CARDS = tuple(
    build_card(measure, f"Carers {change.turn} in {change.months} months", "carers", better="neither")
    for measure, change in CHANGES.items()
)

STATED: tuple[dict[str, Any], ...] = (
    {
        "title": "Carers added, as told before the winter", "count": 16000, "about": True, "measure": "carers_added",
        "since": None, "until": "2020-03", "source": "Haven Partnership, 2021", "says": "about 16,000",
    },
    {
        "title": "Carers added, as told after it", "count": 10000, "about": False, "measure": "carers_added",
        "since": "2019-01", "until": "2021-04", "source": "Haven Partnership, 2021", "says": "10,000",
    },
    {
        "title": "Carers added in summer", "count": 3000, "about": False, "measure": "carers_added",
        "since": "2025-05", "until": "2025-08", "source": "Haven Partnership, 2026", "says": "3,000",
    },
)  # fmt: skip


def build_changed_release(store: Path, *, drive: int = IN_DRIVE, **changed: Any) -> Release:
    cards = (*CARDS, CARD_KNOWN, *(_with_change(card) for card in CHANGE_CARDS))
    told: dict[str, Any] = {"cards": cards, "cube": _build_cube(store, drive), "stated": STATED}
    return build_planted_release(store, **(KNOWN_AND_EXPECTED | told | changed))


def _with_change(card: Any) -> Any:
    return type(card)(**(asdict(card) | {"code_lists": card.code_lists, "change": asdict(CHANGES[card.measure])}))


def _build_cube(store: Path, drive: int) -> Cube:
    """The planted cube, and the changes of its register, which no split divides."""
    before, folder = store / "builds" / "planted" / "cube", store / "builds" / "changed" / "cube"
    before.mkdir(parents=True)
    folder.mkdir(parents=True)
    planted = build_planted_cube(before)
    counts = {measure: planted.read(measure) for measure in planted.measures}
    people = counts["people"][ALL].denominator[:, 0, :]
    in_month = people * 5 // 1000
    month = [f"{end:%Y-%m}" for end in WINDOW.month_ends].index(DRIVE_MONTH)
    in_month[PRACTICES.index(DRIVE_AT), month] += drive
    added = np.cumsum(in_month, axis=1)
    added[:, 12:] -= np.cumsum(in_month, axis=1)[:, :-12]
    known = people * 9 // 100 + _kept(drive, month, people.shape)
    counts["people"] = counts["people"] | {"unpaid_carers": divide(people, known)}
    counts["carers_known"] = _of(people, known)
    counts |= {
        "carers_added": _of(people, added),
        "carers_removed": _of(people, people * 12 // 1000),
        "carers_added_in_month": _of(people, in_month),
    }
    small_areas = {"small_area": {"people": planted.read("people", "small_area")}}
    return write_cube(
        folder,
        window=WINDOW,
        units={"practice": PRACTICES, "small_area": planted.units("small_area")},
        counts={"practice": counts, **small_areas},
        hierarchy=build_hierarchy(),
        editions=planted.manifest["editions"],
    )


def _kept(drive: int, month: int, shape: tuple[int, ...]) -> np.ndarray:
    """Whom the drive coded stay known."""
    kept = np.zeros(shape, np.int64)
    kept[PRACTICES.index(DRIVE_AT), month:] = drive
    return kept


def _of(people: np.ndarray, met: np.ndarray) -> Counts:
    reported = np.ones(people.shape, dtype=bool)
    return {ALL: SplitCounts((ALL,), people[:, None, :], met[:, None, :], reported)}
