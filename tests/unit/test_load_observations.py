"""A load of published files: whole or not at all, named by its content, every fault told at once."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from builders.published_system import write_files, write_published, write_text
from placewise.floor.faults import FaultsFound
from placewise.floor.folders import current
from placewise.intake.contract import OBSERVATIONS
from placewise.intake.published.build import check_published_files, load_observations, read_sources

AWAITED = """
      awaited_one:
        file: not_yet.csv
        adapter: online_consultations
        awaited: true
        title: A file to come
        publisher: Nobody
        licence: OGL v3
        attribution: Invented
        period: "2023"
        geography_edition: Practices
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_files(tmp_path / "data")


def test_a_load_holds_every_value_and_the_file_it_came_from(tmp_path: Path, data: Path) -> None:
    told: list[tuple[str, float]] = []
    report = load_observations(
        write_published(tmp_path, ""), data, tmp_path / "store", progress=lambda *said: told.append(said)
    )
    table = pq.read_table(report.folder / "observations.parquet")
    assert table.schema.equals(OBSERVATIONS)
    assert table.num_rows == report.observations
    assert current(tmp_path / "store" / "observations") == report.folder
    people = next(each for each in read_sources(report.folder) if each.source == "people")
    assert (people.rows_in, people.rows_kept, people.licence, people.period) == (5, 5, "OGL v3", "2021")
    assert len(people.sha256) == 64
    assert told[0] == ("reading An invented file", 0.0) and told[-1][1] == 1.0


def test_the_same_files_make_the_same_load(tmp_path: Path, data: Path) -> None:
    published = write_published(tmp_path, "")
    first = load_observations(published, data, tmp_path / "store")
    again = load_observations(published, data, tmp_path / "store")
    assert first.load == again.load
    write_text(data, "people.csv", "lsoa,total,disabled,not_disabled\nE01000001,101,5,96\n")
    assert load_observations(published, data, tmp_path / "store").load != first.load


def test_faults_are_told_together_and_leave_the_last_load_in_force(tmp_path: Path, data: Path) -> None:
    published = write_published(tmp_path, "")
    before = load_observations(published, data, tmp_path / "store")
    (data / "people.csv").unlink()
    write_text(data, "qof.csv", "YEAR,PRACTICE_CODE\n2020-21,A00001\n")
    with pytest.raises(FaultsFound) as found:
        load_observations(published, data, tmp_path / "store")
    assert [fault.file for fault in found.value.faults] == ["people.csv", "qof.csv"]
    assert current(tmp_path / "store" / "observations") == before.folder
    assert [each.name for each in (tmp_path / "store" / "observations").iterdir() if each.is_dir()] == [before.load]


def test_a_file_still_awaited_stops_nothing_and_is_named(tmp_path: Path, data: Path) -> None:
    report = load_observations(write_published(tmp_path, "", AWAITED), data, tmp_path / "store")
    assert report.awaited == ("awaited_one",)
    assert "awaited_one" not in json.loads((report.folder / "sources.json").read_text())
    write_text(data, "not_yet.csv", "MONTH,GP_CODE,GP_NAME,SUPPLIER\n2023-04,A00001,Leafy,One\n")
    assert load_observations(write_published(tmp_path, "", AWAITED), data, tmp_path / "store").awaited == ()


def test_a_wrong_option_or_adapter_is_told_before_a_file_is_opened(tmp_path: Path) -> None:
    published = write_published(tmp_path, "")
    published.write_text(
        published.read_text()
        .replace("area_kind: place", "areakind: place")
        .replace("deprivation_index", "deprivation_indx")
    )
    with pytest.raises(FaultsFound) as found:
        check_published_files(published)
    told = "\n".join(map(str, found.value.faults))
    assert "the source deprivation names the adapter `deprivation_indx`, which is not installed" in told
    assert "the option `area_kind` of the source registered is wrong (Field required)" in told


def test_a_file_outside_the_folder_is_refused(tmp_path: Path) -> None:
    published = write_published(tmp_path, "")
    published.write_text(published.read_text().replace("file: qof.csv", "file: ../qof.csv"))
    with pytest.raises(FaultsFound, match="the file lies outside the folder of published data"):
        check_published_files(published)
