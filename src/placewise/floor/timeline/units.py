"""Units other than people: find those of a shard, the months each counts in, and what is true of each in each month.

A unit in a month is one row, because what is asked of it may differ from month to month while it is open.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.language.units import (
    AllOfUnit,
    AnyOfUnit,
    Between,
    During,
    Each,
    EndedBy,
    EveryUnit,
    Lasted,
    NotOfUnit,
    OfPerson,
    Unit,
    UnitNode,
    When,
)
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.dated import STILL, Dated
from placewise.floor.timeline.events import Events, find_starts
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.order import distinct_days
from placewise.floor.timeline.runs import Calendar, lapse_day

Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Units:
    """u units in order of person: the person's row, first day, last day (STILL where none is known), and the day from
    which it is lost from sight (STILL where it never is)."""

    row: Integers
    start: Integers
    end: Integers
    lost: Integers


@dataclass(frozen=True, slots=True)
class UnitMonths:
    """k units in months, in order of person: the person's row, month of the window, first day, last day known at the
    end of that month (that day itself for a unit still open), and whether it has ended by then."""

    row: Integers
    month: Integers
    start: Integers
    last: Integers
    ended: Truths

    @property
    def days(self) -> Integers:
        """How long each has lasted."""
        return self.last - self.start

    def where(self, chosen: Integers) -> "UnitMonths":
        """The rows at these positions."""
        return UnitMonths(
            self.row[chosen], self.month[chosen], self.start[chosen], self.last[chosen], self.ended[chosen]
        )


def find_units(unit: Unit, events: Events) -> Units:
    """Raises KeyError for a code list that is not among the events."""
    if isinstance(unit, Each):
        dated = events.of[unit.codes]
        start = dated.day.astype(np.int64)
        end = start if dated.end is None else np.maximum(start, dated.end)
        return Units(dated.row.astype(np.int64), start, end.astype(np.int64), np.full(len(start), STILL, np.int64))
    return _find_between(unit, events)


def find_months(units: Units, when: When, calendar: Calendar) -> UnitMonths:
    """The months that each unit counts in."""
    if when == "open":
        first = calendar.month(units.start).astype(np.int64)
        stop = np.minimum(calendar.month(units.end), calendar.month(units.lost)).astype(np.int64)
        lengths = np.maximum(stop - first, 0)
        unit = np.repeat(np.arange(len(first)), lengths)
        month = np.arange(len(unit)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + first[unit]
    else:
        day = units.start if when == "starts" else units.end
        starts = calendar.window.month_starts.astype(np.int64)
        unit = np.flatnonzero((day >= starts[0]) & (day < starts[-1]))
        month = calendar.month(day[unit]).astype(np.int64)
    month_end = calendar.window.month_starts.astype(np.int64)[month + 1] - 1
    end = units.end[unit]
    return UnitMonths(units.row[unit], month, units.start[unit], np.minimum(end, month_end), end <= month_end)


class UnitAnswers:
    """What is true of units in months, a truth for each row of `months`."""

    def __init__(self, months: UnitMonths, answers: Answers) -> None:
        self.months, self._answers = months, answers

    def of(self, node: UnitNode) -> Truths:
        """Raises KeyError for a register or code list that was not given."""
        months = self.months
        match node:
            case EveryUnit():
                return np.ones(len(months.row), bool)
            case Lasted(days):
                compared: Truths = days.holds(months.days)
                return compared
            case During(codes):
                return _has_event(self._answers.events.of[codes], months.row, months.start, months.last)
            case EndedBy(codes):
                return months.ended & _has_event(self._answers.events.of[codes], months.row, months.last, months.last)
            case OfPerson(inner):
                words = self._answers.of(inner)[months.row]
                return (words >> months.month.astype(np.uint64)) & np.uint64(1) == 1
            case AllOfUnit(nodes):
                return np.logical_and.reduce([self.of(each) for each in nodes])
            case AnyOfUnit(nodes):
                return np.logical_or.reduce([self.of(each) for each in nodes])
            case NotOfUnit(inner):
                return ~self.of(inner)


def _find_between(unit: Between, events: Events) -> Units:
    starts = events.of[unit.start]
    first = distinct_days(starts)
    row, day = starts.row[first].astype(np.int64), starts.day[first].astype(np.int64)
    lost = lapse_day(day, unit.longest)
    end = _next_on_or_after(events.of[unit.end], row, day)
    end = np.where(end < lost, end, STILL)
    free = np.where(end < STILL, end + 1, lost)
    chosen = find_starts(row) if unit.first_ever else _choose(row, day, free)
    return Units(row[chosen], day[chosen], end[chosen], lost[chosen])


def _choose(row: Integers, day: Integers, free: Integers) -> Integers:
    """Of each person's starts the first, then the first on or after the day at which that one leaves room, and so on.

    All people take a step at a time, so there are as many steps as one person has units.
    """
    following = np.searchsorted(_keys(row, day), _keys(row, free))
    turn = find_starts(row)
    chosen = [turn]
    while len(turn):
        after = following[turn]
        turn, after = turn[after < len(row)], after[after < len(row)]
        turn = after[row[after] == row[turn]]
        chosen.append(turn)
    return np.sort(np.concatenate(chosen))


def _next_on_or_after(dated: Dated, row: Integers, day: Integers) -> Integers:
    """The day of the person's first event on or after each day, or STILL."""
    if not len(dated.row):
        return np.full(len(row), STILL, np.int64)
    position = _count_before(dated, row, day)
    found = np.minimum(position, len(dated.row) - 1)
    same = (found == position) & (dated.row[found] == row)
    return np.where(same, dated.day[found], STILL).astype(np.int64)


def _has_event(dated: Dated, row: Integers, first: Integers, last: Integers) -> Truths:
    """Whether the person has an event from the first day to the last, both included."""
    return _count_before(dated, row, first) < _count_before(dated, row, last + 1)


def _count_before(dated: Dated, row: Integers, day: Integers) -> Integers:
    """How many events, in order of person and day, come before each person's day."""
    found = np.empty(len(row), np.int64)
    _search(found, row, day, dated.row, dated.day)
    return found


@compiled
def _search(
    found: Integers, row: Integers, day: Integers, of_row: npt.NDArray[np.int32], of_day: npt.NDArray[np.int32]
) -> None:
    """Look for each where the one before it was found, and then twice as far away each time, since they come nearly in
    order."""
    low, end = 0, len(of_row)
    for i in range(len(row)):
        step, high = 1, low
        while low > 0 and (of_row[low - 1] > row[i] or (of_row[low - 1] == row[i] and of_day[low - 1] >= day[i])):
            high, low, step = low - 1, max(low - step, 0), 2 * step
        while high < end and (of_row[high] < row[i] or (of_row[high] == row[i] and of_day[high] < day[i])):
            low, high, step = high + 1, min(high + step, end), 2 * step
        while low < high:
            middle = (low + high) // 2
            if of_row[middle] < row[i] or (of_row[middle] == row[i] and of_day[middle] < day[i]):
                low = middle + 1
            else:
                high = middle
        found[i] = low


def _keys(row: Integers, day: Integers) -> Integers:
    """As readings.keys_of."""
    return (row << 32) + (day + (1 << 31))
