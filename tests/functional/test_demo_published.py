"""A demonstration invents published files too: hospital operations, and who lives here, have something to show."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from builders.demonstration import SANDBOX_PEOPLE, build_sandbox_demonstration
from placewise import pipeline
from placewise.config import read_deployment
from placewise.floor.faults import FaultsFound, refuse
from placewise.floor.folders import current, read_json
from placewise.mistakes import find_mistakes


def quiet(told: str, share: float) -> None:
    pass


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sandbox_demonstration(tmp_path_factory) / "demo"


@pytest.fixture(scope="module")
def release(store: Path) -> Path:
    return store / "releases" / (store / "releases" / "current").read_text().strip()


@pytest.fixture(scope="module")
def rows(release: Path) -> list[dict]:
    return pq.read_table(release / "published.parquet").to_pylist()


def copy_store(store: Path, to: Path) -> Path:
    """Without the database of its site, which another process may be serving now."""
    return Path(shutil.copytree(store, to, ignore=shutil.ignore_patterns("site*")))


def counts(rows: list[dict], indicator: str, split: str, kind: str = "trust") -> dict[str, float]:
    """Area -> the numerators of an indicator added up over a split."""
    added: dict[str, float] = {}
    for row in rows:
        if (row["indicator"], row["split"], row["area_kind"]) == (indicator, split, kind):
            added[row["area"]] = added.get(row["area"], 0) + row["numerator"]
    return added


def test_waits_are_released_by_trust_and_specialty(rows: list[dict]) -> None:
    whole = counts(rows, "rtt_waiting", "all")
    assert len(whole) == 2
    assert whole == counts(rows, "rtt_waiting", "treatment_function")
    within, over = counts(rows, "rtt_within_18_weeks", "all"), counts(rows, "rtt_over_52_weeks", "all")
    assert all(0 < within[trust] + over[trust] < whole[trust] for trust in whole)


def test_residents_are_released_by_place_and_group(rows: list[dict]) -> None:
    assert counts(rows, "residents", "all", "system") == {"SBX": SANDBOX_PEOPLE}
    assert sum(counts(rows, "residents", "all", "district").values()) == SANDBOX_PEOPLE
    for split in ("life_course", "age_band", "ethnicity", "deprivation_decile"):
        assert split in {row["split"] for row in rows}


def test_nothing_invented_looks_official(release: Path, rows: list[dict]) -> None:
    manifest = read_json(release / "release.json")
    assert manifest["mode"] == "synthetic"
    sources = {each["source"]: each for each in manifest["sources"] if "source" in each}
    assert {row["source"] for row in rows} <= sources.keys()
    for each in sources.values():
        assert each["title"].startswith("Invented")
        assert each["publisher"] == "Invented for the synthetic system"
    assert all(each["title"].startswith("Invented") for each in manifest["indicators"].values())
    assert not manifest.get("facts")


def test_a_release_adds_up_observations_only_by_the_file_they_were_read_by(store: Path, tmp_path: Path) -> None:
    """Another published.yaml beside it is not asked; without its own file the release is refused."""
    folder = Path(shutil.copytree("deployments/sandbox", tmp_path / "sandbox"))
    (folder / "published.yaml").write_text("sources: {}\n", encoding="utf-8")
    copy = copy_store(store, tmp_path / "store")
    made = pipeline.release(read_deployment(str(folder)), copy, quiet)
    assert "rtt_waiting" in read_json(made / "release.json")["indicators"]
    (folder / "synthetic_published.yaml").unlink()
    with pytest.raises(FaultsFound, match=r"it has no synthetic_published\.yaml, by which the published files in the"):
        pipeline.release(read_deployment(str(folder)), copy, quiet)


def test_call_lists_are_made_beside_and_the_release_tells_of_both(store: Path, release: Path) -> None:
    lists = current(store / "lists")
    assert lists is not None
    made, said = read_json(lists / "made.json"), read_json(release / "release.json")
    assert made["build"] == said["build"]
    assert [each["purpose"] for each in said["loads"]] == [pipeline.PLANNING, pipeline.DIRECT_CARE]
    assert [each for each in said["checks"] if each["room"] == "lists"] == made["checks"]


def test_what_goes_wrong_with_call_lists_meanwhile_leaves_what_is_in_force(store: Path, tmp_path: Path) -> None:
    copy = copy_store(store, tmp_path / "store")
    before = sorted(copy.rglob("current")), current(copy / "releases")

    def fail() -> None:
        raise refuse("person.parquet", "it is cut short", "export it again")

    with pytest.raises(FaultsFound, match="it is cut short"):
        pipeline.release(read_deployment("sandbox"), copy, quiet, fail)
    assert (sorted(copy.rglob("current")), current(copy / "releases")) == before
    assert not list((copy / "releases").glob(".draft*"))


def test_a_deployment_is_checked_with_its_invented_files(tmp_path: Path) -> None:
    folder = Path(shutil.copytree("deployments/sandbox", tmp_path / "sandbox"))
    definition = folder / "synthetic_published.yaml"
    text = definition.read_text(encoding="utf-8")
    definition.write_text(text.replace("adapter: lookup", "adapter: look_up"), encoding="utf-8")
    assert any("names the adapter `look_up`" in each.fault for each in find_mistakes(str(folder)))
