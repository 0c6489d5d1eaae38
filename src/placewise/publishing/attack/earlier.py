"""What earlier releases showed of the cells that this one hides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.view import ABSENT, Table, View
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.disclosure import STATES

Versions = Mapping[str, str]
"""Measure -> the version of its definition: cells of another version count something else."""


def add_earlier(view: View, versions: Versions, earlier: Iterable[tuple[View, Versions]]) -> tuple[View, int]:
    """The view with a table more for each that showed what is hidden now; and how many cells those are.

    A cell that is shown now is left as it is: late records may have changed it, and it is no secret.
    """
    seen = {table.name: np.zeros(table.state.shape, bool) for table in view.tables}
    tables = []
    for before, said in earlier:
        rows, columns = _match(view.cells, before.cells), _match(view.months, before.months)
        then = {table.name: table for table in before.tables}
        for table in view.tables:
            same = table.name == PEOPLE or versions.get(table.name) == said.get(table.name, "")
            if same and table.name in then:
                old = _line_up(then[table.name], rows, columns)
                shown = (old.state == STATES.index(SHOWN)) & (table.state == STATES.index(HIDDEN))
                if shown.any():
                    state = np.where(shown, STATES.index(SHOWN), ABSENT).astype(np.int8)
                    tables.append(replace(old, state=state, counts=table.counts))
                    seen[table.name] |= shown
    return replace(view, tables=(*view.tables, *tables)), sum(int(each.sum()) for each in seen.values())


def _line_up(table: Table, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Table:
    """On the cells and months of another view; ABSENT where it has none of them."""
    missing = (rows < 0)[:, None] | (columns < 0)[None, :]
    at = np.ix_(np.maximum(rows, 0), np.maximum(columns, 0))
    return replace(
        table,
        state=np.where(missing, ABSENT, table.state[at]).astype(np.int8),
        numerator=table.numerator[at],
        denominator=table.denominator[at],
    )


def _match(these: Sequence[object], those: Sequence[object]) -> npt.NDArray[np.intp]:
    """The place of each of these among those, or -1."""
    at = {each: place for place, each in enumerate(those)}
    return np.array([at.get(each, -1) for each in these], np.intp)
