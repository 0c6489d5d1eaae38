"""Where people count: the tables of the cube, and the cells of each in which a shard's people are month by month.

The cells of all tables are numbered one after another, so that a person is gone through once for all tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.window import Words

Integers = npt.NDArray[np.int64]
Cells = npt.NDArray[np.int32]

Table = tuple[str, str]
"""A unit kind (practice, small area) and a split, as in build.py."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows of a shard in which a person counts somewhere: row, months, and for each table the cell, which is negative
    where nobody knows the unit. A person has no month twice."""

    person: npt.NDArray[np.int32]
    word: Words
    cell: Mapping[Table, Integers]


@dataclass(frozen=True, slots=True)
class PlacedInCells:
    """Placed with the cells of several tables side by side: [rows, tables], negative where there is none."""

    person: npt.NDArray[np.int32]
    word: Words
    tables: tuple[Table, ...]
    cells: Cells


class Tables:
    """Which cells each table has among the cells of all. shapes: of every table, units and groups."""

    def __init__(self, shapes: Mapping[Table, tuple[int, int]]) -> None:
        self.shapes, self.first, self.cells = dict(shapes), {}, 0
        for table, (units, groups) in shapes.items():
            self.first[table] = self.cells
            self.cells += units * groups

    def place(self, rows: Sequence[Placed]) -> list[PlacedInCells]:
        """Those rows of which some table has cells."""
        placed = []
        for row in rows:
            tables = tuple(table for table in row.cell if table in self.first)
            if tables:
                cells = [np.where(row.cell[each] < 0, -1, self.first[each] + row.cell[each]) for each in tables]
                placed.append(PlacedInCells(row.person, row.word, tables, np.stack(cells, axis=1).astype(np.int32)))
        return placed

    def split(self, counts: npt.NDArray[np.integer]) -> dict[Table, npt.NDArray[np.integer]]:
        """Each table's part of counts[parts, cells, months], as [parts, units, groups, months]."""
        parts, _, months = counts.shape
        return {
            table: counts[:, first : first + units * groups].reshape(parts, units, groups, months)
            for (table, first), (units, groups) in zip(self.first.items(), self.shapes.values(), strict=True)
        }
