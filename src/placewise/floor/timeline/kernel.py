"""Answer questions for all people and months of a shard at once.

Each kind of event becomes runs of months, and `all`, `any` and `not` are `&`, `|` and `~` on words. A part that several
questions share is answered once, and so is a register, whoever asks about it.
"""

from collections.abc import Mapping
from functools import reduce

import numpy as np
import numpy.typing as npt

from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import (
    Age,
    Alive,
    AllOf,
    AnyOf,
    Began,
    Count,
    Earliest,
    Ended,
    Has,
    In,
    Latest,
    Node,
    Not,
    Nth,
    OnMedicine,
    Ordered,
    Registered,
    Resolved,
    Sex,
    Value,
)
from placewise.floor.language.period import Days, Period
from placewise.floor.timeline.dated import STILL
from placewise.floor.timeline.events import Events
from placewise.floor.timeline.order import answer_ordered, distinct_days, find_nth, next_day, nth_day, set_repeated
from placewise.floor.timeline.readings import PairedReadings, find_days, pair_readings
from placewise.floor.timeline.runs import Calendar, Runs, set_counting
from placewise.floor.timeline.supply import last_days
from placewise.floor.timeline.window import Window, Words, span, until
from placewise.floor.vocabulary.people import SEXES

NO_REGISTERS: Mapping[str, Node] = {}
BORN = Age(Comparison(">=", 0))


