"""A code list is read whole or refused with every mistake named by file and line."""

from datetime import date
from pathlib import Path

import pytest

from placewise.floor.faults import FaultsFound
from placewise.floor.vocabulary.code_lists import read_code_lists

INDEX = """list,title,domain,owner,version,source,review_date,status
gout_codes,Gout,condition,Clinical lead,2026.1,invented,2027-11-01,preview
"""
CODES = """concept_id,vocabulary,code,term
440674,SNOMED,90560007,Gout
2000000500,local,PW0500,Gout of the left toe
"""
AGEING = "concept_id,vocabulary,code,term,retired,removed\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.csv").write_text(INDEX, encoding="utf-8")
    (tmp_path / "gout_codes.csv").write_text(CODES, encoding="utf-8")
    return tmp_path


def test_a_list_keeps_its_codes_and_says_who_owns_it(folder: Path) -> None:
    gout = read_code_lists(folder)["gout_codes"]
    assert gout.concept_ids == (440674, 2000000500)
    assert (gout.title, gout.domain, gout.owner, gout.status) == ("Gout", "condition", "Clinical lead", "preview")
    assert gout.rows[0].term == "Gout"


def test_a_code_that_left_stays_in_the_file_and_counts_no_more(folder: Path) -> None:
    (folder / "gout_codes.csv").write_text(
        AGEING + "440674,SNOMED,90560007,Gout,2026-04-01,\n2000000500,local,PW0500,Left toe,,never used\n"
    )
    gout = read_code_lists(folder)["gout_codes"]
    assert gout.concept_ids == (440674,)
    assert gout.rows[0].retired == date(2026, 4, 1)
    assert [(row.code, row.removed) for row in gout.removed] == [("PW0500", "never used")]
    assert gout.unit == "1"


@pytest.mark.parametrize(
    ("file", "written", "told"),
    [
        ("gout_codes.csv", CODES + ",SNOMED,1,Nothing\n", "gout_codes.csv, line 4: concept_id is empty"),
        ("gout_codes.csv", CODES + "gout,SNOMED,1,Gout\n", 'gout_codes.csv, line 4: "gout" is not a concept id'),
        ("gout_codes.csv", CODES + "7,SNOMED,90560007,Gout\n", "line 4: SNOMED code 90560007 is given twice"),
        ("gout_codes.csv", CODES + "440674,SNOMED,5,Gout\n", "line 4: SNOMED code 5 is given twice"),
        ("gout_codes.csv", CODES + "8,local,PW1,Gout\n", "line 4: the local code PW1 has the concept id 8"),
        ("gout_codes.csv", CODES + "8,SNOMED,1,Gout,left\n", "line 4: the row has 5 columns instead of 4"),
        ("gout_codes.csv", CODES.splitlines()[0] + "\n", "gout_codes.csv: this code list is empty"),
        ("gout_codes.csv", AGEING + "8,local,PW1,Gout,soon,\n", 'gout_codes.csv, line 2: "soon" is not a date'),
        ("gout_codes.csv", AGEING + "8,SNOMED,90560007,Gout,,moved\n", "gout_codes.csv: this code list is empty"),
        ("gout_codes.csv", AGEING.replace("removed", "reason"), "line 1: the columns are not as expected"),
        ("gout_codes.csv", "concept,term\n", "gout_codes.csv, line 1: the columns are not as expected"),
        ("other_codes.csv", CODES, "other_codes.csv: the index does not name this code list"),
        (
            "index.csv",
            INDEX + "x,X,condition,A,1,s,2027-01-01,preview\n",
            'line 3: there is no file for the code list "x"',
        ),
        ("index.csv", INDEX.replace("condition", "organ"), 'index.csv, line 2: "organ" is not a domain'),
        ("index.csv", INDEX.replace("preview", "final"), 'index.csv, line 2: "final" is not a status'),
        ("index.csv", INDEX.replace("2027-11-01", "soon"), 'index.csv, line 2: "soon" is not a date'),
        ("index.csv", INDEX + INDEX.splitlines()[1] + "\n", 'line 3: the code list "gout_codes" is named twice'),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(folder: Path, file: str, written: str, told: str) -> None:
    (folder / file).write_text(written, encoding="utf-8")
    with pytest.raises(FaultsFound) as refusal:
        read_code_lists(folder)
    assert told in str(refusal.value)


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    (folder / "gout_codes.csv").write_text(CODES + "x,SNOMED,1,A\ny,SNOMED,2,B\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as refusal:
        read_code_lists(folder)
    assert [fault.line for fault in refusal.value.faults] == [4, 5]


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match=r"index\.csv: there is no such file"):
        read_code_lists(tmp_path)


def test_the_projects_own_lists_are_in_order(root: Path) -> None:
    lists = read_code_lists(root / "codelists")
    for each in lists.values():
        if any(row.vocabulary == "local" for row in each.rows):
            assert each.status == "preview", f"{each.name} holds local codes and cannot be published"
    assert lists["af_codes"].concept_ids[0] == 313217
