"""A view with cells more, and what tables tell of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from placewise.publishing.attack.view import ABSENT, Cell, Table, View


def add_cells(view: View, cells: Sequence[Cell]) -> View:
    """The view with these cells after its own, of which no table tells anything. cells: none that it has."""
    tables = tuple(_widen(table, len(cells)) for table in view.tables)
    return replace(view, cells=(*view.cells, *cells), tables=tables)


def _widen(table: Table, more: int) -> Table:
    state, numerator, denominator = (
        np.concatenate([grid, np.full((more, grid.shape[1]), blank, grid.dtype)])
        for grid, blank in ((table.state, ABSENT), (table.numerator, 0), (table.denominator, 0))
    )
    return replace(table, state=state, numerator=numerator, denominator=denominator)
