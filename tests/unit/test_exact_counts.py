"""A practice sees its own counts as they are, and nobody else sees them."""

import json
from pathlib import Path

import pytest

from builders.release import build_planted_cube
from placewise.floor.access import AccessDenied, FileAccessLog, Reader
from placewise.measures.read import ExactCount, read_exact_counts

MEASURES = ("blood_pressure_treated", "af_anticoagulated")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("builds") / "b-1"
    (folder / "cube").mkdir(parents=True)
    build_planted_cube(folder / "cube")
    return folder


def reader(place: str, role: str = "practice") -> Reader:
    return Reader(name="A Nurse", role=role, purpose="direct_care", place=place)


def test_a_practice_sees_its_own_counts_of_the_last_month_neither_rounded_nor_hidden(build: Path, tmp_path: Path):
    log = FileAccessLog(tmp_path / "access.jsonl")
    assert read_exact_counts(build, "A05", MEASURES, reader("A05"), log) == [
        ExactCount("blood_pressure_treated", 419, 419),
        ExactCount("af_anticoagulated", 55, 67),
    ]
    said = json.loads(log.path.read_text(encoding="utf-8"))
    assert (said["what"], said["practice"], said["rows"], said["denied"]) == ("b-1/exact_counts", "A05", 2, "")


def test_another_practice_and_a_network_without_agreement_see_none_and_that_is_logged(build: Path, tmp_path: Path):
    log = FileAccessLog(tmp_path / "access.jsonl")
    for other in (reader("A04"), reader("NW3", "pcn_staff")):
        with pytest.raises(AccessDenied):
            read_exact_counts(build, "A05", MEASURES, other, log)
    assert [json.loads(line)["rows"] for line in log.path.read_text(encoding="utf-8").splitlines()] == [0, 0]
