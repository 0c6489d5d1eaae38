"""The sums of measures that are no share of people, beside those of measures/build.py and by the same tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.count import find_changes, take_changes
from placewise.floor.timeline.window import Window, Words
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.measures.contract import ALL
from placewise.measures.entries import Entries, get_parts
from placewise.measures.histogram import Histogram
from placewise.measures.packing import Changes, Integers, add_to
from placewise.measures.unit_measure import VALUE_SCALE, Asked

Table = tuple[str, str]
"""A unit kind (practice, small area) and a split, as in build.py."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows of a shard in which a person counts somewhere: row, months, and for each table the cell, which is negative
    where nobody knows the unit. A person has no month twice."""

    person: npt.NDArray[np.int32]
    word: Words
    cell: Mapping[Table, Integers]


class UnitCounts:
    """One measure's sums. shapes: of every table, units and groups.

    changes: table -> int64[parts, units, groups, months], from month to month; histograms, of a median: split -> counts
    by practice for `all`, by group, over all practices, for the other splits.
    """

    def __init__(self, asked: Asked, shapes: Mapping[Table, tuple[int, int]], window: Window) -> None:
        self.asked, self._window = asked, window
        parts = len(get_parts(asked))
        self.changes = {table: np.zeros((parts, *shape, window.months), np.int64) for table, shape in shapes.items()}
        self.histograms: dict[str, Histogram] = {}
        if asked.statistic == "median":
            values = get_bins(asked)
            self.histograms = {
                split: Histogram(len(values), window.months) for kind, split in shapes if kind == PRACTICE
            }

    def add(self, entries: Sequence[Entries], rows: Sequence[Placed]) -> None:
        for row in rows:
            tables = [table for table in row.cell if table in self.changes]
            if tables:
                order = np.argsort(row.person, kind="stable")
                for each in entries:
                    self._add(each, row, order, tables)

    def iter_changes(self) -> Iterator[Changes]:
        """What there is to pack, in the order in which add_changes takes it; the sums are 0 thereafter."""
        yield from (take_changes(changes) for changes in self.changes.values())
        yield from (histogram.sums() for histogram in self.histograms.values())

    def add_changes(self, counted: Iterator[Changes]) -> None:
        """Add what iter_changes of another gave."""
        for total in self.changes.values():
            add_to(total, next(counted))
        for histogram in self.histograms.values():
            keys, sums = next(counted)
            histogram.add_sums(keys, sums.astype(np.int64))

    def _add(self, entries: Entries, row: Placed, order: npt.NDArray[np.intp], tables: list[Table]) -> None:
        entry, found = _pair(entries.person, row.person[order])
        found = order[found]
        word = entries.word[entry] & (row.word[found] << entries.late[entry])
        kept = np.flatnonzero(word)
        entry, found = entry[kept], found[kept]
        changes = find_changes(word[kept], self._window)
        sign = np.where(changes.begins, 1, -1)
        entry, found = entry[changes.row], found[changes.row]
        for table in tables:
            cell = row.cell[table][found]
            known = np.flatnonzero(cell >= 0)
            self._add_amounts(table, cell[known], changes.month[known], entries.amounts[entry[known]], sign[known])
            if entries.value is not None and self.histograms and table[0] == PRACTICE:
                value = entries.value[entry[known]]
                self._add_values(table, cell[known], value, changes.month[known], sign[known])

    def _add_amounts(self, table: Table, cell: Integers, month: Integers, amounts: Integers, sign: Integers) -> None:
        for part, changes in enumerate(self.changes[table]):
            np.add.at(changes.reshape(-1), cell * self._window.months + month, amounts[:, part] * sign)

    def _add_values(self, table: Table, cell: Integers, value: Integers, month: Integers, sign: Integers) -> None:
        split = table[1]
        groups = self.changes[table].shape[2]
        where = cell if split == ALL else cell % groups
        bins = get_bins(self.asked)
        step = int(bins[1] - bins[0]) if len(bins) > 1 else 1
        self.histograms[split].add(where, (value - bins[0] + step // 2) // step, month, sign)


def get_bins(asked: Asked) -> Integers:
    """The values a histogram tells apart, in hundredths: every whole number from one end of what is plausible to the
    other, or every hundredth where the ends are less than ten apart, or tenths where less than a hundred."""
    assert asked.value is not None, "what has no value has no histogram"
    plausible = asked.value.plausible
    lowest, highest = (round((end or 0) * VALUE_SCALE) for end in (plausible.number, plausible.upper))
    across = (highest - lowest) / VALUE_SCALE
    step = 1 if across < 10 else VALUE_SCALE // 10 if across < 100 else VALUE_SCALE
    return np.arange(lowest, highest + step, step, dtype=np.int64)


def _pair(of: Integers, persons: npt.NDArray[np.integer]) -> tuple[Integers, Integers]:
    """Every pair of an entry and a row of the same person, as positions; both sorted by person."""
    begin = np.searchsorted(persons, of, side="left")
    count = np.searchsorted(persons, of, side="right") - begin
    left = np.repeat(np.arange(len(of)), count)
    right = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(begin, count)
    return left, right
