"""The counts of measures that are shares of people: how many each is about, and how many of them count.

Counts are kept as changes from month to month, so that only what changes is touched. Measures about the same people
share the count of those, and only they are looked at for who counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.count import add_changes, find_rows
from placewise.floor.timeline.window import Words
from placewise.measures.packing import take_changes
from placewise.measures.tables import PlacedInCells, Tables


@dataclass(frozen=True, slots=True)
class Eligible:
    """Whom measures are about: a word a person, those of each of the placed rows that have a month in it, and the
    changes of their number in [cells, months], packed."""

    word: Words
    rows: Sequence[npt.NDArray[np.int32]]
    changes: bytes


class ShareCounts:
    """Counts the shares of one set of tables after another, in the same memory. months: of the window."""

    def __init__(self, tables: Tables, placed: Sequence[PlacedInCells], months: int) -> None:
        self._placed = placed
        self._changes = np.zeros((tables.cells, months), np.int32)

    def count_eligible(self, word: Words) -> Eligible:
        rows = [find_rows(word, each.person, each.word) for each in self._placed]
        return Eligible(word, rows, self._count(word, rows))

    def count_met(self, word: Words, eligible: Eligible) -> bytes:
        """The changes of the number of those of the eligible who count."""
        return self._count(word & eligible.word, eligible.rows)

    def _count(self, word: Words, rows: Sequence[npt.NDArray[np.int32]]) -> bytes:
        for chosen, each in zip(rows, self._placed, strict=True):
            add_changes(self._changes, word, chosen, each.person, each.word, each.cells, 1)
        return take_changes(self._changes)
