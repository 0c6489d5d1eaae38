"""What some people count otherwise than before: taken off as they were and added as they are, into the same sums.

Counts add month by month too, so of somebody who counts where they did before, only the months that differ are counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.count import add_changes
from placewise.floor.timeline.window import Words
from placewise.measures.contract import PersonFlags
from placewise.measures.entries import Entries
from placewise.measures.packing import take_changes_of
from placewise.measures.tables import Cells, Integers, PlacedInCells, Tables
from placewise.measures.unit_counts import find_firsts
from placewise.population.contract import ShardPopulation


@dataclass(frozen=True, slots=True)
class Differing:
    """Those who count otherwise, as they were (times: -1) or as they are (1).

    among_all, registers: who counts elsewhere among everybody, and their words of every register; placed, compared: who
    counts otherwise in some measure, and their words of the registers that measures are split by; flags, entries: of
    the latter, what counts otherwise: months that are the same in both states may be left out of both.
    """

    times: int
    among_all: ShardPopulation
    registers: Mapping[str, Words]
    placed: ShardPopulation
    compared: Mapping[str, Words]
    flags: PersonFlags
    entries: Mapping[str, Sequence[Entries]]


@dataclass(frozen=True, slots=True)
class PlacedOfPeople:
    """Rows in which people count somewhere, of all tables, by person. first: where each person's begin, and where the
    last's end; person, word, cells: as of PlacedInCells, with as many cells as any row has."""

    first: Integers
    person: npt.NDArray[np.int32]
    word: Words
    cells: Cells

    @classmethod
    def find(cls, placed: Sequence[PlacedInCells], people: int) -> "PlacedOfPeople":
        person, word = (np.concatenate([getattr(each, name) for each in placed]) for name in ("person", "word"))
        cells = np.full((len(person), max(each.cells.shape[1] for each in placed)), -1, np.int32)
        ends = np.cumsum([len(each.person) for each in placed])
        for each, rows in zip(placed, np.split(cells, ends[:-1]), strict=True):
            rows[:, : each.cells.shape[1]] = each.cells
        order = np.argsort(person, kind="stable")
        person = person[order]
        return cls(find_firsts(person.astype(np.int64), people), person, word[order], cells[order])


class DifferenceCounts:
    """Counts one share after another in the same memory. months: of the window."""

    def __init__(self, tables: Tables, months: int) -> None:
        self._changes = np.zeros((tables.cells, months), np.int32)

    def count(self, states: Iterable[tuple[int, Words, PlacedOfPeople]]) -> bytes:
        """The changes of the number of people from what it was to what it is, packed.

        states: -1 or 1, a word a person, and where they were or are. Few have any month.
        """
        touched = np.zeros(len(self._changes), np.bool_)
        for times, word, placed in states:
            rows = _find_rows(touched, word, placed.first, placed.word, placed.cells)
            add_changes(self._changes, word, rows, placed.person, placed.word, placed.cells, times)
        return take_changes_of(self._changes, np.flatnonzero(touched))


@compiled
def _find_rows(
    touched: npt.NDArray[np.bool_], of_person: Words, first: Integers, word: Words, cells: Cells
) -> npt.NDArray[np.int32]:
    """The rows that have a month, as add_changes takes them. touched: the cells of such a row, filled in."""
    rows, found = np.empty(len(word), np.int32), 0
    for person in range(len(of_person)):
        if of_person[person]:
            for row in range(first[person], first[person + 1]):
                if of_person[person] & word[row]:
                    rows[found] = row
                    found += 1
                    for k in range(cells.shape[1]):
                        if cells[row, k] >= 0:
                            touched[cells[row, k]] = True
    return rows[:found]
