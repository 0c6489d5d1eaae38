"""The language specified in tables: a question, and cases of one person's record with the months in which it holds.

Each file in tests/spec/language/ holds one table, `ASKED`. It is run as tests and printed as a page of docs/reference/,
with the file's own docstring as the introduction; so the manual says what the tests prove.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from builders.asked import YEAR_2024, held
from builders.asked_units import counted
from placewise.floor.language.units import When
from placewise.floor.timeline.window import Window

A_WOMAN = "1950-03 female"


@dataclass(frozen=True)
class Case:
    """title: what the case shows; events, person, registered, died: as in builders/warehouse.py, without the number of
    the person; months: in which the question holds, as "2024-03 to 2024-08, 2024-11" or "never"."""

    title: str
    events: str
    months: str
    person: str = A_WOMAN
    registered: str = ""
    died: str = ""
    window: Window = YEAR_2024


@dataclass(frozen=True)
class Asked:
    """A question as written in a programme. registers: those it may name, as written."""

    question: str
    cases: tuple[Case, ...]
    registers: Mapping[str, str] = field(default_factory=dict)

    def held(self, case: Case) -> str:
        """The months in which it holds, as the kernel and the judge both find."""
        return held(
            self.question,
            case.events,
            person=case.person,
            registered=case.registered,
            died=case.died,
            registers=self.registers,
            window=case.window,
        )


@dataclass(frozen=True)
class AskedOfUnits:
    """A question about units other than people, as written: which unit, the month it counts in, and what is asked."""

    unit: str
    when: When
    cases: tuple[Case, ...]
    question: str = "each"

    def held(self, case: Case) -> str:
        """The months in which units count, as "2024-03 twice, 2024-05"."""
        return counted(self.unit, self.when, self.question, events=case.events, window=case.window)


def each_case(asked: tuple[Asked | AskedOfUnits, ...]) -> pytest.MarkDecorator:
    """Run a test with every question and case of a table."""
    return pytest.mark.parametrize(
        ("asked", "case"),
        [
            pytest.param(each, case, id=f"{each.question.strip()}: {case.title}")
            for each in asked
            for case in each.cases
        ],
    )


@dataclass(frozen=True)
class Refused:
    """A question written with a mistake. at: the keys that lead to the mistake, with a dot between."""

    written: str
    at: str
    fault: str
    remedy: str
