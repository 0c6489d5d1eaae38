"""Where people live, over years: a year stays as first released, whatever records, lookups and editions come later."""

import shutil
from copy import copy
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from builders.late_records import EDITIONS, LateSystem
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.publishing.attack.build import attack
from placewise.publishing.contract import HIDDEN, MEASURES_FOLDER, NO_DATA, POPULATION_FILE, SHOWN
from placewise.publishing.release import Release

MEASURES = ("known", "treated")
TOLD = ["area", "month", "numerator", "denominator", "state"]
MOVED = {"S03": "M1", "S23": "M12"}
"""One small area goes to another middle area, one to a middle area of its own."""
Cells = dict[tuple[str, str], tuple[object, ...]]


@pytest.fixture(scope="module")
def system() -> LateSystem:
    """A window of 14 months has the ends of two financial years in its first four releases, or of one."""
    return LateSystem(6_000, months=14, small_areas=48)


@pytest.fixture(scope="module")
def first(system: LateSystem, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Until April 2025, with the years to March 2024 and 2025."""
    return system.release(tmp_path_factory.mktemp("first"), 2)


def read(release: Release, measure: str, levels: tuple[str, ...] = RESIDENCE) -> Cells:
    """What is told of each area where people live at the end of each year."""
    table = pq.read_table(release.folder / MEASURES_FOLDER / f"{measure}.parquet")
    rows = table.filter(pc.is_in(table["level"].cast(pa.string()), pa.array(levels))).select(TOLD).to_pylist()
    return {(row["area"], f"{row['month']:%Y-%m}"): tuple(row.values())[2:] for row in rows}


def copy_store(release: Release, folder: Path) -> Path:
    """A store with this release in force and no other."""
    return Path(shutil.copytree(release.folder.parents[1], folder / "store"))


def found_by(release: Release, *earlier: Release) -> tuple[int, int, int]:
    found = attack(release, earlier)
    assert found.hidden > 100
    return found.recovered, found.narrowed, found.contradictory


@pytest.mark.requirement("S085", "S187")
def test_nothing_hidden_comes_out_of_three_years(system: LateSystem, tmp_path: Path) -> None:
    """With the figures of April past months are made anew, and where people live is not."""
    releases: list[Release] = []
    for month in (1, 2, 13):
        release = system.release(tmp_path, month)
        assert found_by(release, *releases)[:2] == (0, 0)
        releases.append(release)
    march, april, last = releases
    assert [each.manifest.revision.last for each in releases if each.manifest.revision] == [
        "2025-03", "2025-04", "2025-04",
    ]  # fmt: skip
    for measure in MEASURES:
        of_march, of_april, of_last = (read(each, measure) for each in (march, april, last))
        assert of_april == {cell: told for cell, told in of_march.items() if cell in of_april}
        both = of_april.keys() & of_last.keys()
        assert {month for _, month in both} == {"2025-03"} and {month for _, month in of_last} == {"2025-03", "2026-03"}
        assert all(of_april[cell] == of_last[cell] for cell in both)
        assert {told[-1] for told in of_last.values()} == {SHOWN, HIDDEN}


def test_a_small_area_in_another_middle_area_revises_no_year_and_tells_nothing(
    system: LateSystem, first: Release, tmp_path: Path
) -> None:
    """The middle area with it and the same without it would be the small area by itself."""
    second = system.release(copy_store(first, tmp_path), 3, lived_in=system.tell_areas(MOVED))
    assert second.areas["S03"]["parent"] == "M1" and second.areas["M12"]["level"] == "middle_area"
    for measure in MEASURES:
        before, now = read(first, measure), read(second, measure)
        assert {cell: told for cell, told in now.items() if cell[0] != "M12"} == {
            cell: told for cell, told in before.items() if cell in now
        }
        assert {told[-1] for (area, _), told in now.items() if area == "M12"} == {NO_DATA}
    assert found_by(second, first) == (0, 0, 0)


def test_people_told_before_are_told_of_no_new_middle_area(system: LateSystem, first: Release, tmp_path: Path) -> None:
    again = system.release(copy_store(first, tmp_path), 2, lived_in=system.tell_areas(MOVED))
    people = pq.read_table(again.folder / POPULATION_FILE)
    state = {row["area"]: row["state"] for row in people.to_pylist() if row["level"] == "middle_area"}
    assert (state["M12"], state["M1"]) == (HIDDEN, SHOWN)


@pytest.mark.requirement("S003")
def test_a_new_edition_of_deprivation_leaves_past_months_as_they_were_without_its_groups(
    system: LateSystem, first: Release, tmp_path: Path
) -> None:
    changed = copy(system)
    changed.fifth = np.roll(system.fifth, 1)
    cube = changed.build_cube(tmp_path / "cube", 3, EDITIONS | {"deprivation": "Another index"})
    second = system.release(copy_store(first, tmp_path), 3, cube=cube, lived_in=changed.tell_areas())
    assert second.manifest.deprivation_edition == "Another index"
    for measure in MEASURES:
        then, now = (each.trend(measure, "P03").to_pylist() for each in (first, second))
        assert now[:-1] == then[1:], "a practice's past months"
        past, newest = (
            {row["state"] for row in second.groups(measure, "ALL", month, "deprivation_fifth").to_pylist()}
            for month in ("2025-03", "2025-05")
        )
        assert past == {HIDDEN}
        assert SHOWN in newest
    assert found_by(second, first) == (0, 0, 0)
