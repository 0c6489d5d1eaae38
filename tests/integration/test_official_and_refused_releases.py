"""Releases beside official figures of the same people: protected where these are known in time, else refused."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builders.release import WINDOW, build_hierarchy, build_planted_release
from builders.release_texts import KNOWN_AND_EXPECTED
from placewise.floor.faults import FaultsFound
from placewise.floor.folders import current
from placewise.measures.cube import open_cube
from placewise.publishing import revising
from placewise.publishing.attack.build import attack
from placewise.publishing.attack.view import Cell
from placewise.publishing.contract import HIDDEN, RELEASED_PUBLISHED, RELEASES
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.release import Release
from placewise.publishing.tables import iter_measure_levels

MEASURE, MONTH, LATER = "af_anticoagulated", "2026-03", datetime(2026, 5, 20, 6, 30, tzinfo=UTC)


def count_exactly(store: Path) -> dict[Cell, tuple[int, int]]:
    """Whom the measure counts, and of how many, in the last month."""
    cube, rule = open_cube(store / "builds" / "planted" / "cube"), DisclosureRule()
    levels = iter_measure_levels(cube.read(MEASURE), cube.units(), build_hierarchy(), WINDOW, rule, sensitive=False)
    rows = [row for level in levels for row in level.to_pylist() if f"{row['month']:%Y-%m}" == MONTH]
    return {(row["area"], row["split"], row["group"]): (int(row["numerator"]), int(row["denominator"])) for row in rows}


def find_hidden(release: Release) -> set[Cell]:
    rows = pq.read_table(release.folder / "measures" / f"{MEASURE}.parquet").to_pylist()
    here = [row for row in rows if row["state"] == HIDDEN and f"{row['month']:%Y-%m}" == MONTH]
    return {(row["area"], row["split"], row["group"]) for row in here}


def publish(counts: Mapping[Cell, tuple[int, int]]) -> dict[str, Any]:
    """What a publisher tells of these cells, declared to be of the measure's people."""
    rows = [
        {
            "indicator": "register", "area": area, "area_name": area, "area_kind": "some", "period": "2025-26",
            "split": split, "group": group, "numerator": met, "denominator": of, "value": met / of,
            "unit": "proportion", "source": "register",
        }
        for (area, split, group), (met, of) in counts.items()
    ]  # fmt: skip
    same = {"measure": MEASURE, "months": {"2025-26": MONTH}, "of": True, "within": 0.0}
    card = {"title": "Register", "unit": "proportion", "sources": [], "rank": 0, "same_as": same}
    return {"published": pa.Table.from_pylist(rows, RELEASED_PUBLISHED), "indicators": {"register": card}}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_planted_release(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def told_later(first: Release) -> dict[str, Any]:
    """Exactly those that are hidden for others' sake: a publisher tells them, and the small ones are what is left."""
    counts, hidden = count_exactly(first.folder.parents[1]), find_hidden(first)
    large = {cell: each for cell, each in counts.items() if cell in hidden and min(each[0], each[1] - each[0]) >= 8}
    assert large
    return publish(large)


@pytest.mark.requirement("S085")
def test_what_a_publisher_tells_in_time_is_hidden_beside(told_later: dict[str, Any], tmp_path: Path) -> None:
    found = attack(build_planted_release(tmp_path, **told_later))
    assert found.official > 0
    assert (found.recovered, found.narrowed, found.contradictory) == (0, 0, 0)


def test_an_attacker_uses_what_was_published_after_the_figures_were_frozen(
    first: Release, told_later: dict[str, Any]
) -> None:
    store = first.folder.parents[1]
    found = attack(build_planted_release(store, made_at=LATER, **told_later), [first])
    assert found.narrowed + found.recovered > 0, "nothing that is out can be taken back"


def test_a_release_that_would_tell_whatever_is_hidden_does_not_come_into_force(
    told_later: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The month is frozen for the old measures; a new one begins in it, and nobody held it back."""
    standing = build_planted_release(tmp_path).folder
    monkeypatch.setattr(revising, "find_months_that_tell", lambda *_: ())
    with pytest.raises(FaultsFound, match=r"in 2026-03 .* so the release in force stays; withdraw "):
        build_planted_release(tmp_path, made_at=LATER, **(KNOWN_AND_EXPECTED | told_later))
    assert current(tmp_path / RELEASES) == standing
    assert [each.name for each in (tmp_path / RELEASES).glob("r-*")] == [standing.name]
