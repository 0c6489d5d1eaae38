"""How often each value occurs, kept sparsely and as changes from month to month, so that medians can be added up.

Shards, practices and months add exactly: a histogram is a sum of whole numbers, in whatever order.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

AT_ONCE = 500_000
"""Entries gathered, at least, before they are added together: some 8 MB. Of more shards, more is gathered only where
more is kept of them."""


class Histogram:
    """Counts by cell, value and month. months: of the window; a cell is any number from 0, a value too."""

    def __init__(self, values: int, months: int) -> None:
        self.values, self.months = values, months
        self._keys: list[Integers] = []
        self._changes: list[Integers] = []

    def add(self, cell: Integers, value: Integers, month: Integers, change: Integers) -> None:
        """From each month on, so many more (or fewer, below zero) of a value in a cell."""
        self.add_sums((cell * self.values + value) * self.months + month, change)

    def add_sums(self, keys: Integers, changes: Integers) -> None:
        """What `sums` of another histogram of the same shape gave."""
        self._keys.append(keys)
        self._changes.append(changes)
        added_up, *gathered = map(len, self._keys)
        if sum(gathered) > max(AT_ONCE, added_up):
            self._add_up()

    def sums(self) -> tuple[Integers, Integers]:
        """Keys, rising, and the change at each, never 0."""
        self._add_up()
        return self._keys[0], self._changes[0]

    def rows(self, shown: slice) -> tuple[Integers, Integers, Integers, Integers]:
        """The same as cell, value, month and change, in the months shown: what holds as they begin is of the first."""
        keys, changes = self.sums()
        rest, month = np.divmod(keys, self.months)
        kept = np.flatnonzero(month < shown.stop)
        within = Histogram(self.values, shown.stop - shown.start)
        within.add_sums(rest[kept] * within.months + np.maximum(month[kept] - shown.start, 0), changes[kept])
        keys, changes = within.sums()
        rest, month = np.divmod(keys, within.months)
        cell, value = np.divmod(rest, self.values)
        return cell, value, month, changes

    def _add_up(self) -> None:
        keys, changes = _join(self._keys), _join(self._changes)
        order = np.argsort(keys, kind="stable")
        keys, changes = keys[order], changes[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        summed = np.add.reduceat(changes, first) if len(first) else changes
        kept = np.flatnonzero(summed)
        self._keys, self._changes = [keys[first][kept]], [summed[kept]]


def _join(parts: Sequence[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, np.int64), *parts])
