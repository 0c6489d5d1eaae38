"""Answer questions for all people and months of a shard at once.

Each kind of event becomes runs of months, and `all`, `any` and `not` are `&`, `|` and `~` on words. A part that several
questions share is answered once.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import (
    Age,
    AllOf,
    AnyOf,
    Count,
    Earliest,
    Has,
    In,
    Latest,
    Node,
    Not,
    OnMedicine,
    Registered,
    Sex,
)
from placewise.floor.language.period import Days, Period
from placewise.floor.timeline.events import STILL, Dated, Events, find_starts
from placewise.floor.timeline.readings import PairedReadings, keys_of, pair_readings
from placewise.floor.timeline.runs import Calendar, Runs
from placewise.floor.timeline.window import Window, Words
from placewise.floor.vocabulary.people import SEXES

NO_REGISTERS: Mapping[str, Words] = {}
BORN = Age(Comparison(">=", 0))


def evaluate(
    questions: Mapping[str, Node], events: Events, window: Window, registers: Mapping[str, Words] = NO_REGISTERS
) -> dict[str, Words]:
    """Each question's answer, a word a person in the order of events.person_id; bits beyond the window are 0.

    registers: the words of every register a question names (registers/build.py). Raises KeyError for a register or code
    list that was not given.
    """
    answers = _Answers(events, window, registers)
    return {name: answers.of(node) for name, node in questions.items()}


class _Answers:
    def __init__(self, events: Events, window: Window, registers: Mapping[str, Words]) -> None:
        self._events, self._window, self._registers = events, window, registers
        self._calendar = Calendar(window)
        self._answered: dict[Node, Words] = {}
        self._paired: dict[tuple[tuple[str, ...], ...], PairedReadings] = {}

    def of(self, node: Node) -> Words:
        if node not in self._answered:
            self._answered[node] = self._answer(node)
        return self._answered[node]

    def _answer(self, node: Node) -> Words:
        match node:
            case AllOf(nodes):
                return np.bitwise_and.reduce([self.of(each) for each in nodes])
            case AnyOf(nodes):
                return np.bitwise_or.reduce([self.of(each) for each in nodes])
            case Not(inner):
                return ~self.of(inner) & self._window.full_word
            case In(register):
                return self._registers[register]
            case Has():
                return self._has(node)
            case Latest():
                return self._latest(node)
            case Earliest(codes, among):
                return self._earliest(codes, among)
            case OnMedicine(codes, within):
                return self._on_medicine(self._events.of[codes], within)
            case Count():
                return self._count(node)
            case Age():
                return self._age(node)
            case Sex(sex):
                return self._where(self._events.sex == SEXES.index(sex))
            case Registered():
                return self._registered()

    def _has(self, node: Has) -> Words:
        dated = self._events.of[node.codes]
        stop = self._calendar.lapse(dated.day, node.within)
        if node.not_resolved_by is not None:
            resolved = _next_day(dated, self._events.of[node.not_resolved_by])
            stop = np.minimum(stop, self._calendar.month(resolved))
        return self._words(dated.row, dated.day, stop)

    def _latest(self, node: Latest) -> Words:
        structure = tuple(tuple(codes for codes, _ in reading.parts) for reading in node.readings)
        if structure not in self._paired:
            self._paired[structure] = pair_readings(self._events, structure)
        paired = self._paired[structure]
        replaced = np.full(len(paired.row), STILL, np.int64)
        same = paired.row[1:] == paired.row[:-1]
        replaced[:-1][same] = paired.day[1:][same]
        stop = np.minimum(self._calendar.lapse(paired.day, node.within), self._calendar.month(replaced))
        start = self._calendar.month(paired.day)
        return Runs(paired.row, start, stop).where(paired.meets(node)).words(self._events.people)

    def _earliest(self, codes: str, among: tuple[str, ...]) -> Words:
        first = np.array([self._first_day(name) for name in among])
        place = among.index(codes)
        is_first = np.argmin(first, axis=0) == place  # of equal days, the list named first
        found = np.flatnonzero(is_first & (first[place] < STILL)).astype(np.int32)
        return self._words(found, first[place][found], np.full(len(found), self._window.months, np.int16))

    def _first_day(self, name: str) -> npt.NDArray[np.int32]:
        """The day of each person's first event, or STILL."""
        dated = self._events.of[name]
        first = np.full(self._events.people, STILL, np.int32)
        starts = find_starts(dated.row)
        first[dated.row[starts]] = dated.day[starts]
        return first

    def _on_medicine(self, dated: Dated, within: Period | None) -> Words:
        if dated.end is None:
            raise ValueError("a code list of a table without end dates holds no medicines")
        if within is not None:  # from the issue on, however long its supply lasts
            return self._words(dated.row, dated.day, self._calendar.lapse(dated.day, within))
        return self._words(dated.row, dated.day, self._calendar.lapse(np.maximum(dated.day, dated.end), Days(1)))

    def _count(self, node: Count) -> Words:
        dated = self._events.of[node.codes]
        key = keys_of(dated)
        distinct = find_starts(key)
        row, day = dated.row[distinct], dated.day[distinct]
        before = node.at_least - 1
        reached = np.flatnonzero(row[before:] == row[: max(len(row) - before, 0)])
        lapse = self._calendar.lapse(day[reached], node.within)
        return self._words(row[reached], day[reached + before], lapse)

    def _age(self, node: Age) -> Words:
        births, person = np.unique(self._events.birth, return_inverse=True)
        months = self._window.first_month + np.arange(self._window.months)
        years = (months[None, :] - births[:, None]) // 12
        holds = (node.years.holds(years) & (years >= 0)).astype(np.uint64)
        return np.bitwise_or.reduce(holds << np.arange(self._window.months, dtype=np.uint64), axis=1)[person]

    def _registered(self) -> Words:
        spells, death = self._events.registrations, self._events.death
        assert spells.end is not None
        left = self._calendar.month(spells.end.astype(np.int64) + 1)
        stop = np.minimum(left, self._calendar.month(death[spells.row]))
        return self._words(spells.row, spells.day, stop) & self.of(BORN)

    def _where(self, holds: npt.NDArray[np.bool_]) -> Words:
        return np.where(holds, self._window.full_word, np.uint64(0))

    def _words(self, row: npt.NDArray[np.int32], day: npt.NDArray[np.int32], stop: npt.NDArray[np.int16]) -> Words:
        return Runs(row, self._calendar.month(day), stop).words(self._events.people)


def _next_day(dated: Dated, later: Dated) -> npt.NDArray[np.int64]:
    """For each event, the day of the same person's next event of the other list on a later day, or STILL."""
    if not len(later.row):
        return np.full(len(dated.row), STILL, np.int64)
    following = np.searchsorted(keys_of(later), keys_of(dated), side="right")
    found = np.minimum(following, len(later.row) - 1)
    same = (following < len(later.row)) & (later.row[found] == dated.row)
    return np.where(same, later.day[found], STILL).astype(np.int64)
