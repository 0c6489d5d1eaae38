"""What a person's latest reading was, month by month: ranges of months, each with a value.

Means and medians need the readings themselves, so bits are not enough: this is the second operator beside the words of
the kernel.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.language.units import LatestValue
from placewise.floor.timeline.events import STILL, Events, find_starts
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.window import Words, span


@dataclass(frozen=True, slots=True)
class ValueRanges:
    """r ranges in order of person: the person's row, the months in which the value is the latest, and the value, in the
    unit of its code list. No two ranges of a person share a month."""

    row: npt.NDArray[np.int64]
    word: Words
    value: npt.NDArray[np.float64]


def find_values(question: LatestValue, events: Events, calendar: Calendar) -> ValueRanges:
    """Each reading from its month up to the next reading's, or until it no longer counts."""
    dated = events.of[question.codes]
    if dated.value is None:
        raise ValueError("a code list of a table without values has no readings")
    kept = np.flatnonzero(question.plausible.holds(dated.value))  # never of a missing value
    all_rows, all_days, values = dated.row[kept].astype(np.int64), dated.day[kept].astype(np.int64), dated.value[kept]
    first = find_starts((all_rows << 32) + all_days)
    row, day = all_rows[first], all_days[first]
    lowest = np.minimum.reduceat(values, first) if len(first) else values
    replaced = np.full(len(row), STILL, np.int64)
    same = row[1:] == row[:-1]
    replaced[:-1][same] = day[1:][same]
    start = calendar.month(day)
    stop = np.minimum(calendar.lapse(day, question.within), calendar.month(replaced))
    word = span(np.minimum(start, stop), stop)
    held = np.flatnonzero(word)
    return ValueRanges(row[held], word[held], lowest[held])
