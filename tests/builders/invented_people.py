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

    def counted(self, measure: str, month: str | None = None) -> str:
        """The names of those who count."""
        return self._names(measure, month, asked=True, counts=True)

    def missed(self, measure: str, month: str | None = None) -> str:
        """The names of those of whom it is asked and who do not count."""
        return self._names(measure, month, asked=True, counts=False)

    def not_asked(self, measure: str, month: str | None = None) -> str:
        return self._names(measure, month, asked=False, counts=False)

    def _names(self, measure: str, month: str | None, *, asked: bool, counts: bool) -> str:
        months = [f"{day:%Y-%m}" for day in self.window.month_ends]
        bit = months.index(month) if month else len(months) - 1
        chosen = []
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
    flags = build_flags(chosen.measures, kernel.Answers(events, window, get_registers([chosen])))
    return Answers(tuple(names), flags, window)


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
