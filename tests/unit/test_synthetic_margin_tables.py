"""Margins are read whole or refused with every mistake named."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from placewise.floor.faults import FaultsFound
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.synthetic.margins import Register, read_margins
from placewise.synthetic.registers import find_chances

PLACES = {"SBX-N", "SBX-H", "SBX-W"}


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "deployments/sandbox/margins", tmp_path / "margins")
    return tmp_path / "margins"


def refusal(root: Path, folder: Path, places: set[str] = PLACES) -> str:
    with pytest.raises(FaultsFound) as refused:
        read_margins(folder, read_code_lists(root / "codelists"), places)
    return str(refused.value)


def test_the_tables_are_read(root: Path, folder: Path) -> None:
    margins = read_margins(folder, read_code_lists(root / "codelists"), PLACES)
    assert {row.place for row in margins.deciles} == PLACES
    assert margins.planted["none"].size == 0


def change(table: Path, old: str, new: str) -> None:
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_value_out_of_range_is_told_with_its_line(root: Path, folder: Path) -> None:
    change(folder / "people_by_place_and_decile.csv", "SBX-N,1,", "SBX-N,11,")
    assert "people_by_place_and_decile.csv, line 2: decile: input should be less than or equal to 10" in refusal(
        root, folder
    )


def test_an_unknown_code_list_is_told(root: Path, folder: Path) -> None:
    change(folder / "registers.csv", "copd_codes", "cop_codes")
    assert 'registers.csv: there is no code list "cop_codes"' in refusal(root, folder)


def test_a_place_without_people_and_a_place_nobody_knows_are_told(root: Path, folder: Path) -> None:
    told = refusal(root, folder, {"SBX-N", "SBX-H", "SBX-E"})
    assert "people_by_age_and_sex.csv: there is no row for SBX-E" in told
    assert "people_by_age_and_sex.csv: SBX-W is no place of this system" in told


def test_a_missing_tendency_and_one_too_many_are_told(root: Path, folder: Path) -> None:
    change(folder / "tendencies.csv", "visits_a_year", "visits_a_month")
    told = refusal(root, folder)
    assert "visits_a_year is missing" in told
    assert "visits_a_month is not a tendency" in told


def test_a_missing_table_is_told(root: Path, folder: Path) -> None:
    (folder / "planted.csv").unlink()
    assert "planted.csv: there is no such table" in refusal(root, folder)


def test_an_ethnic_category_must_be_one_of_the_data_dictionary(root: Path, folder: Path) -> None:
    change(folder / "people_by_ethnic_category.csv", "SBX-N,A,", "SBX-N,Q,")
    assert '"Q" is not an ethnic category' in refusal(root, folder)


def test_chances_rise_with_age_and_add_up_to_the_prevalence() -> None:
    register = Register("x_codes", "", 18, 0.1, 0, None, 66, 11, 1.5, 2.0, 5, 0)
    people = np.full((2, 110, 10), 100)
    chances = find_chances(register, people)
    assert (chances * people).sum() == pytest.approx(0.1 * people.sum())
    assert chances[0, 17, 0] == 0
    assert chances[0, 40, 0] < chances[0, 70, 0]
    assert chances[1, 40, 0] == pytest.approx(1.5 * chances[0, 40, 0])
    assert chances[0, 40, 0] == pytest.approx(2 * chances[0, 40, 9])
