"""Twelve monthly releases of a system whose records come in late, each attacked with all before it."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders.late_records import LateSystem
from placewise.publishing import build as publishing
from placewise.publishing.attack.build import attack
from placewise.publishing.attack.contract import Attack
from placewise.publishing.freezing import Frozen, find_frozen
from placewise.publishing.release import Release

PEOPLE, RELEASES = 12_000, 12


def release_and_attack(system: LateSystem, store: Path) -> tuple[list[Release], list[Attack]]:
    releases: list[Release] = []
    attacks = []
    for month in range(RELEASES):
        made = system.release(store, month)
        attacks.append(attack(made, releases))
        releases.append(made)
    return releases, attacks


@pytest.fixture(scope="module")
def system() -> LateSystem:
    return LateSystem(PEOPLE)


def test_the_counts_of_past_months_really_change(system: LateSystem, tmp_path: Path) -> None:
    first, last = (system.build_cube(tmp_path / f"{month}", month).read("treated") for month in (0, 11))
    then, now = first["all"].numerator[..., 11], last["all"].numerator[..., 0]
    assert (now >= then).all() and (now > then).sum() > 6, "the one month that both windows hold, by practice"


@pytest.mark.requirement("S085")
def test_nothing_hidden_comes_out_of_twelve_releases(system: LateSystem, tmp_path: Path) -> None:
    """The releases run through an April, so that past months are made anew once."""
    releases, attacks = release_and_attack(system, tmp_path)
    assert [(each.recovered, each.narrowed, each.contradictory) for each in attacks] == [(0, 0, 0)] * RELEASES
    assert all(each.hidden > 100 for each in attacks)
    assert [len(each.earlier) for each in attacks] == list(range(RELEASES))
    revised = [each.manifest.revision for each in releases]
    assert [each.last for each in revised if each] == ["2024-12"] * 4 + ["2025-04"] * 8
    april = releases[4].manifest.revision
    assert april and 0 < len(april.kept) < 11, "some months are made anew, and others would tell"


def test_without_freezing_the_attack_finds_something_every_month(
    system: LateSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_nothing(*asked: object) -> Frozen:
        found = find_frozen(*asked)  # type: ignore[arg-type]
        return replace(found, measures={}, people=None, is_revised=False, seen=())

    monkeypatch.setattr(publishing, "find_frozen", take_nothing)
    _, attacks = release_and_attack(system, tmp_path)
    assert not attacks[0].succeeded
    assert all(each.succeeded for each in attacks[1:])
    assert sum(each.recovered + each.narrowed for each in attacks) > 200
