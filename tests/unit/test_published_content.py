"""A published file that cannot be trusted is refused in one sentence: what is wrong, where, and what to do."""

import io
import zipfile
from pathlib import Path

import pytest

from builders.published_system import read_text, write_text
from placewise.floor.faults import FaultsFound
from placewise.intake.published.content import read_content

COUNTS = {
    "area": {"kind": "lsoa21", "code": "lsoa"},
    "indicator": "residents",
    "total": "total",
    "split": "disability",
    "groups": {"disabled": "disabled", "not_disabled": "not_disabled"},
}


def refusal(act) -> str:
    with pytest.raises(FaultsFound) as found:
        act()
    (fault,) = found.value.faults
    return str(fault)


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(lambda: read_content(tmp_path, "a.csv")) == (
        "a.csv: there is no such file in the folder of published data; put it there and run again."
    )


def test_a_truncated_gzip_file(tmp_path: Path) -> None:
    path = write_text(tmp_path, "a.csv.gz", "lsoa,total\n" + "E01000001,5\n" * 1000)
    path.write_bytes(path.read_bytes()[:-20])
    assert refusal(lambda: read_content(tmp_path, "a.csv.gz")) == (
        "a.csv.gz: the archive is damaged or cut short; download it again from its publisher."
    )


def test_a_truncated_zip_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "lsoa,total\n" + "E01000001,5\n" * 1000)
    (tmp_path / "a.zip").write_bytes(stream.getvalue()[:-40])
    assert "the archive is damaged or cut short" in refusal(lambda: read_content(tmp_path, "a.zip"))


def test_a_damaged_zip_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", "lsoa,total\n" + "E01000001,5\n" * 1000)
    damaged = bytearray(stream.getvalue())
    damaged[5000] ^= 1
    (tmp_path / "a.zip").write_bytes(damaged)
    assert "the archive is damaged or cut short" in refusal(lambda: read_content(tmp_path, "a.zip"))


def test_an_empty_file(tmp_path: Path) -> None:
    write_text(tmp_path, "a.csv", "")
    assert "it is empty" in refusal(lambda: read_content(tmp_path, "a.csv"))


def test_changed_columns(tmp_path: Path) -> None:
    text = "lsoa,residents,disabled,not_disabled\nE01000001,5,1,4\n"
    assert refusal(lambda: read_text(tmp_path, "counts_in_columns", COUNTS, text)) == (
        "file.csv: it has no column named `total`; check that this is the edition the deployment names, or correct its "
        "columns in published.yaml."
    )


def test_a_column_shifted_by_an_extra_comma(tmp_path: Path) -> None:
    text = "lsoa,total,disabled,not_disabled\nE01000001,5,1,4\nE01000002,,5,1,4\n"
    assert refusal(lambda: read_text(tmp_path, "counts_in_columns", COUNTS, text)) == (
        "file.csv, line 3: the row has 5 values where the header has 4 columns; download it again from its publisher."
    )


def test_a_shifted_column_that_puts_text_where_a_number_is_due(tmp_path: Path) -> None:
    text = "lsoa,total,disabled,not_disabled\nE01000001,5,1,4\nE01000002,Leafy Lane,5,1\n"
    told = refusal(lambda: read_text(tmp_path, "counts_in_columns", COUNTS, text))
    assert told.startswith("file.csv, line 3: the column total holds `Leafy Lane` where a number is due")


def test_a_shifted_column_that_puts_a_number_where_a_code_is_due(tmp_path: Path) -> None:
    text = "lsoa,total,disabled,not_disabled\nE01000001,5,1,4\n5,5,1,4\n"
    told = refusal(lambda: read_text(tmp_path, "counts_in_columns", COUNTS, text))
    assert told.startswith("file.csv, line 3: the column lsoa holds `5`, which is not the code of a lsoa21")


def test_an_area_given_twice(tmp_path: Path) -> None:
    text = "lsoa,total,disabled,not_disabled\nE01000001,5,1,4\nE01000002,5,1,4\nE01000001,6,1,5\n"
    told = refusal(lambda: read_text(tmp_path, "counts_in_columns", COUNTS, text))
    assert told.startswith("file.csv, line 4: the area E01000001 was given before")


def test_the_bytes_are_hashed_as_they_lie_on_the_disk(tmp_path: Path) -> None:
    import hashlib

    path = write_text(tmp_path, "a.csv.gz", "lsoa,total\nE01000001,5\n")
    content = read_content(tmp_path, "a.csv.gz")
    assert content.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert content.columns == ["lsoa", "total"]
