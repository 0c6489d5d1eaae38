"""What earlier releases showed of the cells that this one hides, or has no more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import get_bounds, get_ranges, get_rows
from placewise.publishing.attack.official import add_known
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.sums import Integers, propagate
from placewise.publishing.attack.view import ABSENT, Table, View
from placewise.publishing.contract import SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.release import Release

Versions = Mapping[str, str]
"""Measure -> the version of its definition: cells of another version count something else."""


def add_earlier(view: View, versions: Versions, earlier: Iterable[tuple[View, Versions]]) -> tuple[View, int]:
    """The view with tables more of what was shown and is not shown now; and how many cells of those are hidden now.

    A cell that is shown now is left as it is: late records may have changed it, and it is no secret.
    """
    looks: dict[str, list[Table]] = {table.name: [] for table in view.tables}
    for before, said in earlier:
        view = add_known(view, before.known)
        rows, columns = _match(view.cells, before.cells), _match(view.months, before.months)
        then = {table.name: table for table in before.tables}
        for table in view.tables:
            same = table.name == PEOPLE or versions.get(table.name) == said.get(table.name, "")
            if same and table.name in then:
                old = replace(_line_up(then[table.name], rows, columns), counts=table.counts, is_earlier=True)
                _add_look(looks[table.name], old, _is_shown(old) & ~_is_shown(table))
    shown_before = sum(
        int((np.logical_or.reduce([_is_shown(look) for look in looks[table.name]]) & table.hidden).sum())
        for table in view.tables
        if looks[table.name]
    )
    return replace(view, tables=(*view.tables, *(look for each in looks.values() for look in each))), shown_before


def find_months_made_up_otherwise(areas: Mapping[str, Mapping[str, Any]], earlier: Iterable[Release]) -> set[str]:
    """The months of earlier releases in which something that reported belonged to another area than now.

    These stand in every later release as they did then, and add up as they did then. areas: as in the manifest.
    """
    months: set[str] = set()
    for release in earlier:
        then = release.areas
        if any(
            code in areas and (said["level"], said["parent"]) != (areas[code]["level"], areas[code]["parent"])
            for code, said in then.items()
            if said["reported"]
        ):
            months.update(release.months)
    return months


def leave_out(view: View, months: Collection[str]) -> View:
    """The view without some months."""
    kept = ~np.isin(view.months, list(months))
    return replace(
        view,
        months=tuple(month for month in view.months if month not in months),
        tables=tuple(
            replace(
                table,
                state=table.state[:, kept],
                numerator=table.numerator[:, kept],
                denominator=table.denominator[:, kept],
            )
            for table in view.tables
        ),
        known=tuple(each for each in view.known if each.month not in months),
    )


def relax(lower: Integers, upper: Integers, view: View, known: View, *, later: bool = False) -> None:
    """In months in which the looks contradict each other, since counts have changed between them, work them out again.

    Records come in late and seldom leave, so a count was no larger in an earlier look, and no smaller in a later one.
    Where even that contradicts, the other looks tell nothing. lower, upper: as worked out of `known`, which is the view
    with tables more of the other looks; changed in place. later: whether these are of later releases.
    """
    relations = find_relations(view)
    for looks in (known.tables[len(view.tables) :], ()):
        torn = (lower > upper).any(axis=0)
        if not torn.any():
            return
        least, most = get_bounds(view)
        for look in looks:
            numerator, _, denominator = get_ranges(look, look.numerator, look.denominator)
            first, _, last = get_rows(view, look)
            for rows, (low, high) in ((first, numerator), (last, denominator)):
                if rows is not None and later:
                    most[rows] = np.where(_is_shown(look), np.minimum(most[rows], high), most[rows])
                elif rows is not None:
                    least[rows] = np.where(_is_shown(look), np.maximum(least[rows], low), least[rows])
        again = np.ascontiguousarray(least[:, torn]), np.ascontiguousarray(most[:, torn])
        propagate(*again, relations)
        lower[:, torn], upper[:, torn] = again


def _add_look(looks: list[Table], old: Table, shown: npt.NDArray[np.bool_]) -> None:
    """Put what was shown where nothing stood yet; where something else did, it is another look at the same cell."""
    for place, look in enumerate(looks):
        put = shown & ~_is_shown(look)
        same = (look.numerator == old.numerator) & (look.denominator == old.denominator)
        looks[place] = replace(
            look,
            state=np.where(put, old.state, look.state),
            numerator=np.where(put, old.numerator, look.numerator),
            denominator=np.where(put, old.denominator, look.denominator),
        )
        shown = shown & ~put & ~same
    if shown.any():
        looks.append(replace(old, state=np.where(shown, old.state, ABSENT).astype(np.int8)))


def _is_shown(table: Table) -> npt.NDArray[np.bool_]:
    return table.state == STATES.index(SHOWN)


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
