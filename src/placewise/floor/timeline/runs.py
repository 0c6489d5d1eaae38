"""Runs of months: from the day something begins to hold to the day it no longer does, as bits."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.language.period import Days, FinancialYear, Months, Period
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.window import LOW, Window, Words, span

MonthIndex = npt.NDArray[np.int16]
"""The first month of the window at whose end a day has come: 0 for a day before it, `months` for one after it."""

APRIL = 3


@dataclass(frozen=True, slots=True)
class ByDay:
    """What is so of each day from `first` on; of earlier days as of the first, of later ones as of the last.

    month: the first month at whose end an event of the day counts no more; word: the months in which it counts.
    """

    first: int
    month: MonthIndex
    word: Words


class Calendar:
    """Days to months of one window, by lookup."""

    def __init__(self, window: Window) -> None:
        self.window = window
        starts = window.month_starts.astype(np.int64)
        self._first_day, self._days = starts[0], starts[-1] - starts[0]
        self._month = np.append(np.repeat(np.arange(window.months), np.diff(starts)), window.months).astype(np.int16)
        self._by_day: dict[Period | None, ByDay] = {}

    def month(self, day: npt.NDArray[np.integer]) -> MonthIndex:
        """The first month at whose end these days (since 1970) have come."""
        return self._month[np.clip(day - self._first_day, 0, self._days)]

    def lapse(self, day: npt.NDArray[np.integer], period: Period | None) -> MonthIndex:
        """The first month at whose end events of these days count no more."""
        by_day = self.by_day(period)
        return by_day.month[np.clip(day - np.int64(by_day.first), 0, len(by_day.month) - 1)]

    def by_day(self, period: Period | None) -> ByDay:
        """When events count that count for so long. None: for ever, so that the complement is the months before."""
        if period not in self._by_day:
            days = np.arange(self._first_day - _reach(period), self._first_day + self._days + 1)
            lapse = self._find_lapse(days, period)
            self._by_day[period] = ByDay(int(days[0]), lapse, span(self.month(days), lapse))
        return self._by_day[period]

    def _find_lapse(self, day: npt.NDArray[np.int64], period: Period | None) -> MonthIndex:
        match period:
            case None:
                return np.full(len(day), self.window.months, np.int16)
            case Days(count):
                return self.month(day + count)
            case Months(count):
                return self._clip(_calendar_month(day) + count)
            case FinancialYear():
                month = _calendar_month(day)
                return self._clip(month + 12 - (month - APRIL) % 12)

    def _clip(self, calendar_month: npt.NDArray[np.int64]) -> MonthIndex:
        return np.clip(calendar_month - self.window.first_month, 0, self.window.months).astype(np.int16)


def _reach(period: Period | None) -> int:
    """So many days before the window, whatever lapses has lapsed when it begins."""
    match period:
        case None:
            return 0
        case Days(count):
            return count
        case Months(count):
            return 31 * count
        case FinancialYear():
            return 366


def lapse_day(day: npt.NDArray[np.integer], period: Period) -> npt.NDArray[np.int64]:
    """The day on which events of these days count no more, exactly (period.py)."""
    first, last = (int(day.min()), int(day.max())) if len(day) else (0, 0)
    if last - first < len(day):  # as many days as there may be are fewer than there are events
        return _lapse_day(np.arange(first, last + 1), period)[day - first]
    return _lapse_day(day, period)


def _lapse_day(day: npt.NDArray[np.integer], period: Period) -> npt.NDArray[np.int64]:
    match period:
        case Days(count):
            return day.astype(np.int64) + count
        case Months(count):
            month = _calendar_month(day)
            later = month + count
            of_month = day - _first_day(month)
            return np.minimum(_first_day(later) + of_month, _first_day(later + 1) - 1)
        case FinancialYear():
            month = _calendar_month(day)
            return _first_day(month + 12 - (month - APRIL) % 12)


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of months, sorted by row: set from month `start` up to, and not including, month `stop`."""

    row: npt.NDArray[np.int32]
    start: MonthIndex
    stop: MonthIndex

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Runs":
        return Runs(self.row[chosen], self.start[chosen], self.stop[chosen])

    def words(self, people: int) -> Words:
        """A word a person with every month that any of the person's runs sets."""
        words = np.zeros(people, np.uint64)
        _set_runs(words, self.row, self.start, self.stop, LOW)
        return words


@compiled
def _set_runs(words: Words, row: npt.NDArray[np.int32], start: MonthIndex, stop: MonthIndex, low: Words) -> None:
    for i in range(len(row)):
        words[row[i]] |= low[stop[i]] & ~low[start[i]]


@compiled
def set_counting(
    words: Words, row: npt.NDArray[np.int32], day: npt.NDArray[np.integer], first: int, word: Words
) -> None:
    """Add to each person's word the months in which their events count; first, word: of ByDay."""
    last = len(word) - 1
    for i in range(len(row)):
        words[row[i]] |= word[min(max(int(day[i]) - first, 0), last)]


def _first_day(calendar_month: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return calendar_month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _calendar_month(day: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Months since January 1970."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
