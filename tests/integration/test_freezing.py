"""What was released stays as it stood: late records, new versions, unsettled months, withdrawals and revisions."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from builders.late_records import CARDS, LateSystem, build_hierarchy
from placewise.publishing.attack.build import attack
from placewise.publishing.attack.view import View
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.definition import DisclosureRule, RevisionSchedule
from placewise.publishing.in_force import withdraw
from placewise.publishing.release import Release
from placewise.publishing.rounding import tables
from placewise.publishing.rounding.build import Rounded, round_together

KNOWN, TREATED, REVIEWED = CARDS
TOLD = ["area", "split", "group", "month", "numerator", "denominator", "value", "lower", "upper", "state"]
NEVER = RevisionSchedule(every=120)


@pytest.fixture(scope="module")
def system() -> LateSystem:
    return LateSystem(6_000)


def read(release: Release, measure: str, first: str = "2024-01", last: str = "2099-12") -> list[dict[str, object]]:
    """The rows of a measure in some months."""
    table = pq.read_table(release.folder / "measures" / f"{measure}.parquet").select(TOLD)
    month = pc.strftime(table["month"], "%Y-%m")
    return table.filter(pc.and_(pc.greater_equal(month, first), pc.less_equal(month, last))).to_pylist()


def count_changes(then: Release, now: Release, measure: str) -> int:
    """The cells of common months that both releases have and that differ."""
    before = {tuple(row.values())[:4]: row for row in read(then, measure)}
    rows = [(row, before.get(tuple(row.values())[:4])) for row in read(now, measure)]
    return sum(then is not None and row != then for row, then in rows)


def test_late_records_change_no_figure_of_a_past_month(system: LateSystem, tmp_path: Path) -> None:
    first, second = (system.release(tmp_path / "store", month) for month in (0, 1))
    exact = [system.build_cube(tmp_path / f"{month}", month).read("treated")["all"] for month in (0, 1)]
    assert (exact[0].numerator[..., 1:] != exact[1].numerator[..., :-1]).any(), "exact counts do change"
    for card in CARDS:
        assert count_changes(first, second, card.measure) == 0
        assert read(second, card.measure, "2025-01"), "and a new month is new"
        assert not read(second, card.measure, last="2024-01"), "the oldest month has left the window"


def test_only_months_that_nobody_has_seen_are_rounded(
    system: LateSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounded: list[tuple[str, ...]] = []

    def round_and_tell(view: View, *given: Any) -> Rounded:
        rounded.append(view.months)
        return round_together(view, *given)

    monkeypatch.setattr(tables, "round_together", round_and_tell)
    first, second = (system.release(tmp_path, month) for month in (0, 1))
    assert rounded == [first.months, second.months[-1:]]
    rounded.clear()
    cards = (KNOWN, replace(TREATED, version="99999999"), REVIEWED)
    third = system.release(tmp_path, 2, cards=cards)
    assert rounded[0] == third.months, "what is counted otherwise is new in every month"


def test_another_version_of_a_definition_begins_a_series(system: LateSystem, tmp_path: Path) -> None:
    first = system.release(tmp_path, 0)
    cards = (KNOWN, replace(TREATED, version="99999999"), REVIEWED)
    second = system.release(tmp_path, 1, cards=cards)
    assert count_changes(first, second, "treated") > 0
    assert count_changes(first, second, "known") == 0
    third = system.release(tmp_path, 2)
    assert count_changes(first, third, "treated") == 0, "back at the first version, its figures stand as they did"


def test_another_rule_begins_a_series(system: LateSystem, tmp_path: Path) -> None:
    first, second = system.release(tmp_path, 0), system.release(tmp_path, 1, rule=DisclosureRule(8, 10))
    assert count_changes(first, second, "known") > 0


def test_a_month_that_is_not_complete_is_shown_once_it_is(system: LateSystem, tmp_path: Path) -> None:
    """So there is never a first look at a figure and another at what became of it."""
    cards = (KNOWN, replace(TREATED, settles_after=2), REVIEWED)
    releases = [system.release(tmp_path, month, cards=cards, revised=NEVER) for month in range(4)]
    for release in releases:
        newest = read(release, "treated", release.months[-2])
        assert newest and {row["state"] for row in newest} == {HIDDEN}
        settled = read(release, "treated", last=release.months[-3])
        assert {SHOWN} < {row["state"] for row in settled}
    looks = [
        {row["numerator"] for row in read(release, "treated", "2024-12", "2024-12") if row["area"] == "ALL"}
        for release in releases
    ]
    assert looks[0] == looks[1] == {None}
    assert looks[2] == looks[3] != {None}


def test_a_withdrawn_release_is_no_source(system: LateSystem, tmp_path: Path) -> None:
    first = system.release(tmp_path, 0)
    withdraw(tmp_path, first.manifest.release, because="a feed was missing", at=system.day_of(0))
    assert count_changes(first, system.release(tmp_path, 1), "known") > 0


def test_released_again_nothing_changes_not_even_its_name(system: LateSystem, tmp_path: Path) -> None:
    first = system.release(tmp_path, 0)
    again = system.release(tmp_path, 0, build="b-again")
    assert again.manifest == first.manifest


def test_what_is_counted_in_the_same_month_again_stays_too(system: LateSystem, tmp_path: Path) -> None:
    """A correction of the newest month waits for the revision, or for the release to be withdrawn."""
    first = system.release(tmp_path, 0)
    later = system.release(tmp_path, 0, cube=LateSystem(6_000, seed=2).build_cube(tmp_path / "other", 0))
    assert later.population("ALL").equals(first.population("ALL"))
    assert count_changes(first, later, "known") == 0


def test_past_months_are_made_anew_with_the_figures_of_april_alone(system: LateSystem, tmp_path: Path) -> None:
    releases = [system.release(tmp_path, month) for month in range(6)]
    told = [release.manifest.revision for release in releases]
    assert [(each.last, each.next) for each in told if each] == [("2024-12", "2025-04")] * 4 + [
        ("2025-04", "2026-04")
    ] * 2
    changed = [count_changes(*pair, "known") for pair in pairwise(releases)]
    assert changed[3] > 0
    assert changed[:3] + changed[4:] == [0, 0, 0, 0]
    assert told[4] and told[5] and told[4].kept == told[5].kept


def test_made_anew_what_was_hidden_stays_hidden(system: LateSystem, tmp_path: Path) -> None:
    march, april = (system.release(tmp_path, month) for month in (3, 4))
    hidden = {tuple(row.values())[:4] for row in read(march, "known") if row["state"] == HIDDEN}
    now = {tuple(row.values())[:4]: row["state"] for row in read(april, "known")}
    assert {now[cell] for cell in hidden & set(now)} == {HIDDEN}


def test_where_a_practice_has_moved_past_months_stay(system: LateSystem, tmp_path: Path) -> None:
    """A network with the practice less the same without it would be the practice by itself."""
    march = system.release(tmp_path, 3)
    hierarchy = build_hierarchy()
    moved = replace(
        hierarchy,
        organisations={
            code: replace(each, parent="N1") if code == "P00" else each
            for code, each in hierarchy.organisations.items()
        },
    )
    april = system.release(tmp_path, 4, hierarchy=moved)
    assert count_changes(march, april, "known") == 0
    assert april.manifest.revision and len(april.manifest.revision.kept) == 11
    found = attack(april, [march])
    assert (found.recovered, found.narrowed, found.contradictory) == (0, 0, 0)
    assert 0 < found.hidden < attack(march).hidden, "of the new month alone: the others are those of March"


@pytest.mark.parametrize(
    ("schedule", "after", "next_month"),
    [
        (RevisionSchedule(), "2024-12", "2025-04"),
        (RevisionSchedule(), "2025-04", "2026-04"),
        (RevisionSchedule(24), "2025-03", "2026-04"),
        (RevisionSchedule(12, 1), "2025-01", "2026-01"),
    ],
)
def test_the_next_revision(schedule: RevisionSchedule, after: str, next_month: str) -> None:
    assert schedule.get_next(after) == next_month


@pytest.mark.parametrize(("every", "month"), [(1, 4), (6, 4), (18, 4), (12, 0), (12, 13)])
def test_a_schedule_is_of_whole_years(every: int, month: int) -> None:
    with pytest.raises(ValueError):
        RevisionSchedule(every, month)


def test_a_new_series_tells_nothing_beside_frozen_ones(system: LateSystem, tmp_path: Path) -> None:
    """Of what is frozen nothing more can be hidden, so in some months the new series is."""
    earlier = [system.release(tmp_path, month) for month in range(2)]
    third = system.release(tmp_path, 2, cards=(KNOWN, replace(TREATED, version="99999999"), REVIEWED))
    assert any(row["state"] == SHOWN for row in read(third, "treated", last="2025-01"))
    found = attack(third, earlier)
    assert found.recovered == 0 and found.by_table["treated"]["narrowed"] == 0
