"""What a person's latest reading was, month by month: ranges of months, each with a value.

Means and medians need the readings themselves, so bits are not enough: this is the second operator beside the words of
the kernel.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.language.units import LatestValue
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.events import Events
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.window import Words


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
    kept = np.flatnonzero(question.plausible.holds(dated.value)).astype(np.int32)  # never of a missing value
    counts, ever = calendar.by_day(question.within), calendar.by_day(None)
    row, word, value = np.empty(len(kept), np.int64), np.empty(len(kept), np.uint64), np.empty(len(kept))
    given = (dated.row, dated.day, dated.value, kept, counts.first, counts.word, ever.first, ever.word)
    found = _find_ranges(row, word, value, *given)
    return ValueRanges(row[:found], word[:found], value[:found])


@compiled
def _find_ranges(
    found_row: npt.NDArray[np.int64],
    found_word: Words,
    found_value: npt.NDArray[np.float64],
    row: npt.NDArray[np.int32],
    day: npt.NDArray[np.int32],
    value: npt.NDArray[np.float64],
    kept: npt.NDArray[np.int32],
    first: int,
    counts: Words,
    first_ever: int,
    ever: Words,
) -> int:
    """Fill in the ranges and tell how many there are: of each day of a person the lowest value, which counts as ByDay
    `counts` says until the person's next day with a value does (`ever`)."""
    found, at = 0, 0
    while at < len(kept):
        person, of_day, lowest = row[kept[at]], day[kept[at]], value[kept[at]]
        at += 1
        while at < len(kept) and row[kept[at]] == person and day[kept[at]] == of_day:
            lowest = min(lowest, value[kept[at]])
            at += 1
        word = counts[min(max(int(of_day) - first, 0), len(counts) - 1)]
        if at < len(kept) and row[kept[at]] == person:
            word &= ~ever[min(max(int(day[kept[at]]) - first_ever, 0), len(ever) - 1)]
        if word:
            found_row[found], found_word[found], found_value[found] = person, word, lowest
            found += 1
    return found
