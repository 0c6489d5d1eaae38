"""Means that a reader can take apart: the whole's, less those of all other parts, is that of the one part hidden.

How many have a value is rounded, so it comes out roughly; but where the means lie close together, closely. Whatever is
left over by itself counts as known here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from placewise.publishing.attack.sums import Integers, Mask, Sums, take_sums
from placewise.publishing.attack.view import Table, View
from placewise.publishing.contract import HIDDEN, NO_DATA, SHOWN
from placewise.publishing.disclosure import STATES

_DEAR = np.iinfo(np.int64).max


def find_deduced(view: View, table: Table, relations: Sequence[Sums]) -> Mask:
    """The hidden cells of a table of means, bool[cells, months], whose mean is left over."""
    known, _ = _deduce(table, list(_iter_within(view, table, relations)))
    return known & (table.state == STATES.index(HIDDEN))


def choose_beside(view: View, table: Table, relations: Sequence[Sums], fixed: Mask) -> Mask:
    """Cells to hide so that none is left over: in each sum that leaves one that of the fewest, else the whole."""
    sums = list(_iter_within(view, table, relations))
    _, left = _deduce(table, sums)
    shown = (table.state == STATES.index(SHOWN)) & (table.denominator > 0) & ~fixed
    price = np.where(shown, table.denominator, _DEAR)
    chosen = np.zeros(shown.shape, bool)
    for each, tells in zip(sums, left, strict=True):
        prices = np.where(tells[each.of], price[each.parts], _DEAR)
        best = np.minimum.reduceat(prices, each.starts, axis=0)
        cheapest = (prices == best[each.of]) & (prices < _DEAR)
        np.logical_or.at(chosen, each.parts, cheapest)
        np.logical_or.at(chosen, each.whole, tells & (best == _DEAR) & (price[each.whole] < _DEAR))
    return chosen


def _deduce(table: Table, sums: Sequence[Sums]) -> tuple[Mask, list[Mask]]:
    """What is shown or left over; and of each set of sums, [sums, months], those that leave a hidden cell over."""
    known = np.isin(table.state, (STATES.index(SHOWN), STATES.index(NO_DATA)))
    hidden = table.state == STATES.index(HIDDEN)
    left = [np.zeros((len(each.whole), known.shape[1]), bool) for each in sums]
    while True:
        before = known.copy()
        for each, tells in zip(sums, left, strict=True):
            missing: Integers = np.add.reduceat(~known[each.parts], each.starts, axis=0, dtype=np.int64)
            one, whole = (missing == 1) & known[each.whole], (missing == 0) & ~known[each.whole]
            lone = np.logical_or.reduceat((~known & hidden)[each.parts], each.starts, axis=0)
            tells |= (one & lone) | (whole & hidden[each.whole])
            np.logical_or.at(known, each.parts, one[each.of])
            np.logical_or.at(known, each.whole, whole)
        if np.array_equal(before, known):
            return known, left


def _iter_within(view: View, table: Table, relations: Sequence[Sums]) -> Iterator[Sums]:
    """The sums of the table's own count, over its cells."""
    assert table.counts[2] is not None
    first = view.place(table.counts[2])
    for sums in relations:
        mine = take_sums(sums, (first <= sums.whole) & (sums.whole < first + len(view.cells)))
        if len(mine.whole):
            yield replace(mine, whole=mine.whole - first, parts=mine.parts - first)
