"""Invented published files: in the publishers' layouts, plainly invented, and the same each time."""

import hashlib
import shutil
import zipfile
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from placewise.config import Deployment, read_deployment
from placewise.floor.faults import FaultsFound
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.floor.vocabulary.people import TITLES
from placewise.intake.contract import PublishedSource
from placewise.intake.published.build import load_observations, read_checks, read_definition
from placewise.intake.published.definition import read_published_files
from placewise.publishing.figures import get_indicator_cards, read_official_figures
from placewise.publishing.published import build_official_figures
from placewise.synthetic.build import synthesise
from placewise.synthetic.published.build import synthesise_published

PEOPLE = 20_000
DEPLOYMENTS = ["sandbox", "west_yorkshire"]


def invent(root: Path, deployment: Deployment, folder: Path, people: int = PEOPLE, seed: int = 1) -> Path:
    synthesise_published(deployment, read_code_lists(root / "codelists"), people, seed, folder)
    return folder


@pytest.fixture(scope="module", params=DEPLOYMENTS)
def deployment(request: pytest.FixtureRequest) -> Deployment:
    return read_deployment(request.param)


@pytest.fixture(scope="module")
def files(root: Path, deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invent(root, deployment, tmp_path_factory.mktemp("invented") / "published")


@pytest.fixture(scope="module")
def load(deployment: Deployment, files: Path, tmp_path_factory: pytest.TempPathFactory):
    return load_observations(deployment.synthetic_published, files, tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def released(deployment: Deployment, load) -> pa.Table:
    figures = read_official_figures(deployment.synthetic_published)
    return build_official_figures(load.folder, figures, deployment.hierarchy, deployment.disclosure)


def added(released: pa.Table, indicator: str, column: str, where: str) -> dict[str, float]:
    """Area -> a column added up over the rows of an indicator."""
    asked = f"select area, sum({column}) from released where indicator = '{indicator}' and {where} group by area"
    return dict(duckdb.sql(asked).fetchall())


def test_the_same_seed_gives_the_same_bytes(root: Path, deployment: Deployment, files: Path, tmp_path: Path) -> None:
    def hashes(folder: Path) -> dict[str, str]:
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}

    assert hashes(invent(root, deployment, tmp_path / "again")) == hashes(files)
    other = hashes(invent(root, deployment, tmp_path / "other", seed=2))
    assert all(other[file] != told for file, told in hashes(files).items() if not file.startswith("geography"))


def test_everything_says_that_it_is_invented(deployment: Deployment) -> None:
    definition = deployment.synthetic_published
    for file in read_published_files(definition).values():
        assert file.title.startswith("Invented") and file.publisher.startswith("Invented")
        assert "nvented" in file.licence and "nvented" in file.attribution
    for card in get_indicator_cards(read_official_figures(definition)).values():
        assert card["title"].startswith("Invented") and "nvented" in card["note"]


def test_every_split_has_a_title(deployment: Deployment) -> None:
    figures = read_official_figures(deployment.synthetic_published)
    used = {split for figure in figures.figures.values() for split in figure.splits} - {"all"}
    assert used <= set(TITLES) | set(figures.splits)


def test_every_figure_ends_with_the_window(deployment: Deployment, released: pa.Table) -> None:
    """Series go back, never beyond the window; practices' registers are of the financial year that ends with it, those
    of cancer of the calendar years before."""
    first, last = deployment.window.month_ends[0], deployment.window.month_ends[-1]
    periods = dict(duckdb.sql("select indicator, max(period) from released group by 1").fetchall())
    year = f"{last.year - 1}-{last:%y}"
    before = {f"{last.year - 1}", f"{last.year - 2}"}
    assert set(periods.values()) <= {f"{last:%Y-%m}", f"{last:%Y-%m-%d}", year} | before
    (since,) = duckdb.sql("select min(period) from released where indicator = 'emergency_attendances'").fetchone()
    assert since == f"{first:%Y-%m}"


def test_a_load_knows_by_which_file_it_was_read(load) -> None:
    assert read_definition(load.folder) == "synthetic_published.yaml"
    assert len(read_checks(load.folder)) == len(load.sources)
    assert all(each.passed for each in read_checks(load.folder))
    assert all(isinstance(each, PublishedSource) and "Invented" in each.publisher for each in load.sources)


def test_the_extract_has_105_weeks_and_totals_that_add_up(files: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(files / "waiting/rtt_full_extract.zip") as archive:
        (name,) = archive.namelist()
        archive.extractall(tmp_path)
    assert name.endswith("full-extract.csv")
    extract = duckdb.read_csv(str(tmp_path / name))
    assert len(extract.columns) == 13 + 105 + 3
    assert extract.columns[:4] == ["Period", "Provider Parent Org Code", "Provider Parent Name", "Provider Org Code"]
    assert extract.columns[13] == "Gt 00 To 01 Weeks SUM 1"
    assert extract.columns[-5:-3] == ["Gt 103 To 104 Weeks SUM 1", "Gt 104 Weeks SUM 1"]
    assert extract.columns[-3:] == ["Total", "Patients with unknown clock start date", "Total All"]
    wrong = extract.aggregate(
        """ "Provider Org Code", "Commissioner Org Code",
        sum("Total All") filter ("Treatment Function Code" = 'C_999')
        - sum("Total All") filter ("Treatment Function Code" <> 'C_999') as difference"""
    ).filter("difference <> 0")
    assert wrong.fetchall() == []


@pytest.mark.realdata
def test_the_extract_has_the_header_of_the_real_one(files: Path, realdata: Path) -> None:
    def header(path: Path) -> str:
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as extract:
            return extract.readline().decode().strip()

    real = header(realdata / "waiting/rtt_2026_01_full_extract_england.zip")
    assert header(files / "waiting/rtt_full_extract.zip") == real


def test_somebody_waits_whom_no_commissioner_of_england_answers_for(deployment: Deployment, load) -> None:
    observations = str(load.folder / "observations.parquet")
    nobody, elsewhere = (
        duckdb.sql(f"select sum(value) from '{observations}' where indicator = 'rtt_waiting' and {where}").fetchone()[0]
        for where in ("area = 'NONC'", f"area_kind = 'system' and area <> '{deployment.hierarchy.top.code}'")
    )
    assert nobody > 0
    assert elsewhere > nobody


def test_every_specialty_of_a_trust_adds_up_to_its_list(released: pa.Table) -> None:
    whole = added(released, "rtt_waiting", "numerator", "split = 'all' and area_kind = 'trust'")
    parts = added(released, "rtt_waiting", "numerator", "split = 'treatment_function' and area_kind = 'trust'")
    assert whole == parts
    assert len(whole) >= 2 and all(whole.values())


def test_within_18_weeks_and_over_52_leave_room_for_those_between(released: pa.Table) -> None:
    waiting = added(released, "rtt_waiting", "numerator", "split = 'all'")
    within = added(released, "rtt_within_18_weeks", "numerator", "split = 'all'")
    over = added(released, "rtt_over_52_weeks", "numerator", "split = 'all'")
    assert added(released, "rtt_within_18_weeks", "denominator", "split = 'all'") == waiting
    assert all(0 < within[area] < within[area] + over[area] < waiting[area] + 1 for area in waiting if over[area])


def test_each_trust_keeps_about_the_level_its_margin_states(root: Path, tmp_path: Path) -> None:
    deployment = read_deployment("west_yorkshire")
    files = invent(root, deployment, tmp_path / "files", people=2_400_000)
    load = load_observations(deployment.synthetic_published, files, tmp_path / "store")
    figures = read_official_figures(deployment.synthetic_published)
    released = build_official_figures(load.folder, figures, deployment.hierarchy, deployment.disclosure)
    stated = duckdb.read_csv(str(deployment.folder / "margins/waiting_by_trust.csv")).fetchall()
    within = added(released, "rtt_within_18_weeks", "value", "split = 'all'")
    over = added(released, "rtt_over_52_weeks", "value", "split = 'all'")
    assert len(stated) == 6
    for trust, within_18_weeks, over_52_weeks, _ in stated:
        assert within[trust] == pytest.approx(within_18_weeks, abs=0.03)
        assert over[trust] == pytest.approx(over_52_weeks, abs=0.003)


def test_residents_live_in_the_small_areas_of_the_records(root: Path, tmp_path: Path) -> None:
    deployment = read_deployment("sandbox")
    synthesise(deployment, read_code_lists(root / "codelists"), 3000, 1, tmp_path / "records")
    invent(root, deployment, tmp_path / "files", people=3000)
    records = duckdb.sql(
        f"select small_area, place, deprivation_decile from '{tmp_path}/records/small_areas.parquet' order by 1"
    ).fetchall()
    files = duckdb.sql(
        f"""select small_area, place_code, decile from '{tmp_path}/files/geography/small_areas.csv' areas
        join '{tmp_path}/files/deprivation/small_areas.csv' deprivation using (small_area) order by 1"""
    ).fetchall()
    assert files == records


@pytest.mark.parametrize("split", ["life_course", "age_band", "ethnicity", "deprivation_decile"])
def test_residents_of_every_group_add_up_to_everybody(deployment: Deployment, released: pa.Table, split: str) -> None:
    top = deployment.hierarchy.top.code
    everybody = added(released, "residents", "numerator", "split = 'all'")
    groups = duckdb.sql(
        f"select sum(numerator), min(denominator) from released where split = '{split}' and area = '{top}'"
    ).fetchone()
    assert groups == (PEOPLE, PEOPLE) == (everybody[top], everybody[top])
    assert np.isclose(sum(count for area, count in everybody.items() if area != top), PEOPLE)


def test_a_trust_nobody_knows_and_one_without_waits_are_told(root: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(root / "deployments/sandbox", tmp_path / "sandbox"))
    table = folder / "margins/waiting_by_trust.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("SBX-U,", "SBX-V,"), encoding="utf-8")
    with pytest.raises(FaultsFound) as refused:
        invent(root, read_deployment(str(folder)), tmp_path / "files")
    told = str(refused.value)
    assert "waiting_by_trust.csv: SBX-V is not in organisations.csv" in told
    assert "SBX-U is not in both this table and waiting_by_commissioner.csv" in told
    assert not (tmp_path / "files").exists()