class Answers:
    """The answers of one shard's people, each a word a person in the order of events.person_id; bits beyond the window
    are 0.

    registers: the definition of every register that a question may name; they must not rest on each other in a circle.
    """

    def __init__(self, events: Events, window: Window, registers: Mapping[str, Node] = NO_REGISTERS) -> None:
        self.events, self.window, self.registers = events, window, registers
        self._calendar = Calendar(window)
        self._answered: dict[Node, Words] = {}
        self._paired: dict[tuple[tuple[str, ...], ...], PairedReadings] = {}
        self._earlier: dict[int, Answers] = {}

    def of(self, node: Node) -> Words:
        """Raises KeyError for a register or code list that was not given."""
        if node not in self._answered:
            self._answered[node] = self._answer(node)
        return self._answered[node]

    def earlier(self, months: int) -> "Answers":
        """The answers as they were so many months before each month: those of a window that begins so much earlier."""
        if months not in self._earlier:
            before = Answers(self.events, self.window.earlier(months), self.registers)
            before._paired = self._paired  # days are paired in whatever window they are asked about
            self._earlier[months] = before
        return self._earlier[months]

    def _answer(self, node: Node) -> Words:
        match node:
            case AllOf(nodes):
                return reduce(np.bitwise_and, (self.of(each) for each in nodes))
            case AnyOf(nodes):
                return reduce(np.bitwise_or, (self.of(each) for each in nodes))
            case Not(inner):
                return ~self.of(inner) & self.window.full_word
            case In(register):
                return self.of(self.registers[register])
            case Has():
                return self._has(node)
            case Resolved(codes, by):
                return self.of(Has(codes)) & ~self.of(Has(codes, not_resolved_by=by))
            case Ordered():
                return answer_ordered(node, self.events, self._calendar)
            case Latest():
                return self._latest(node)
            case Value():
                return self._value(node)
            case Nth():
                return self._nth(node)
            case Earliest(codes, among):
                return self._earliest(codes, among)
            case OnMedicine():
                return self._on_medicine(node)
            case Count():
                return self._count(node)
            case Age():
                return self._age(node)
            case Sex(sex):
                return self._where(self.events.sex == SEXES.index(sex))
            case Alive():
                return self.of(BORN) & until(self._calendar.month(self.events.death))
            case Registered():
                return self._registered()
            case Began(inner, since):
                return self.of(inner) & ~self.earlier(since.count).of(inner)
            case Ended(inner, since):
                return ~self.of(inner) & self.earlier(since.count).of(inner)

    def _has(self, node: Has) -> Words:
        dated = self.events.of[node.codes]
        if node.not_resolved_by is None:
            return self._counting(dated.row, dated.day, node.within)
        resolved = self._calendar.month(next_day(dated, self.events.of[node.not_resolved_by]))
        return self._words(dated.row, dated.day, np.minimum(self._calendar.lapse(dated.day, node.within), resolved))

    def _latest(self, node: Latest) -> Words:
        structure = tuple(tuple(codes for codes, _ in reading.parts) for reading in node.readings)
        if structure not in self._paired:
            self._paired[structure] = pair_readings(self.events, structure)
        return self._paired[structure].answer(node, self._calendar, self.events.people)

    def _value(self, node: Value) -> Words:
        dated = self.events.of[node.codes]
        if dated.value is None:
            raise ValueError("a code list of a table without values has no readings")
        met = np.flatnonzero(node.comparison.holds(dated.value))
        return self._counting(dated.row[met], dated.day[met], node.within)

    def _nth(self, node: Nth) -> Words:
        dated = self.events.of[node.codes]
        if node.comparison is None:
            days = distinct_days(dated)
            row, day = dated.row[days], dated.day[days]
            chosen = find_nth(row, node.n)
        else:
            row, day, met = find_days(dated, node.comparison)
            chosen = find_nth(row, node.n)
            chosen = chosen[met[chosen]]
        return self._counting(row[chosen], day[chosen], node.within)

    def _earliest(self, codes: str, among: tuple[str, ...]) -> Words:
        first = np.array([nth_day(self.events.of[name], 1, self.events.people) for name in among])
        place = among.index(codes)
        is_first = np.argmin(first, axis=0) == place  # of equal days, the list named first
        found = np.flatnonzero(is_first & (first[place] < STILL)).astype(np.int32)
        return self._counting(found, first[place][found], None)

    def _on_medicine(self, node: OnMedicine) -> Words:
        dated = self.events.of[node.codes]
        if node.within is not None:  # from the issue on, however long its supply lasts
            return self._counting(dated.row, dated.day, node.within)
        last = last_days(dated, carried_over=node.carried_over)
        grace = node.grace.count if node.grace else 0
        return self._words(dated.row, dated.day, self._calendar.lapse(last + grace, Days(1)))

    def _count(self, node: Count) -> Words:
        dated, words = self.events.of[node.codes], np.zeros(self.events.people, np.uint64)
        counts, ever = self._calendar.by_day(node.within), self._calendar.by_day(None)
        set_repeated(words, dated.row, dated.day, node.at_least, counts.first, counts.word, ever.first, ever.word)
        return words

    def _age(self, node: Age) -> Words:
        birth, window = self.events.birth, self.window
        births = np.arange(birth.min(initial=0), birth.max(initial=0) + 1)
        ages = np.arange((window.first_month + window.months - births[0]) // 12 + 2)
        changes = np.flatnonzero(np.diff(node.years.holds(ages), prepend=False, append=False))
        months = [np.clip(births + 12 * age - window.first_month, 0, window.months) for age in changes]
        words = [span(start, stop) for start, stop in zip(months[::2], months[1::2], strict=True)]
        return reduce(np.bitwise_or, words, np.zeros(len(births), np.uint64))[birth - births[0]]

    def _registered(self) -> Words:
        spells = self.events.registrations
        assert spells.end is not None
        left = self._calendar.month(spells.end.astype(np.int64) + 1)
        return self._words(spells.row, spells.day, left) & self.of(Alive())

    def _where(self, holds: npt.NDArray[np.bool_]) -> Words:
        return np.where(holds, self.window.full_word, np.uint64(0))

    def _words(self, row: npt.NDArray[np.int32], day: npt.NDArray[np.integer], stop: npt.NDArray[np.int16]) -> Words:
        return Runs(row, self._calendar.month(day), stop).words(self.events.people)

    def _counting(self, row: npt.NDArray[np.int32], day: npt.NDArray[np.integer], period: Period | None) -> Words:
        """The months in which events of these days count for so long."""
        words, by_day = np.zeros(self.events.people, np.uint64), self._calendar.by_day(period)
        set_counting(words, row, day, by_day.first, by_day.word)
        return words


def evaluate(
    questions: Mapping[str, Node], events: Events, window: Window, registers: Mapping[str, Node] = NO_REGISTERS
) -> dict[str, Words]:
    """Each question's answer. registers: the definition of every register that a question names."""
    answers = Answers(events, window, registers)
    return {name: answers.of(node) for name, node in questions.items()}
