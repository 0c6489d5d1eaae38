"""Readings: values of the same day put together, the latest of which is asked for.

Pairing costs more than comparing, so it is done once for each set of code lists and serves every question that asks
another comparison or period of the same readings.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import Latest
from placewise.floor.timeline.events import Dated, Events, find_starts

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
class PairedReadings:
    """The days with a reading of any of several alternatives.

    row, day: of each reading; alternatives: for each, its parts (a part's values, and the positions in them of the days
    on which all parts have values) and the positions of those days among all days.
    """

    row: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]
    alternatives: tuple[tuple[tuple[tuple[DayValues, npt.NDArray[np.int64]], ...], npt.NDArray[np.int64]], ...]

    def meets(self, question: Latest) -> npt.NDArray[np.bool_]:
        """For each day, whether a reading of that day meets the comparisons."""
        met = np.zeros(len(self.row), bool)
        for reading, (parts, days) in zip(question.readings, self.alternatives, strict=True):
            all_met = np.ones(len(days), bool)
            for (_, comparison), (values, whole) in zip(reading.parts, parts, strict=True):
                all_met &= values.any(comparison.holds(values.value))[whole]
            met[days] |= all_met
        return met


def pair_readings(events: Events, structure: tuple[tuple[str, ...], ...]) -> PairedReadings:
    """Put together the readings of these alternatives, each a tuple of code lists whose values share a day."""
    whole = []
    for names in structure:
        parts = [DayValues.of(events.of[name]) for name in names]
        key = parts[0].key
        for part in parts[1:]:
            if not np.array_equal(key, part.key):
                key = np.intersect1d(key, part.key, assume_unique=True)
        whole.append((key, tuple((part, np.searchsorted(part.key, key)) for part in parts)))
    days = whole[0][0]
    if len(whole) > 1:
        days = np.sort(np.concatenate([key for key, _ in whole]), kind="stable")  # merges what is sorted already
        days = days[find_starts(days)]
    row, day = _row_and_day(days)
    return PairedReadings(
        row=row,
        day=day,
        alternatives=tuple((parts, np.searchsorted(days, key)) for key, parts in whole),
    )


def find_days(
    dated: Dated, comparison: Comparison
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """The days with a reading of one code list: row, day, and whether a value of that day is as asked."""
    values = DayValues.of(dated)
    row, day = _row_and_day(values.key)
    return row, day, values.any(comparison.holds(values.value))


def _row_and_day(key: Keys) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    return (key >> 32).astype(np.int32), ((key & 0xFFFFFFFF) - (1 << 31)).astype(np.int32)
