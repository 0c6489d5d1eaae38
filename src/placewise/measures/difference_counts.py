"""What some people count otherwise than before: taken off as they were and added as they are, into the same sums.

Counts add month by month too, so of somebody who counts where they did before, only the months that differ are counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from placewise.floor.timeline.count import add_changes, find_rows
from placewise.floor.timeline.window import Words
from placewise.measures.contract import PersonFlags
from placewise.measures.entries import Entries
from placewise.measures.packing import take_changes_of
from placewise.measures.tables import PlacedInCells, Tables
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


class DifferenceCounts:
    """Counts one share after another in the same memory. months: of the window."""

    def __init__(self, tables: Tables, months: int) -> None:
        self._changes = np.zeros((tables.cells, months), np.int32)

    def count(self, states: Iterable[tuple[int, Words, Sequence[PlacedInCells]]]) -> bytes:
        """The changes of the number of people from what it was to what it is, packed.

        states: -1 or 1, a word a person, and where they were or are.
        """
        touched = np.zeros(len(self._changes) + 1, np.bool_)  # the last for what is in no cell
        for times, word, placed in states:
            for each in placed:
                rows = find_rows(word, each.person, each.word)
                add_changes(self._changes, word, rows, each.person, each.word, each.cells, times)
                touched[each.cells[rows]] = True
        return take_changes_of(self._changes, np.flatnonzero(touched[:-1]))
