"""The counts of measures that are shares of people: how many each is about, and how many of them count.

Counts are kept as changes from month to month, and the tables of a measure one after another, so that a person is gone
through once for all tables and only what changes is touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.count import add_changes, take_changes
from placewise.floor.timeline.window import Words
from placewise.measures.packing import Changes
from placewise.measures.unit_counts import Placed, Table

SHARE_PARTS = ("denominator", "numerator")


@dataclass(frozen=True, slots=True)
class PlacedInCells:
    """Placed with the cells of several tables side by side: int32[rows, tables], negative where there is none."""

    person: npt.NDArray[np.int32]
    word: Words
    cells: npt.NDArray[np.int32]


class Tables:
    """Which cells each table has among the cells of all. shapes: of every table, units and groups."""

    def __init__(self, shapes: Mapping[Table, tuple[int, int]]) -> None:
        self.shapes, self._first, self.cells = dict(shapes), {}, 0
        for table, (units, groups) in shapes.items():
            self._first[table] = self.cells
            self.cells += units * groups

    def place(self, rows: Sequence[Placed]) -> list[PlacedInCells]:
        """Those rows of which some table has cells."""
        placed = []
        for row in rows:
            cells = [
                np.where(cell < 0, -1, self._first[table] + cell).astype(np.int32)
                for table, cell in row.cell.items()
                if table in self._first
            ]
            if cells:
                placed.append(PlacedInCells(row.person, row.word, np.stack(cells, axis=1)))
        return placed

    def split(self, counts: npt.NDArray[np.integer]) -> dict[Table, npt.NDArray[np.integer]]:
        """Each table's part of counts[parts, cells, months], as [parts, units, groups, months]."""
        parts, _, months = counts.shape
        return {
            table: counts[:, first : first + units * groups].reshape(parts, units, groups, months)
            for (table, first), (units, groups) in zip(self._first.items(), self.shapes.values(), strict=True)
        }


class ShareCounts:
    """Counts the shares of one set of tables after another, in the same memory. months: of the window."""

    def __init__(self, tables: Tables, rows: Sequence[Placed], months: int) -> None:
        self._rows = tables.place(rows)
        self._changes = np.zeros((len(SHARE_PARTS), tables.cells, months), np.int32)

    def count(self, denominator: Words, numerator: Words) -> Changes:
        """Where the counts of the two change from month to month, in [SHARE_PARTS, cells, months]."""
        for row in self._rows:
            for changes, of_person in zip(self._changes, (denominator, numerator & denominator), strict=True):
                add_changes(changes, of_person, row.person, row.word, row.cells)
        return take_changes(self._changes)
