"""Which events of people can still matter to answers from a month on, whatever is recorded from its first day on.

Most events are overtaken. A last event speaks for all before it, a first is never less than first, a supply ends. Each
kind of question has a rule for what it needs of the events dated before the month; later ones are all kept. A rule's
answer stays right with any other events of the same people beside what it keeps, so that the rules of many questions
simply add up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import assert_never

import numpy as np
import numpy.typing as npt

from placewise.floor.language.names import codes_of
from placewise.floor.language.nodes import (
    Age,
    Alive,
    AllOf,
    Anchor,
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
from placewise.floor.timeline.events import STILL, Dated, Events, find_starts
from placewise.floor.timeline.order import distinct_days, find_nth, nth_day
from placewise.floor.timeline.readings import PairedReadings, find_days, pair_readings
from placewise.floor.timeline.runs import Calendar, lapse_day
from placewise.floor.timeline.supply import last_days
from placewise.floor.timeline.window import Window

Positions = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]


def keep_live(events: Events, questions: Iterable[Node], registers: Mapping[str, Node], first_month: int) -> Events:
    """The same people with the events that can still matter to the questions, at the end of a month and later.

    first_month: months since January 1970. registers: the definition of every register that a question names. People,
    deaths and registrations are kept whole; of a code list that no question names, nothing dated before the month is.
    """
    live = _Live(events, registers)
    month = Horizon(Window(1970 + first_month // 12, first_month % 12 + 1, 1))
    for name in events.of:
        live.keep_from(name, month)
    for question in questions:
        live.keep(question, month)
    return replace(events, of={name: _take(dated, live.kept[name]) for name, dated in events.of.items()})


@dataclass(frozen=True)
class Horizon:
    """The month from which answers must be right."""

    month: Window

    @cached_property
    def first_day(self) -> int:
        return int(self.month.month_starts[0].astype(np.int64))

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar(self.month)

    def counts(self, day: npt.NDArray[np.integer], period: Period | None) -> Chosen:
        """Whether events of these days can still count at the end of the month; if not, they never will again."""
        return self._calendar.lapse(day, period) > 0

    def is_before(self, dated: Dated) -> Chosen:
        return dated.day < self.first_day

    def earlier(self, months: int) -> "Horizon":
        return Horizon(self.month.earlier(months))


class _Live:
    """kept: of each code list, which events are."""

    def __init__(self, events: Events, registers: Mapping[str, Node]) -> None:
        self._events, self._registers = events, registers
        self.kept = {name: np.zeros(len(dated.row), bool) for name, dated in events.of.items()}
        self._done: set[tuple[Node, Window]] = set()
        self._paired: dict[tuple[tuple[str, ...], ...], PairedReadings] = {}

    def keep_from(self, name: str, horizon: Horizon) -> None:
        """Every event from the month on."""
        self.kept[name] |= ~horizon.is_before(self._events.of[name])

    def keep(self, node: Node, horizon: Horizon) -> None:
        """What a question needs whose answers must be right from the month on."""
        if (node, horizon.month) in self._done:
            return
        self._done.add((node, horizon.month))
        for name in codes_of(node):
            self.keep_from(name, horizon)
        match node:
            case AllOf(nodes) | AnyOf(nodes):
                for each in nodes:
                    self.keep(each, horizon)
            case Not(inner):
                self.keep(inner, horizon)
            case Began(inner, since) | Ended(inner, since):
                self.keep(inner, horizon.earlier(since.count))
            case In(register):
                self.keep(self._registers[register], horizon)
            case Has(codes, within, not_resolved_by):
                self._keep_last(codes, horizon, self._counting(codes, within, horizon))
                if not_resolved_by is not None:
                    self._keep_last(not_resolved_by, horizon)
            case Resolved(codes, by):
                self._keep_last(codes, horizon)
                self._keep_last(by, horizon)
            case Value(codes, comparison, within):
                values = self._events.of[codes].value
                assert values is not None, "only lists with values are asked for them"
                met = comparison.holds(values)
                self._keep_last(codes, horizon, met & self._counting(codes, within, horizon))
            case Latest():
                self._keep_latest_reading(node, horizon)
            case Nth(codes, n, None):
                self._keep_first_days(codes, n)
            case Nth(codes, n):
                self._keep_first_readings(node)
            case Earliest(_, among):
                for name in among:
                    self._keep_first_days(name, 1)
            case OnMedicine():
                self._keep_supplies(node, horizon)
            case Count():
                self._keep_last_days(node, horizon)
            case Ordered():
                self._keep_ordered(node, horizon)
            case Age() | Sex() | Alive() | Registered():
                pass  # read from the person, whose rows are all kept
            case _:
                assert_never(node)

    def _counting(self, name: str, within: Period | None, horizon: Horizon) -> Chosen:
        return horizon.counts(self._events.of[name].day, within)

    def _keep_last(self, name: str, horizon: Horizon, chosen: Chosen | None = None) -> None:
        """Each person's last event before the month, of those chosen: it counts for longest."""
        dated = self._events.of[name]
        before = horizon.is_before(dated)
        positions = np.flatnonzero(before if chosen is None else before & chosen)
        self.kept[name][positions[_from_end(dated.row[positions]) == 0]] = True

    def _keep_first_days(self, name: str, days: int) -> None:
        """An event of each of so many first days, so that the next keep their numbers."""
        dated = self._events.of[name]
        positions = distinct_days(dated)
        self.kept[name][positions[_from_start(dated.row[positions]) < days]] = True

    def _keep_first_readings(self, node: Nth) -> None:
        """Everything up to the day of the nth reading; all of a person who has not come so far."""
        assert node.comparison is not None, "only readings are compared"
        dated = self._events.of[node.codes]
        row, day, _ = find_days(dated, node.comparison)
        nth = find_nth(row, node.n)
        last = np.full(self._events.people, STILL, np.int32)
        last[row[nth]] = day[nth]
        self.kept[node.codes] |= dated.day <= last[dated.row]

    def _keep_last_days(self, node: Count, horizon: Horizon) -> None:
        """The last days before the month, as many as are asked for: no others count for as long."""
        dated = self._events.of[node.codes]
        chosen = horizon.is_before(dated) & self._counting(node.codes, node.within, horizon)
        positions = distinct_days(dated)
        positions = positions[chosen[positions]]
        self.kept[node.codes][positions[_from_end(dated.row[positions]) < node.at_least]] = True

    def _keep_latest_reading(self, node: Latest, horizon: Horizon) -> None:
        """All values of the day of the last reading before the month."""
        structure = tuple(tuple(codes for codes, _ in reading.parts) for reading in node.readings)
        if structure not in self._paired:
            self._paired[structure] = pair_readings(self._events, structure)
        paired = self._paired[structure]
        counting = np.flatnonzero((paired.day < horizon.first_day) & horizon.counts(paired.day, node.within))
        day = np.full(self._events.people, STILL, np.int32)
        day[paired.row[counting]] = paired.day[counting]  # the last one of each person stays
        for name in codes_of(node):
            dated = self._events.of[name]
            self.kept[name] |= dated.day == day[dated.row]

    def _keep_supplies(self, node: OnMedicine, horizon: Horizon) -> None:
        if node.within is not None:
            self._keep_last(node.codes, horizon, self._counting(node.codes, node.within, horizon))
            return
        dated = self._events.of[node.codes]
        last = last_days(dated, carried_over=node.carried_over) + (node.grace.count if node.grace else 0)
        if not node.carried_over:
            self.kept[node.codes] |= horizon.is_before(dated) & horizon.counts(last, Days(1))
            return
        # A supply that is carried over rests on those before it, back to one that began with nothing left over.
        positions = np.flatnonzero(horizon.is_before(dated))
        row, left = dated.row[positions], last[positions]
        lasting = np.zeros(self._events.people, bool)
        ends = _from_end(row) == 0
        lasting[row[ends]] = left[ends] >= horizon.first_day
        grace = node.grace.count if node.grace else 0
        fresh = np.ones(len(row), bool)
        fresh[1:] = (row[1:] != row[:-1]) | (dated.day[positions][1:] > left[:-1] - grace)
        began = np.zeros(self._events.people, np.int64)
        began[row[fresh]] = np.flatnonzero(fresh)  # the last one of each person stays
        self.kept[node.codes][positions[lasting[row] & (np.arange(len(row)) >= began[row])]] = True

    def _keep_ordered(self, node: Ordered, horizon: Horizon) -> None:
        dated = self._events.of[node.codes]
        day = dated.day.astype(np.int64)
        chosen = np.ones(len(day), bool)
        after = before = None
        if node.after is not None:
            after = self._keep_anchor(node.after, horizon)[dated.row]
            chosen &= (after < STILL) & (day >= after)
            if node.near is not None:
                chosen &= day < lapse_day(np.where(chosen, after, 0), node.near)
        if node.before is not None:
            before = self._keep_anchor(node.before, horizon)[dated.row]
            if node.before.nth is None:
                self._keep_last(node.codes, horizon)  # for the next anchor
            chosen &= day < before
        self._keep_last(node.codes, horizon, chosen)

    def _keep_anchor(self, anchor: Anchor, horizon: Horizon) -> npt.NDArray[np.int64]:
        """Keep the events by which an anchor is found; each person's, as known when the month begins, or STILL."""
        if anchor.nth is not None:
            self._keep_first_days(anchor.codes, anchor.nth)
            return nth_day(self._events.of[anchor.codes], anchor.nth, self._events.people)
        self._keep_last(anchor.codes, horizon)
        dated = self._events.of[anchor.codes]
        known = np.flatnonzero(horizon.is_before(dated))
        day = np.full(self._events.people, STILL, np.int64)
        day[dated.row[known]] = dated.day[known]  # the last one of each person stays
        return day


def _from_start(row: npt.NDArray[np.int32]) -> Positions:
    """How many entries of the same person come before each, in entries sorted by person."""
    starts = find_starts(row)
    return np.arange(len(row)) - np.repeat(starts, np.diff(np.append(starts, len(row))))


def _from_end(row: npt.NDArray[np.int32]) -> Positions:
    """How many entries of the same person follow each, in entries sorted by person."""
    return _from_start(row[::-1])[::-1]


def _take(dated: Dated, chosen: Chosen) -> Dated:
    return Dated(
        row=dated.row[chosen],
        day=dated.day[chosen],
        end=None if dated.end is None else dated.end[chosen],
        value=None if dated.value is None else dated.value[chosen],
    )
