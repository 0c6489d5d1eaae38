"""A register's growth comes apart: people put on it, taken off it, come and gone with the list, and coding drives."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builders.changed_register import DRIVE_AT, DRIVE_MONTH, IN_DRIVE, build_changed_release
from builders.release import build_hierarchy
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.drives import find_drives
from placewise.publishing.growth import find_growth
from placewise.publishing.release import Release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_changed_release(tmp_path_factory.mktemp("store"))


@pytest.mark.requirement("S083")
@pytest.mark.parametrize("area", ["HVS", "HVN", "NW1", "A02"])
def test_known_then_added_removed_and_moved_make_known_now(release: Release, area: str) -> None:
    growth = find_growth(release, "carers_known", area)
    assert growth is not None
    assert growth.added is not None
    assert growth.removed is not None
    then, now = growth.known
    assert then + growth.added.people - growth.removed.people + growth.moved == now


@pytest.mark.requirement("S083")
def test_growth_is_net_of_the_list_and_of_coding_drives(release: Release) -> None:
    """Nine in a hundred are known then and now: all that the register grew by beyond its list is the drive."""
    growth = find_growth(release, "carers_known", "HVS")
    assert growth is not None
    assert growth.drives is not None
    assert (growth.drives.with_drive, growth.drives.practices, growth.drives.months) == (1, 5, (DRIVE_MONTH,))
    assert growth.drives.excess == pytest.approx(IN_DRIVE, abs=5)
    assert growth.net > 0.05
    assert growth.net_of_drives == pytest.approx(0, abs=0.005)


def test_a_drive_is_told_of_its_own_practice_and_of_the_areas_above_it_alone(release: Release) -> None:
    (drives,) = release.manifest.drives
    with_one = {area for area, said in drives.areas.items() if said["with_drive"]}
    assert with_one == {DRIVE_AT, "NW1", "HVN", "HVS"}
    assert {area for area, said in drives.areas.items() if said["excess"]} == with_one


def test_without_a_drive_none_is_told(tmp_path: Path) -> None:
    growth = find_growth(build_changed_release(tmp_path, drive=0), "carers_known", "HVS")
    assert growth is not None
    assert growth.drives is not None
    assert (growth.drives.with_drive, growth.drives.excess) == (0, 0)
    assert growth.net_of_drives == growth.net


def test_what_is_hidden_stays_hidden_in_every_figure_made_of_it(tmp_path: Path) -> None:
    """Under a strict rule the excess is small: it is not told, nor what would give it away."""
    release = build_changed_release(tmp_path, drive=32, rule=DisclosureRule(suppress_below=40))
    growth = find_growth(release, "carers_known", "NW1")
    assert growth is not None
    assert growth.drives is not None
    assert growth.added is not None
    assert growth.added.people is not None
    assert growth.drives.with_drive == 1
    assert growth.drives.excess is growth.net_of_drives is None


def test_where_those_removed_are_hidden_nobody_learns_who_moved(tmp_path: Path) -> None:
    release = build_changed_release(tmp_path, rule=DisclosureRule(suppress_below=150))
    practice = find_growth(release, "carers_known", "A04")
    assert practice is not None
    assert practice.removed is not None
    assert practice.removed.people is None
    assert practice.moved is None


@pytest.mark.requirement("S085")
def test_drives_come_from_the_files_of_the_release_alone(release: Release) -> None:
    def read(measure: str) -> pa.Table:
        return pq.read_table(release.folder / "measures" / f"{measure}.parquet")

    again = find_drives(read, release.manifest.measures, build_hierarchy(), DisclosureRule())
    assert again == release.manifest.drives


def test_a_hidden_month_makes_no_drive_and_an_excess_no_larger(tmp_path: Path) -> None:
    """Fewer than 40 a month are hidden under this rule, and count as 39; the month of the drive is shown."""
    drives = build_changed_release(tmp_path, rule=DisclosureRule(suppress_below=40)).manifest.drives[0].areas["A02"]
    assert drives["months"] == [DRIVE_MONTH]
    assert IN_DRIVE - 10 <= drives["excess"] <= IN_DRIVE
