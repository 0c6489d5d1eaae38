"""Count words by group and month.

A word changes few times in 60 months, so each change adds +1 or -1 at (group, month) and one running sum gives every
month: the cost goes with the changes, hardly with the months.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.window import Window, Words


@dataclass(frozen=True, slots=True)
class Changes:
    """Where words change: row, month from which the change holds (0 to months - 1), and +1 (set) or -1 (cleared).

    Find them once for an answer, then count them by as many groupings as needed.
    """

    row: npt.NDArray[np.int64]
    month: npt.NDArray[np.int64]
    begins: npt.NDArray[np.bool_]
    rows: int
    months: int


def find_changes(words: Words, window: Window) -> Changes:
    """The changes of n words, in no stated order. Bits beyond the window are ignored."""
    words = words & window.full_word
    one = np.uint64(1)
    turned_on = words & ~(words << one)
    turned_off = ~words & (words << one) & window.full_word
    rows_on, months_on = _set_bits(turned_on)
    rows_off, months_off = _set_bits(turned_off)
    return Changes(
        row=np.concatenate([rows_on, rows_off]),
        month=np.concatenate([months_on, months_off]),
        begins=np.concatenate([np.ones(len(rows_on), bool), np.zeros(len(rows_off), bool)]),
        rows=len(words),
        months=window.months,
    )


def count_changes(changes: Changes, groups: npt.NDArray[np.integer], n_groups: int) -> npt.NDArray[np.int64]:
    """The rows set in each group at the end of each month: int64[n_groups, months].

    groups: one index a row, 0 to n_groups - 1; a row with a negative index is in no group. Raises ValueError if groups
    and words differ in length or an index is n_groups or more.
    """
    if len(groups) != changes.rows:
        raise ValueError(f"{len(groups)} groups were given for {changes.rows} words")
    group = np.asarray(groups, dtype=np.int64)[changes.row]
    if len(group) and group.max() >= n_groups:
        raise ValueError(f"group {group.max()} was given, and there are {n_groups}")
    cell = group * changes.months + changes.month
    grouped = group >= 0
    size = n_groups * changes.months
    gained = np.bincount(cell[grouped & changes.begins], minlength=size)
    lost = np.bincount(cell[grouped & ~changes.begins], minlength=size)
    return np.cumsum((gained - lost).reshape(n_groups, changes.months), axis=1)


def count_months(words: Words, groups: npt.NDArray[np.integer], n_groups: int, window: Window) -> npt.NDArray[np.int64]:
    """The words set in each group at the end of each month: int64[n_groups, months]. Groups as in count_changes."""
    return count_changes(find_changes(words, window), groups, n_groups)


def _set_bits(words: Words) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and position of every set bit, taking the lowest bit of all words at a time."""
    rows, positions = [], []
    row = np.flatnonzero(words)
    left = words[row]
    while len(row):
        below = left - np.uint64(1)
        rows.append(row)
        positions.append(np.bitwise_count(~left & below).astype(np.int64))
        left = left & below
        keep = left != 0
        row, left = row[keep], left[keep]
    empty = np.zeros(0, np.int64)
    return np.concatenate([empty, *rows]), np.concatenate([empty, *positions])
