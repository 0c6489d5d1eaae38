"""organisations.csv says who is under whom; each mistake in it is told with the line of its row."""

from pathlib import Path

import pytest

from placewise.floor.vocabulary.organisations_file import find_organisations

LEVELS = ("system", "place", "practice")
GOOD = """\
code,name,kind,level,parent,open_from,open_to,synthetic,source
S,The system,system,system,,,,yes,invented
P,Hilltown,place,place,S,,,yes,invented
A,Mill Surgery,practice,practice,P,2010-04-01,,yes,invented
T,The hospital,trust,,,,,yes,invented
"""


@pytest.fixture
def check(tmp_path: Path):
    def find(text: str) -> list[tuple[int | None, str]]:
        path = tmp_path / "organisations.csv"
        path.write_text(text, encoding="utf-8")
        return [(fault.line, fault.fault) for fault in find_organisations(path, LEVELS)[1]]

    return find


def test_a_good_file_becomes_the_hierarchy(tmp_path: Path):
    path = tmp_path / "organisations.csv"
    path.write_text(GOOD, encoding="utf-8")
    hierarchy, faults = find_organisations(path, LEVELS)
    assert faults == []
    assert hierarchy is not None
    assert hierarchy.chains == {"A": {"practice": "A", "place": "P", "system": "S"}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("practice,P,", "practice,,", (4, "the practice A has no place above it")),
        ("practice,P,", "practice,Q,", (4, "its parent Q has no row")),
        ("practice,P,", "practice,S,", (4, "its parent S is of the level system")),
        ("practice,practice,P,", "surgery,,P,", (None, "it has no practice")),
        ("A,Mill", "P,Mill", (4, "the code P stands in line 3 too")),
        ("trust,,,,,yes", "trust,system,,,,yes", (None, "it has 2 organisations of the top level system")),
        ("2010-04-01,,", "2010-04-31,,", (4, "open_from is 2010-04-31")),
        ("2010-04-01,,", "2010-04-01,2009-01-01,", (4, "it closes before it opens")),
        ("Mill Surgery", "", (4, "the column name is empty")),
        ("trust,,,,,yes", "trust,ward,,,,yes", (5, "the level ward is not one of this system's")),
        ("trust,,,,,yes", "trust,,T,,,yes", (5, "T stands above itself")),
        ("trust,,,,,yes", "trust,,,,,maybe", (5, "synthetic is maybe")),
        ("T,The hospital,", "T,The, hospital,", (5, "the row has not 9 values")),
        ("code,name", "name,code", (1, "the columns are not those expected")),
    ],
)
def test_a_mistake_is_told_with_its_line(check, old: str, new: str, expected: tuple[int | None, str]):
    assert old in GOOD
    assert expected in check(GOOD.replace(old, new, 1))


def test_a_missing_file_is_one_sentence(tmp_path: Path):
    _, [fault] = find_organisations(tmp_path / "organisations.csv", LEVELS)
    assert fault.fault == "there is no such file"


def test_all_mistakes_are_told_together_in_the_order_of_the_rows(check):
    spoilt = GOOD.replace("practice,P,", "practice,Q,").replace("trust,,,,,yes", "trust,,,,,maybe")
    assert check(spoilt) == [(4, "its parent Q has no row"), (5, "synthetic is maybe")]


def test_a_place_without_a_practice_is_told(check):
    assert check(GOOD + "R,Dale,place,place,S,,,yes,invented\n") == [(6, "the place R has no practice in it")]
