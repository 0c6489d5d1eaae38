"""Twelve monthly releases of the invented system, whose records come in late, each attacked with all before it.

Made as `placewise` makes them: through the door, the intake, the build and the release.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from builders.late_demonstration import LateDemonstration
from placewise.measures.cube import open_cube
from placewise.publishing import build as publishing
from placewise.publishing.attack.build import attack
from placewise.publishing.attack.contract import Attack
from placewise.publishing.freezing import Frozen, find_frozen
from placewise.publishing.release import Release

PEOPLE, RELEASES = 3_000, 12
MEASURE = "blood_pressure_controlled"


def release_and_attack(system: LateDemonstration, store: Path, months: int) -> tuple[list[Release], list[Attack]]:
    releases: list[Release] = []
    attacks = []
    for month in range(months):
        made = system.release(store, month)
        attacks.append(attack(made, releases))
        releases.append(made)
    return releases, attacks


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> LateDemonstration:
    return LateDemonstration(tmp_path_factory.mktemp("late"), PEOPLE)


@pytest.mark.requirement("S085")
def test_nothing_hidden_comes_out_of_twelve_releases(system: LateDemonstration, tmp_path: Path) -> None:
    """The releases run through an April, so that past months are made anew once."""
    releases, attacks = release_and_attack(system, tmp_path, RELEASES)
    assert [(each.recovered, each.narrowed, each.contradictory) for each in attacks] == [(0, 0, 0)] * RELEASES
    assert all(each.hidden > 100 for each in attacks)
    assert [len(each.earlier) for each in attacks] == list(range(RELEASES))
    revised = [each.manifest.revision for each in releases]
    assert [each.last for each in revised if each] == ["2025-01"] * 3 + ["2025-04"] * 9

    # Late records did change the exact counts of a month that all these releases hold.
    then, now = (open_cube(tmp_path / "builds" / releases[at].manifest.build / "cube") for at in (0, RELEASES - 1))
    first, last = (cube.read(MEASURE)["all"].numerator for cube in (then, now))
    assert (first[..., -1] != last[..., 0]).any(), "January 2025, by practice"


def test_without_freezing_the_attack_finds_something(
    system: LateDemonstration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_nothing(*asked: object) -> Frozen:
        found = find_frozen(*asked)  # type: ignore[arg-type]
        return replace(found, measures={}, people=None, is_revised=False, seen=())

    monkeypatch.setattr(publishing, "find_frozen", take_nothing)
    _, attacks = release_and_attack(system, tmp_path, 3)
    found = [each.recovered + each.narrowed for each in attacks]
    assert found[0] == 0 and sum(found[1:]) > 0, "rounded to either neighbour, two looks tell less than they did"
