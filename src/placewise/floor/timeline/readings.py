"""Readings: values of the same day put together, the latest of which is asked for.

Pairing costs more than comparing, so it is done once for each set of code lists and serves every question that asks
another comparison or period of the same readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import Latest
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.events import Dated, Events, find_starts
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.window import Words

Values = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
"""A person's row and a day as one sortable number."""


def keys_of(dated: Dated) -> Keys:
    return (dated.row.astype(np.int64) << 32) + (dated.day.astype(np.int64) + (1 << 31))


@dataclass(frozen=True, slots=True)
class DayValues:
    """A code list's values by day: key of each day with a value, and where that day's values begin in `value`."""

    key: Keys
    first: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]

    @classmethod
    def of(cls, dated: Dated) -> "DayValues":
        if dated.value is None:
            raise ValueError("a code list of a table without values has no readings")
        valued = ~np.isnan(dated.value)
        key, value = keys_of(dated)[valued], dated.value[valued]
        first = find_starts(key)
        return cls(key[first], first, value)

    def any(self, holds: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """For each day, whether something holds of any of its values."""
        if len(self.first) == len(holds):
            return holds
        return np.logical_or.reduceat(holds, self.first)


@dataclass(frozen=True, slots=True)
class Part:
    """A code list's values on the days of readings.

    first: for each reading a value of that day, NaN where it has none; more: the other values of days that have
    several, and place: the readings that these belong to.
    """

    first: Values
    more: Values
    place: Positions

    def meets(self, comparison: Comparison) -> npt.NDArray[np.bool_]:
        """For each reading, whether any of its values is as asked."""
        met: npt.NDArray[np.bool_] = comparison.holds(self.first)
        met[self.place[comparison.holds(self.more)]] = True
        return met


@dataclass(frozen=True, slots=True)
class PairedReadings:
    """The days with a reading of any of several alternatives. row, day: of each reading; alternatives: of each, its
    parts."""

    row: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]
    alternatives: tuple[tuple[Part, ...], ...]

    def answer(self, question: Latest, calendar: Calendar, people: int) -> Words:
        """A word a person: the months in which their latest reading is as asked."""
        words, counts, ever = np.zeros(people, np.uint64), calendar.by_day(question.within), calendar.by_day(None)
        _set_latest(words, self.row, self.day, self._meets(question), counts.first, counts.word, ever.first, ever.word)
        return words

    def _meets(self, question: Latest) -> npt.NDArray[np.bool_]:
        """For each reading, whether it meets the comparisons. A day that meets every part has every part."""
        met = np.zeros(len(self.row), bool)
        for reading, parts in zip(question.readings, self.alternatives, strict=True):
            asked = zip(reading.parts, parts, strict=True)
            met |= reduce(np.logical_and, (part.meets(comparison) for (_, comparison), part in asked))
        return met


def pair_readings(events: Events, structure: tuple[tuple[str, ...], ...]) -> PairedReadings:
    """Put together the readings of these alternatives, each a tuple of code lists whose values share a day."""
    days = np.concatenate([_find_shared_days([events.of[name] for name in names]) for names in structure])
    if len(structure) > 1:
        days.sort(kind="stable")  # merges what is sorted already
        days = days[find_starts(days)]
    row, day = _row_and_day(days)
    placed = {name: _place_values(events.of[name], days) for names in structure for name in names}
    return PairedReadings(row, day, tuple(tuple(placed[name] for name in names) for names in structure))


def _find_shared_days(lists: Sequence[Dated]) -> Keys:
    """The days on which each of the lists has a value."""
    shared = _find_valued_days(lists[0])
    for dated in lists[1:]:
        shared = shared[: _keep_shared(shared, _find_valued_days(dated))]
    return shared


def _find_valued_days(dated: Dated) -> Keys:
    """Each person's days with a value."""
    if dated.value is None:
        raise ValueError("a code list of a table without values has no readings")
    key = np.empty(len(dated.row), np.int64)
    return key[: _set_valued_days(key, dated.row, dated.day, dated.value)]


def _place_values(dated: Dated, days: Keys) -> Part:
    assert dated.value is not None, "lists without values are refused before"
    first, more = np.full(len(days), np.nan), np.empty(len(dated.value))
    place = np.empty(len(dated.value), np.int32)
    found = _spread(first, more, place, dated.row, dated.day, dated.value, days)
    return Part(first, more[:found].copy(), place[:found].copy())


@compiled
def _set_valued_days(key: Keys, row: npt.NDArray[np.int32], day: npt.NDArray[np.int32], value: Values) -> int:
    """How many there are; their keys, as keys_of makes them, to the front."""
    found = 0
    for i in range(len(row)):
        if not np.isnan(value[i]):
            new = (np.int64(row[i]) << 32) + (np.int64(day[i]) + (1 << 31))
            if found == 0 or key[found - 1] != new:
                key[found] = new
                found += 1
    return found


@compiled
def _keep_shared(key: Keys, other: Keys) -> int:
    """Move the keys that are in both to the front; how many there are. Both are sorted and hold nothing twice."""
    kept, at = 0, 0
    for i in range(len(key)):
        while at < len(other) and other[at] < key[i]:
            at += 1
        if at < len(other) and other[at] == key[i]:
            key[kept] = key[i]
            kept += 1
    return kept


@compiled
def _spread(
    first: Values,
    more: Values,
    place: Positions,
    row: npt.NDArray[np.int32],
    day: npt.NDArray[np.int32],
    value: Values,
    days: Keys,
) -> int:
    """Fill in the arrays of a Part; how many values are not the first of their day."""
    at, found = 0, 0
    for i in range(len(row)):
        if not np.isnan(value[i]):
            key = (np.int64(row[i]) << 32) + (np.int64(day[i]) + (1 << 31))
            while at < len(days) and days[at] < key:
                at += 1
            if at < len(days) and days[at] == key:
                if np.isnan(first[at]):
                    first[at] = value[i]
                else:
                    more[found], place[found] = value[i], at
                    found += 1
    return found


@compiled
def _set_latest(
    words: Words,
    row: npt.NDArray[np.int32],
    day: npt.NDArray[np.int32],
    met: npt.NDArray[np.bool_],
    first: int,
    counts: Words,
    first_ever: int,
    ever: Words,
) -> None:
    """A reading counts as ByDay `counts` says until the month from which the person's next one counts (`ever`)."""
    for i in range(len(row)):
        if met[i]:
            word = counts[min(max(int(day[i]) - first, 0), len(counts) - 1)]
            if i + 1 < len(row) and row[i + 1] == row[i]:
                word &= ~ever[min(max(int(day[i + 1]) - first_ever, 0), len(ever) - 1)]
            words[row[i]] |= word


def find_days(
    dated: Dated, comparison: Comparison
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """The days with a reading of one code list: row, day, and whether a value of that day is as asked."""
    values = DayValues.of(dated)
    row, day = _row_and_day(values.key)
    return row, day, values.any(comparison.holds(values.value))


def _row_and_day(key: Keys) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    return (key >> 32).astype(np.int32), ((key & 0xFFFFFFFF) - (1 << 31)).astype(np.int32)
