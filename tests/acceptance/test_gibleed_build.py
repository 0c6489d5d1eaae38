"""OMOP GiBleed from the command line, as a new system that is a folder of data: intake, build and release.

The set is OHDSI's (Eunomia, CDM 5.3): 2,694 invented people and no practices.
"""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from builders.command_line import build_once, succeed_here
from builders.gibleed import CONCEPT, DEPLOYMENT, MONTHS, SET, write_gibleed_system
from placewise.floor.folders import current, read_json
from placewise.intake.contract import PRACTICE_NOT_RECORDED
from placewise.measures.contract import ALL
from placewise.measures.cube import Cube, open_cube
from placewise.publishing.release import Release, open_current

VOCABULARY = {
    "concept", "concept_ancestor", "concept_relationship", "concept_synonym", "domain", "relationship", "vocabulary"
}  # fmt: skip
MEASURE = "osteoarthritis_prevalence"


@pytest.fixture(scope="session")
def folder(root: Path, realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def build(folder: Path) -> None:
        write_gibleed_system(folder, root / "codelists")
        assert succeed_here("check", DEPLOYMENT, folder=folder) == "No mistakes.\n"
        told = succeed_here(
            "intake", DEPLOYMENT, realdata / SET, "--declaration", "declaration.yaml", "--json", folder=folder
        )
        (folder / "intake.json").write_text(told, encoding="utf-8")
        succeed_here("build", DEPLOYMENT, folder=folder)
        succeed_here("release", DEPLOYMENT, folder=folder)

    return build_once(tmp_path_factory, "gibleed", build)


@pytest.fixture(scope="session")
def cube(folder: Path) -> Cube:
    build = current(folder / "store" / "builds")
    assert build is not None
    return open_cube(build / "cube")


@pytest.fixture(scope="session")
def release(folder: Path) -> Release:
    release = open_current(folder / "store")
    assert release is not None
    return release


@pytest.fixture(scope="session")
def count_by_hand(realdata: Path, cube: Cube) -> Callable[[int], tuple[int, int]]:
    """People with osteoarthritis and people observed, at the end of a month, straight from the raw files."""

    def count(month: int) -> tuple[int, int]:
        day, raw = cube.window.month_ends[month], realdata / SET
        [found] = duckdb.sql(
            f"""
            SELECT count(*) FILTER (person_id IN (
                       SELECT person_id FROM '{raw}/condition_occurrence.parquet'
                       WHERE condition_concept_id = {CONCEPT} AND condition_start_date <= DATE '{day}')),
                   count(*)
            FROM '{raw}/person.parquet' JOIN '{raw}/observation_period.parquet' USING (person_id)
            WHERE DATE '{day}' BETWEEN observation_period_start_date AND observation_period_end_date
            """
        ).fetchall()
        return found

    return count


@pytest.mark.realdata
def test_every_row_of_every_table_is_accounted_for(folder: Path, realdata: Path) -> None:
    rows = {Path(row["file"]).name: row for row in json.loads((folder / "intake.json").read_text(encoding="utf-8"))}
    load = current(folder / "store" / "warehouse" / "population_health_planning")
    assert load is not None
    report = read_json(load / "load.json")
    assert report["people"] == 2694
    for file in (realdata / SET).glob("*.parquet"):
        in_file = pq.read_metadata(file).num_rows
        if file.name in rows:
            row = rows[file.name]
            assert in_file == row["rows_in"] == row["rows_kept"] + sum(row["rejected"].values())
        else:
            assert file.stem in VOCABULARY or report["not_loaded"][file.name] == in_file


@pytest.mark.realdata
@pytest.mark.parametrize("month", [0, 14, 29, 44, 57])
def test_the_cube_counts_what_is_counted_by_hand(
    cube: Cube, count_by_hand: Callable[[int], tuple[int, int]], month: int
) -> None:
    here = cube.units().index(PRACTICE_NOT_RECORDED)
    counts = cube.read(MEASURE)[ALL]
    found = (int(counts.numerator[here, 0, month]), int(counts.denominator[here, 0, month]))
    assert found == count_by_hand(month)
    assert found[0] > 100


@pytest.mark.realdata
def test_the_release_shows_the_same_rounded(release: Release, count_by_hand: Callable[[int], tuple[int, int]]) -> None:
    trend = release.trend(MEASURE, "ALL").to_pylist()
    assert len(trend) == MONTHS
    for month in (0, 14, 29, 44, 57):
        for shown, exact in zip(
            (trend[month]["numerator"], trend[month]["denominator"]), count_by_hand(month), strict=True
        ):
            assert shown % 5 == 0
            assert abs(shown - exact) <= 2
    assert release.manifest.loads[0]["history_assumed"], "and the page says that the history is assumed"
