"""Runs of months: from the day something begins to hold to the day it no longer does, as bits."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.language.period import Days, FinancialYear, Months, Period
from placewise.floor.timeline.events import find_starts
from placewise.floor.timeline.window import Window, Words, span

MonthIndex = npt.NDArray[np.int16]
"""The first month of the window at whose end a day has come: 0 for a day before it, `months` for one after it."""

APRIL = 3


class Calendar:
    """Days to months of one window, by lookup."""

    def __init__(self, window: Window) -> None:
        self.window = window
        starts = window.month_starts.astype(np.int64)
        self._first_day, self._days = starts[0], starts[-1] - starts[0]
        self._month = np.append(np.repeat(np.arange(window.months), np.diff(starts)), window.months).astype(np.int16)

    def month(self, day: npt.NDArray[np.integer]) -> MonthIndex:
        """The first month at whose end these days (since 1970) have come."""
        return self._month[np.clip(day - self._first_day, 0, self._days)]

    def lapse(self, day: npt.NDArray[np.integer], period: Period | None) -> MonthIndex:
        """The first month at whose end events of these days count no more."""
        match period:
            case None:
                return np.full(len(day), self.window.months, np.int16)
            case Days(count):
                return self.month(day.astype(np.int64) + count)
            case Months(count):
                return self._clip(_calendar_month(day) + count)
            case FinancialYear():
                month = _calendar_month(day)
                return self._clip(month + 12 - (month - APRIL) % 12)

    def _clip(self, calendar_month: npt.NDArray[np.int64]) -> MonthIndex:
        return np.clip(calendar_month - self.window.first_month, 0, self.window.months).astype(np.int16)


def lapse_day(day: npt.NDArray[np.integer], period: Period) -> npt.NDArray[np.int64]:
    """The day on which events of these days count no more, exactly (period.py)."""
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
        if len(self.row):
            bits = span(self.start, self.stop)
            first = find_starts(self.row)
            words[self.row[first]] = np.bitwise_or.reduceat(bits, first)
        return words


def _first_day(calendar_month: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return calendar_month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _calendar_month(day: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Months since January 1970."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
