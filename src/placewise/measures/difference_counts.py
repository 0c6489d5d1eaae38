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
from placewise.measures.tables import Integers, PlacedInCells, Tables
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
    """placed: rows in which people count somewhere; rows: the same by person; first: where each person's begin among
    them, and where the last's end."""

    placed: PlacedInCells
    rows: npt.NDArray[np.intp]
    first: Integers

    @classmethod
    def find(cls, placed: PlacedInCells, people: int) -> "PlacedOfPeople":
        rows = np.argsort(placed.person, kind="stable")
        return cls(placed, rows, find_firsts(placed.person[rows].astype(np.int64), people))


class DifferenceCounts:
    """Counts one share after another in the same memory. months: of the window."""

    def __init__(self, tables: Tables, months: int) -> None:
        self._changes = np.zeros((tables.cells, months), np.int32)

    def count(self, states: Iterable[tuple[int, Words, Sequence[PlacedOfPeople]]]) -> bytes:
        """The changes of the number of people from what it was to what it is, packed.

        states: -1 or 1, a word a person, and where they were or are. Few have any month.
        """
        touched = np.zeros(len(self._changes) + 1, np.bool_)  # the last for what is in no cell
        for times, word, placed in states:
            people = np.flatnonzero(word)
            for each in placed:
                of = each.placed
                rows = _find_rows(word, people, each.rows, each.first, of.word)
                add_changes(self._changes, word, rows, of.person, of.word, of.cells, times)
                touched[of.cells[rows]] = True
        return take_changes_of(self._changes, np.flatnonzero(touched[:-1]))


@compiled
def _find_rows(
    of_person: Words, people: npt.NDArray[np.intp], by_person: npt.NDArray[np.intp], first: Integers, word: Words
) -> npt.NDArray[np.int32]:
    """The rows of some people that have a month, as add_changes takes them."""
    most = 0
    for person in people:
        most += first[person + 1] - first[person]
    rows, found = np.empty(most, np.int32), 0
    for person in people:
        for at in range(first[person], first[person + 1]):
            if of_person[person] & word[by_person[at]]:
                rows[found] = by_person[at]
                found += 1
    return rows[:found]
