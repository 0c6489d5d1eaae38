"""A dozen invented people in a readable table, and what the measures of a programme make of them.

    Ada | 1950-03 female | af_codes 2020-05-01, cha2ds2vasc 2025-01-10 4
    Ben | 1944-11 male   | af_codes 2019-02-01, dies 2025-12-24

`dies DAY`, `joins DAY` and `leaves DAY` stand among the events, which are those of builders/warehouse.py.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from placewise.floor.timeline import kernel
from placewise.floor.timeline.events import Events, read_events
from placewise.floor.timeline.window import Window
from placewise.measures.build import build_flags
from placewise.measures.contract import PersonFlags
from placewise.measures.entries import DENOMINATOR, NUMERATOR, build_entries, get_parts
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
    """What a programme's measures say of the people, on the last day of a month (YYYY-MM; the last if not given)."""

    names: tuple[str, ...]
    flags: PersonFlags
    window: Window
    programme: Programme
    kernel: kernel.Answers

    def counted(self, measure: str, month: str | None = None) -> str:
        """The names of those who count."""
        return self._names(measure, month, asked=True, counts=True)

    def missed(self, measure: str, month: str | None = None) -> str:
        """The names of those of whom it is asked and who do not count."""
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
        asked, bit = self.programme.unit_measures[measure].asked, self._bit(month)
        parts, amounts = get_parts(asked), [0, 0]
        for each in build_entries({measure: asked}, self.kernel)[measure]:
            held = (each.word >> bit & 1).astype(bool)
            for place, part in enumerate((DENOMINATOR, NUMERATOR)):
                amounts[place] += int(each.amounts[held, parts.index(part)].sum())
        return amounts[0], amounts[1]

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
    names, tables = _tables(people)
    with TemporaryDirectory() as folder:
        shard = write_shard(Path(folder), code_lists(), **tables)
        events: Events = read_events(shard, chosen.code_lists, code_lists())
    answers = kernel.Answers(events, window, get_registers([chosen]))
    return Answers(tuple(names), build_flags(chosen.measures, answers), window, chosen, answers)


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
