"""A dozen invented people in a readable table, and what the measures of a programme make of them.

    Ada | 1950-03 female | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4
    Ben | 1944-11 male   | af_codes 2019-02-01, dies 2025-12-24

`dies DAY`, `joins DAY` and `leaves DAY` stand among the events, which are those of builders/warehouse.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from placewise.floor.timeline import kernel
from placewise.floor.timeline.events import Events, read_events
from placewise.floor.timeline.window import Window
from placewise.measures.build import build_flags
from placewise.measures.contract import PersonFlags
from placewise.measures.entries import DENOMINATOR, NUMERATOR, Entries, build_entries, get_parts
from placewise.measures.unit_measure import VALUE_SCALE
from placewise.programme import Programme, get_registers, read_programmes

from .asked import ROOT, code_lists
from .warehouse import write_shard

TO_JUNE_2026 = Window(2024, 7, 24)


@cache
def programmes() -> dict[str, Programme]:
    """The project's own."""
    return {each.slug: each for each in read_programmes(ROOT / "programmes", code_lists())}


@dataclass(frozen=True)
class Answers:
    """What a programme's measures say of the people, on the last day of a month (YYYY-MM; the last if not given).

    Of a measure of other units a name stands once for each unit that counts in the month.
    """

    names: tuple[str, ...]
    flags: PersonFlags
    entries: Mapping[str, Sequence[Entries]]
    window: Window
    programme: Programme
    kernel: kernel.Answers

    def counted(self, measure: str, month: str | None = None) -> str:
        """The names of those who count."""
        if measure in self.entries:
            return self._units(measure, month, {NUMERATOR: 1})
        return self._names(measure, month, asked=True, counts=True)

    def missed(self, measure: str, month: str | None = None) -> str:
        """The names of those of whom it is asked and who do not count."""
        if measure in self.entries:
            return self._units(measure, month, {DENOMINATOR: 1, NUMERATOR: 0})
        return self._names(measure, month, asked=True, counts=False)

    def not_asked(self, measure: str, month: str | None = None) -> str:
        return self._names(measure, month, asked=False, counts=False)

    def called(self, call_list: str, month: str | None = None) -> str:
        """The names of those on a call list who are to be called."""
        return self._listed(call_list, month, excluded=False)

    def excluded(self, call_list: str, month: str | None = None) -> str:
        """The names of those on a call list who are not to be called."""
        return self._listed(call_list, month, excluded=True)

    def count_units(self, measure: str, month: str | None = None) -> tuple[int, int]:
        """Of a share of units other than people: of how many it is asked in a month, and how many of them count."""
        counted, missed = self.counted(measure, month).split(), self.missed(measure, month).split()
        return len(counted) + len(missed), len(counted)

    def divided_by(self, rate: str, month: str | None = None) -> str:
        """The names of those whom a rate is of, or of the people of the units that it is of."""
        return self._units(rate, month, {DENOMINATOR: 1})

    def valued(self, measure: str, month: str | None = None) -> str:
        """The names and values of those of whom a mean or median is made."""
        found = [
            f"{self.names[row]} {value / VALUE_SCALE:g}"
            for each in self.entries[measure]
            if each.value is not None
            for row, word, value in zip(each.person.tolist(), each.word.tolist(), each.value.tolist(), strict=True)
            if word >> self._bit(month) & 1
        ]
        return ", ".join(found)

    def _units(self, measure: str, month: str | None, wanted: Mapping[str, int]) -> str:
        parts, bit, chosen = get_parts(self.programme.unit_measures[measure].asked), self._bit(month), []
        for each in self.entries[measure]:
            fits = (each.word >> np.uint64(bit) & np.uint64(1)) == 1
            for part, amount in wanted.items():
                fits &= each.amounts[:, parts.index(part)] == amount
            chosen += [self.names[row] for row in each.person[fits]]
        return " ".join(sorted(chosen))

    def _listed(self, call_list: str, month: str | None, *, excluded: bool) -> str:
        chosen = self.programme.call_lists[call_list]
        listed = (self.counted if chosen.counted else self.missed)(chosen.measure, month).split()
        if chosen.exclude is None:
            return "" if excluded else " ".join(listed)
        words = self.kernel.of(chosen.exclude).tolist()
        out = {name for name, word in zip(self.names, words, strict=True) if word >> self._bit(month) & 1}
        return " ".join(name for name in listed if (name in out) == excluded)

    def _bit(self, month: str | None) -> int:
        months = [f"{day:%Y-%m}" for day in self.window.month_ends]
        return months.index(month) if month else len(months) - 1

    def _names(self, measure: str, month: str | None, *, asked: bool, counts: bool) -> str:
        bit, chosen = self._bit(month), []
        for name, of, count in zip(
            self.names, self.flags.denominator[measure].tolist(), self.flags.numerator[measure].tolist(), strict=True
        ):
            if (bool(of >> bit & 1), bool(count >> bit & 1)) == (asked, counts):
                chosen.append(name)
        return " ".join(chosen)


def answer(programme: str, people: str, window: Window = TO_JUNE_2026) -> Answers:
    """What a programme's measures make of these people."""
    chosen = programmes()[programme]
    names, events = read_people(programme, people)
    answers = kernel.Answers(events, window, get_registers([chosen]))
    entries = build_entries({slug: each.asked for slug, each in chosen.unit_measures.items()}, answers)
    return Answers(tuple(names), build_flags(chosen.measures, answers), entries, window, chosen, answers)


def read_people(programme: str, people: str) -> tuple[list[str], Events]:
    """The names of a table, and their events of the lists that a programme rests on."""
    names, tables = _tables(people)
    with TemporaryDirectory() as folder:
        shard = write_shard(Path(folder), code_lists(), **tables)
        return names, read_events(shard, programmes()[programme].code_lists, code_lists())


def _tables(people: str) -> tuple[list[str], dict[str, str]]:
    """The names, and the tables of write_shard with people numbered as they come."""
    names: list[str] = []
    tables: dict[str, list[str]] = {"people": [], "events": [], "registered": [], "died": []}
    for line in filter(None, map(str.strip, people.splitlines())):
        name, person, happened = (part.strip() for part in line.split("|"))
        names.append(name)
        number = len(names)
        tables["people"].append(f"{number} {person}")
        days = {"joins": "1900-01-01", "leaves": "", "dies": ""}
        for event in filter(None, map(str.strip, happened.split(","))):
            word, _, rest = event.partition(" ")
            if word in days:
                days[word] = rest
            else:
                tables["events"].append(f"{number} {event}")
        tables["registered"].append(f"{number} {days['joins']} {days['leaves']}")
        if days["dies"]:
            tables["died"].append(f"{number} {days['dies']}")
    return names, {name: "\n".join(lines) for name, lines in tables.items()}
