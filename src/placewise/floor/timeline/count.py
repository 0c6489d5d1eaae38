"""Count words by group and month.

A word changes few times in 60 months, so each change adds +1 or -1 at (group, month) and one running sum gives every
month: the cost goes with the changes, hardly with the months.
"""

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.window import Window, Words

DE_BRUIJN, FIRST_BITS = np.uint64(0x03F79D71B4CB0A89), np.uint64(58)
FIRST_SET = np.argsort(DE_BRUIJN << np.arange(64, dtype=np.uint64) >> FIRST_BITS).astype(np.int8)
"""The position of a single set bit, by the first six bits of its product with a de Bruijn sequence, which differ for
each (Leiserson, Prokop and Randall 1998)."""


def count_months(words: Words, groups: npt.NDArray[np.integer], n_groups: int, window: Window) -> npt.NDArray[np.int64]:
    """The words set in each group at the end of each month: int64[n_groups, months].

    groups: one index a row, 0 to n_groups - 1; a row with a negative index is in no group. Raises ValueError if groups
    and words differ in length or an index is n_groups or more.
    """
    if len(groups) != len(words):
        raise ValueError(f"{len(groups)} groups were given for {len(words)} words")
    if len(groups) and groups.max() >= n_groups:
        raise ValueError(f"group {groups.max()} was given, and there are {n_groups}")
    changes = np.zeros((n_groups, window.months), np.int32)
    rows = np.arange(len(words), dtype=np.int32)
    add_changes(changes, words, rows, rows, words, groups.astype(np.int32)[:, None], 1)
    return sum_changes(changes)


def sum_changes(changes: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Counts at the end of each month, of changes from month to month along the last axis."""
    sums = changes.astype(np.int64, order="C")  # and then in place: to widen while summing is ten times as slow
    return np.cumsum(sums, axis=-1, out=sums)


@compiled
def find_rows(of_person: Words, person: npt.NDArray[np.int32], word: Words) -> npt.NDArray[np.int32]:
    """The rows that have a month, as add_changes takes them."""
    rows = np.empty(len(person), np.int32)
    found = 0
    for i in range(len(person)):
        rows[found] = i
        found += (of_person[np.uint64(person[i])] & word[i]) != 0
    return rows[:found].copy()


@compiled
def add_changes(
    changes: npt.NDArray[np.int32],
    of_person: Words,
    rows: npt.NDArray[np.int32],
    person: npt.NDArray[np.int32],
    word: Words,
    cells: npt.NDArray[np.int32],
    times: int,
) -> None:
    """Add +1 for each month from which a row is set, and -1 for each from which it no longer is, to the row's cells.

    changes: [c, months]; of_person: a word a person; rows: those to go through; person, word: of each of n rows, whose
    months are those of its person within the word; cells: [n, k], the cells of each row, negative for none; times: -1
    to take off what 1 adds.
    """
    months, one = changes.shape[1], np.uint64(1)
    for row in rows:
        i = np.uint64(row)  # an index with a sign is asked each time whether it counts from the end
        held = of_person[np.uint64(person[i])] & word[i]
        left = held ^ (held << one)
        while left:
            lowest = left & ~(left - one)
            month = FIRST_SET[(lowest * DE_BRUIJN) >> FIRST_BITS]
            if month >= months:
                break
            change = times if held & lowest else -times
            for k in range(cells.shape[1]):
                if cells[i, k] >= 0:
                    changes[cells[i, k], month] += change
            left ^= lowest
