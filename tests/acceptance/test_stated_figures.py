"""What the partnership has stated raises exactly the conflicts that are among it, and an invented document its own."""

from datetime import date
from pathlib import Path

import pytest

from builders.stated_claims import CONFLICTS, NEAR_MISSES, build_claims
from placewise.config import find_deployment
from placewise.floor.faults import FaultsFound
from placewise.floor.ledger.build import find_conflicts
from placewise.floor.ledger.claims_file import read_claims

EXPECTED = [
    ("contradiction", "F046 F062"),  # X1: fewer people added over the longer period
    ("contradiction", "F047 F063"),  # X10: one number for two periods
    ("contradiction", "F088 F089"),  # X11: applications closed, and open
    ("contradiction", "F090 F091"),  # X12: the memorandum replaced, and refreshed
    ("contradiction", "F054 F055 F058 F059"),  # X7: the known at risk said to be of the undiagnosed
    ("definition", "F006 F031 F036"),  # X2
    ("unit", "F006 F031 F035 F036"),  # X4
    ("footprint", "F011 F079 F094"),  # X3
    ("overlap", "F038 F050 F051 F052 F053"),  # X8
    ("misprint", "F014 F015 F016"),  # X5
    ("misprint", "F023"),  # X6
    ("overdue", "F020"),  # X9
]


def test_the_partnerships_statements_raise_twelve_conflicts_and_no_more() -> None:
    found = find_conflicts(read_claims(find_deployment("west_yorkshire") / "claims.csv"))
    assert [(each.type, " ".join(each.claims)) for each in found] == EXPECTED
    assert [each.blocks for each in found] == [each == "contradiction" for each, _ in EXPECTED]


def test_what_a_finding_says_can_be_acted_on() -> None:
    told = {
        each.claims: each.told for each in find_conflicts(read_claims(find_deployment("west_yorkshire") / "claims.csv"))
    }
    assert "10.0 years (men) and 8.3 years (women)" in told["F014", "F015", "F016"]
    assert "at least 5,000,000 GBP, and 5,743,000 only if" in told["F038", "F050", "F051", "F052", "F053"]


def test_targets_fall_due_by_the_clock_that_is_asked() -> None:
    stated = read_claims(find_deployment("west_yorkshire") / "claims.csv")
    by_the_document = find_conflicts(stated)[-1]
    in_2023 = find_conflicts(stated, date(2023, 1, 1))[-1]
    assert by_the_document.claims == ("F020",)
    assert in_2023.claims == ("F020", "F021", "F032", "F092", "F095")


def test_an_invented_document_has_its_six_conflicts_and_its_twelve_near_misses_none(tmp_path: Path) -> None:
    found = find_conflicts(build_claims(tmp_path, CONFLICTS + NEAR_MISSES.strip()))
    assert [(each.type, " ".join(each.claims)) for each in found] == [
        ("contradiction", "1a 1b"),
        ("contradiction", "2a 2b"),
        ("contradiction", "3a 3b"),
        ("unit", "4a 4b"),
        ("overlap", "5a 5b"),
        ("overdue", "6a"),
    ]


def test_no_rule_reads_an_id_or_a_note(tmp_path: Path) -> None:
    renamed = "\n".join(
        line.replace(line[:2], f"{line[1]}{line[0]}", 1)
        .replace("part_of=3a", "part_of=a3")
        .replace("part_of=f1", "part_of=1f")
        for line in (CONFLICTS + NEAR_MISSES.strip()).strip().splitlines()
    )
    found = find_conflicts(build_claims(tmp_path, renamed))
    assert [each.type for each in found] == ["contradiction"] * 3 + ["unit", "overlap", "overdue"]


def test_every_mistake_of_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound) as found:
        build_claims(
            tmp_path, "x1 many people measurand=m\nx1 5 people measurand=m kind=guessed part_of=x3 target_by=soon"
        )
    told = str(found.value)
    assert "claims.csv, line 2: `many` in value is no number; write digits" in told
    assert "line 3: `guessed` is no kind; write one of counted" in told
    assert "line 3: `soon` in target_by is no day or month" in told
    assert "line 3: the id x1 is on line 2 too; change one." in told
    assert "line 3: it is part of x3, and there is no such claim; use one of x1." in told
