"""`placewise attack`: it must bite where a release is naive, and say how it did."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from builders.command_line import run_here
from builders.late_records import LateSystem
from builders.release import build_planted_release, build_unprotected_release
from builders.released_tables import NaiveRule
from placewise.publishing.attack.build import attack, get_rule, read_view, work_out
from placewise.publishing.attack.exact import sharpen
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.release import Release

LATER = datetime(2026, 5, 20, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def naive(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_unprotected_release(tmp_path_factory.mktemp("naive"), rule=NaiveRule())


def test_a_naive_release_gives_its_small_numbers_away(naive: Release) -> None:
    found = attack(naive)
    assert found.recovered > 500
    assert found.recovered > found.hidden / 2
    for each in found.found:
        assert 1 <= each.count <= 7
        assert each.told.endswith((f"leaves {each.count}.", f"make {each.count}."))


def test_the_command_says_it_in_words_and_for_a_machine(naive: Release) -> None:
    store = naive.folder.parent.parent
    done = run_here("attack", naive.manifest.release, "--store", store, folder=store)
    assert done.returncode == 1, "something came out"
    assert f"{naive.manifest.release} (primary suppression and rounding), with no earlier release" in done.stdout
    said = json.loads(run_here("attack", "--store", store, "--json", folder=store).stdout)
    assert said["release"] == naive.manifest.release
    assert said["hidden"] == naive.manifest.cells[HIDDEN], "small areas are among them"
    assert said["recovered"] == sum(each["recovered"] for each in said["by_table"].values())


def test_a_release_that_hides_what_is_small_and_nothing_more_gives_some_of_it_away(tmp_path: Path) -> None:
    """The complements are not hidden: rounding protects most of what is small, and not all."""
    assert attack(build_unprotected_release(tmp_path)).narrowed > 0


@pytest.mark.requirement("S085")
def test_nothing_comes_out_of_a_release(tmp_path: Path) -> None:
    found = attack(build_planted_release(tmp_path))
    assert found.hidden > 0
    assert (found.recovered, found.narrowed, found.contradictory) == (0, 0, 0)


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Three months until the end of a financial year, with small areas."""
    return LateSystem(5_000, months=3, small_areas=24).release(tmp_path_factory.mktemp("quarter"), 12)


@pytest.mark.requirement("S085")
def test_all_sums_together_tell_no_more(quarter: Release) -> None:
    found = attack(quarter, exact=True)
    assert found.asked_exactly > 100 and found.undecided == 0
    assert (found.recovered, found.narrowed, found.contradictory) == (0, 0, 0)


def test_what_the_work_allowed_did_not_settle_is_told(quarter: Release) -> None:
    view, rule = read_view(quarter), get_rule(quarter)
    lower, upper = work_out(view, rule, primary_only=False)
    before = lower.copy(), upper.copy()
    some = sharpen(view, lower, upper, rule, most_steps=10_000)
    assert 0 < some.decided < some.asked
    none = sharpen(view, lower, upper, rule, most_steps=0)
    assert (none.asked, none.decided) == (some.asked, 0)
    assert np.array_equal(before, (lower, upper))


def test_a_store_without_a_release_says_so(tmp_path: Path) -> None:
    done = run_here("attack", "--store", tmp_path, folder=tmp_path)
    assert done.returncode == 1
    assert "there is no release in it" in done.stderr


def read_tables(release: Release) -> list[pa.Table]:
    """Every measure, and the people of all areas that others are added up to."""
    measures = [pq.read_table(path) for path in sorted((release.folder / "measures").glob("*.parquet"))]
    people = pq.read_table(release.folder / "population.parquet")
    return [*measures, people.filter(pc.not_equal(people["level"], "small_area"))]


def test_what_an_earlier_release_showed_is_used(tmp_path: Path) -> None:
    """A stricter rule hides later what was shown before: too late."""
    before = build_planted_release(tmp_path)
    after = build_planted_release(tmp_path, rule=DisclosureRule(20, 5), made_at=LATER)
    alone, together = attack(after), attack(after, [before])
    assert alone.shown_before == 0
    then, now = ([row for table in read_tables(each) for row in table["state"].to_pylist()] for each in (before, after))
    assert together.shown_before == list(zip(then, now, strict=True)).count((SHOWN, HIDDEN))
    assert together.recovered + together.narrowed > alone.recovered + alone.narrowed
    assert after.manifest.cells[SHOWN] < before.manifest.cells[SHOWN]
