"""The sums of measures that are no share of people, beside those of measures/build.py and by the same tables."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.count import DE_BRUIJN, FIRST_BITS, FIRST_SET
from placewise.floor.timeline.window import Words
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.measures.contract import ALL
from placewise.measures.entries import Entries, get_parts
from placewise.measures.histogram import Histogram
from placewise.measures.packing import add_changes_to, pack_changes, pack_sums, take_changes_of, unpack_sums
from placewise.measures.tables import Cells, Integers, PlacedInCells, Table, Tables
from placewise.measures.unit_measure import VALUE_SCALE, Asked


class UnitCounts:
    """One measure's sums.

    changes: int64[parts, cells, months], from month to month; histograms, of a median: split -> counts by practice for
    `all`, by group, over all practices, for the other splits. memory: of zeros, for as many parts and more, in which
    one measure after another is counted; its own unless told.
    """

    def __init__(self, asked: Asked, tables: Tables, months: int, memory: Integers | None = None) -> None:
        self.asked, self._tables = asked, tables
        parts = len(get_parts(asked))
        self.changes = np.zeros((parts, tables.cells, months), np.int64) if memory is None else memory[:parts]
        self._touched = np.zeros(tables.cells, np.bool_)
        self.histograms: dict[str, Histogram] = {}
        if asked.statistic == "median":
            values = get_bins(asked)
            self.histograms = {
                split: Histogram(len(values), months) for kind, split in tables.shapes if kind == PRACTICE
            }

    def add(self, entries: Sequence[Entries], placed: Sequence[PlacedInCells], people: int, times: int = 1) -> None:
        """people: of the shard; times: -1 to take them off."""
        for each in entries:
            if not len(each.person):
                continue
            first = find_firsts(each.person, people)
            amounts = each.amounts if times == 1 else times * each.amounts
            parts = np.array([part for part in range(amounts.shape[1]) if amounts[:, part].any()], np.uint64)
            for rows in placed:
                of_entries = (parts, first, each.word, each.late, amounts)
                add_entries(self.changes, self._touched, *of_entries, rows.person, rows.word, rows.cells)
                if each.value is not None and self.histograms:
                    self._add_values(self._find_changes(each, first, rows), each.value, rows, times)

    def split(self) -> dict[Table, npt.NDArray[np.integer]]:
        """Each table's changes, as [parts, units, groups, months]."""
        return self._tables.split(self.changes)

    def iter_packed(self) -> Iterator[bytes]:
        """The sums, packed, in the order in which add_packed takes them; they are 0 thereafter."""
        parts, cells, months = self.changes.shape
        rows = np.arange(parts)[:, None] * cells + np.flatnonzero(self._touched)
        yield take_changes_of(self.changes.reshape(-1, months), rows.reshape(-1))
        self._touched[:] = False
        yield from self._iter_histograms()

    def iter_kept(self) -> Iterator[bytes]:
        """As iter_packed, of sums that stay as they are."""
        yield pack_changes(self.changes)
        yield from self._iter_histograms()

    def add_packed(self, counted: Iterator[bytes]) -> None:
        """Add what iter_packed of another gave."""
        add_changes_to(self.changes, next(counted))
        self._touched[:] = True
        for histogram in self.histograms.values():
            keys, changes = unpack_sums(next(counted))
            histogram.add_sums(keys, changes)

    def _iter_histograms(self) -> Iterator[bytes]:
        return (pack_sums(*histogram.sums()) for histogram in self.histograms.values())

    def _find_changes(self, entries: Entries, first: Integers, placed: PlacedInCells) -> Cells:
        """As find_changes fills them in."""
        given = (first, entries.word, entries.late, placed.person, placed.word, self.changes.shape[2])
        found = np.empty((find_changes(np.empty((0, 4), np.int32), *given), 4), np.int32)
        find_changes(found, *given)
        return found

    def _add_values(self, changes: Cells, value: Integers, placed: PlacedInCells, times: int) -> None:
        entry, row, month, change = changes.T.astype(np.int64)
        bins = get_bins(self.asked)
        step = int(bins[1] - bins[0]) if len(bins) > 1 else 1
        place = (value[entry] - bins[0] + step // 2) // step
        for table, cells in zip(placed.tables, placed.cells.T, strict=True):
            kind, split = table
            if kind == PRACTICE:
                cell = cells[row].astype(np.int64)
                known = np.flatnonzero(cell >= 0)
                _, groups = self._tables.shapes[table]
                cell = cell[known] - self._tables.first[table]
                where = cell if split == ALL else cell % groups
                self.histograms[split].add(where, place[known], month[known], times * change[known])


@compiled
def find_firsts(person: Integers, people: int) -> Integers:
    """Where the entries of each of so many people begin, and where those of the last end. person: of each, rising."""
    first = np.empty(people + 1, np.int64)
    row = 0
    for at in range(len(person)):
        while row <= person[at]:
            first[row] = at
            row += 1
    first[row:] = len(person)
    return first


@compiled
def add_entries(
    changes: Integers,
    touched: npt.NDArray[np.bool_],
    parts: Words,
    first: Integers,
    word: Words,
    late: Words,
    amounts: Integers,
    person: npt.NDArray[np.int32],
    placed: Words,
    cells: Cells,
) -> None:
    """Add the amounts of the entries where they begin to count, in every table, and take them off where they end.

    changes: [parts, cells, months]; touched: the cells in which any may be, filled in; parts: those that have any
    amount; first: where each person's entries begin; word, late, amounts: of Entries; person, placed, cells: of
    PlacedInCells.
    """
    one, months = np.uint64(1), np.uint64(changes.shape[2])
    for row in range(len(person)):
        # an index with a sign is asked each time whether it counts from the end
        who = np.uint64(person[row])
        for entry in range(np.uint64(first[who]), np.uint64(first[who + one])):
            held = word[entry] & (placed[row] << late[entry])
            left = held ^ (held << one)
            if left:
                for k in range(cells.shape[1]):
                    if cells[row, k] >= 0:
                        touched[cells[row, k]] = True
            while left:
                lowest = left & ~(left - one)
                month = np.uint64(FIRST_SET[(lowest * DE_BRUIJN) >> FIRST_BITS])
                if month >= months:
                    break
                for part in parts:
                    change = amounts[entry, part] if held & lowest else -amounts[entry, part]
                    for k in range(cells.shape[1]):
                        if cells[row, k] >= 0:
                            changes[part, np.uint64(cells[row, k]), month] += change
                left ^= lowest


@compiled
def find_changes(
    found: Cells,
    first: Integers,
    word: Words,
    late: Words,
    person: npt.NDArray[np.int32],
    placed: Words,
    months: int,
) -> int:
    """How many changes there are: months from which an entry counts in a row of its person, or no longer does.

    Given as to add_entries. Fills in as many as `found` has room for: entry, row, month, and 1 or -1.
    """
    one, at = np.uint64(1), 0
    for row in range(len(person)):
        for entry in range(first[person[row]], first[person[row] + 1]):
            held = word[entry] & (placed[row] << late[entry])
            left = held ^ (held << one)
            while left:
                lowest = left & ~(left - one)
                month = FIRST_SET[(lowest * DE_BRUIJN) >> FIRST_BITS]
                if month >= months:
                    break
                if at < len(found):
                    found[at, 0], found[at, 1], found[at, 2] = entry, row, month
                    found[at, 3] = 1 if held & lowest else -1
                at += 1
                left ^= lowest
    return at


def get_bins(asked: Asked) -> Integers:
    """The values a histogram tells apart, in hundredths: every whole number from one end of what is plausible to the
    other, or every hundredth where the ends are less than ten apart, or tenths where less than a hundred."""
    assert asked.value is not None, "what has no value has no histogram"
    plausible = asked.value.plausible
    lowest, highest = (round((end or 0) * VALUE_SCALE) for end in (plausible.number, plausible.upper))
    across = (highest - lowest) / VALUE_SCALE
    step = 1 if across < 10 else VALUE_SCALE // 10 if across < 100 else VALUE_SCALE
    return np.arange(lowest, highest + step, step, dtype=np.int64)
