"""What others publish of the people whom a release counts: known to the attacker, and to the protection.

A figure of published.yaml declares of which measure it counts the people, and in which months (`same_as`); nothing is
guessed from likeness. What such figures tell by themselves no release can keep, so it counts as no find of an attack:
a release may add nothing to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.publishing.attack.bounds import draw_known, get_bounds
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.sums import UNBOUNDED, Integers, Sums, propagate
from placewise.publishing.attack.view import ABSENT, Cell, KnownCount, Table, View
from placewise.publishing.contract import NO_DATA
from placewise.publishing.disclosure import STATES

Indicators = Mapping[str, Mapping[str, Any]]


def with_official(view: View, published: pa.Table, indicators: Indicators) -> View:
    """The view with what is published of its counts. published: RELEASED_PUBLISHED; indicators: as in the manifest.

    In a month in which official figures and released counts cannot both be right they are about others: whoever sees
    that knows nothing for sure, and nothing is taken from them.
    """
    tables = {table.name: table for table in view.tables}
    known = tuple(
        each
        for indicator, said in indicators.items()
        if (same := said.get("same_as")) and same["measure"] in tables
        for row in published.filter(pc.equal(published["indicator"], indicator)).to_pylist()
        for each in _iter_known(row, same, tables[same["measure"]], view)
    )
    return _leave_out_contradicted(replace(view, known=known)) if known else view


def add_known(view: View, known: Iterable[KnownCount]) -> View:
    """The view with what an earlier release told of official figures, of counts that it has."""
    here = (each for each in known if each.count in view.counts and each.cell in view.cells)
    more = (each for each in here if each.month in view.months)
    return replace(view, known=tuple(dict.fromkeys((*view.known, *more))))


def get_official_bounds(view: View, relations: Sequence[Sums]) -> tuple[Integers, Integers]:
    """What official figures tell by themselves: int64[counts x cells, months], not to be written to."""
    shape = (len(view.counts) * len(view.cells), len(view.months))
    if not view.known:
        return np.broadcast_to(np.int64(0), shape), np.broadcast_to(np.int64(UNBOUNDED), shape)
    lower, upper = np.zeros(shape, np.int64), np.full(shape, UNBOUNDED, np.int64)
    draw_known(view, lower, upper)
    propagate(lower, upper, relations)
    return lower, upper


def get_official_month(view: View, relations: Sequence[Sums], month: str) -> tuple[Integers, Integers]:
    """The same of one month: int64[counts x cells]."""
    known = tuple(each for each in view.known if each.month == month)
    lower, upper = get_official_bounds(replace(view, months=(month,), tables=(), known=known), relations)
    return lower[:, 0], upper[:, 0]


def _iter_known(row: Mapping[str, Any], same: Mapping[str, Any], table: Table, view: View) -> Iterator[KnownCount]:
    cell, month = (row["area"], row["split"], row["group"]), same["months"].get(row["period"])
    if cell not in view.cells or month not in view.months:
        return
    counted, _, of = table.counts
    said = [(counted or of, row["numerator"])]
    if counted and same["of"]:
        said.append((of, row["denominator"]))
    for count, number in said:
        if count and number is not None and _is_counted(view, count, cell, month):
            apart = number * same["within"]
            yield KnownCount(count, cell, month, floor(number - apart), ceil(number + apart))


def _is_counted(view: View, count: str, cell: Cell, month: str) -> bool:
    """Whether the release counts anybody there: who sent no records is in none of its sums."""
    at = view.cells.index(cell), view.months.index(month)
    nobody = (ABSENT, STATES.index(NO_DATA))
    return any(count in table.counts and table.state[at] not in nobody for table in view.tables)


def _leave_out_contradicted(view: View) -> View:
    lower, upper = get_bounds(view)
    propagate(lower, upper, find_relations(view))
    torn = {view.months[at] for at in np.flatnonzero(np.any(lower > upper, axis=0))}
    return replace(view, known=tuple(each for each in view.known if each.month not in torn))
