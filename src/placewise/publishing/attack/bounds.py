"""What each released cell says of its counts by itself, and what of a hidden cell must stay unknown."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.publishing.attack.sums import UNBOUNDED, Integers, Mask
from placewise.publishing.attack.view import Rule, Table, View
from placewise.publishing.contract import NO_DATA, SHOWN
from placewise.publishing.disclosure import STATES

Bounds = tuple[npt.NDArray[np.int64] | np.int64, npt.NDArray[np.int64] | np.int64]
SumsOf = tuple[npt.NDArray[np.integer], npt.NDArray[np.integer], npt.NDArray[np.integer]]
"""Whole and parts of sums, and where the parts of each begin."""


def get_bounds(view: View) -> tuple[Integers, Integers]:
    """The smallest and largest each count can be, from its own cells and what is published of it elsewhere:
    int64[counts x cells, months]."""
    shape = (len(view.counts) * len(view.cells), len(view.months))
    lower, upper = np.zeros(shape, np.int64), np.full(shape, UNBOUNDED, np.int64)
    counted, silent = np.zeros(shape, bool), np.zeros(shape, bool)
    for table in view.tables:
        shown, nothing = (table.state == STATES.index(state) for state in (SHOWN, NO_DATA))
        ranges = get_ranges(table, table.numerator, table.denominator)
        for rows, (least, most) in zip(get_rows(view, table), ranges, strict=True):
            if rows is not None:
                lower[rows] = np.where(shown, np.maximum(lower[rows], least), lower[rows])
                upper[rows] = np.where(shown, np.minimum(upper[rows], most), upper[rows])
                counted[rows] |= shown | table.hidden
                silent[rows] |= nothing
    upper[silent & ~counted] = 0
    draw_known(view, lower, upper)
    if view.told_elsewhere:
        np.maximum(lower, view.told_elsewhere[0], out=lower)
        np.minimum(upper, view.told_elsewhere[1], out=upper)
    return lower, upper


def draw_known(view: View, lower: Integers, upper: Integers) -> None:
    """Draw the bounds of the counts that official figures tell of closer, in place."""
    at = {cell: place for place, cell in enumerate(view.cells)}
    months = {month: place for place, month in enumerate(view.months)}
    for each in view.known:
        place = view.place(each.count) + at[each.cell], months[each.month]
        lower[place], upper[place] = max(lower[place], each.least), min(upper[place], each.most)


def get_rows(view: View, table: Table) -> tuple[slice | None, ...]:
    """Where the cells of the table's numerator, missed and denominator stand among the bounds."""
    places = (view.place(count) if count else None for count in table.counts)
    return tuple(None if place is None else slice(place, place + len(view.cells)) for place in places)


def get_ranges(table: Table, numerators: Integers, denominators: Integers) -> Sequence[tuple[Integers, Integers]]:
    """Smallest and largest of numerator, missed and denominator of cells of a table that are shown so."""
    rule = table.rule
    if rule.adds_up:
        numerator, missed, denominator = (
            get_range_of_steps(each // rule.round_to, each // rule.round_to, rule, shown=True)
            for each in (numerators, denominators - numerators, denominators)
        )
        return numerator, missed, denominator
    numerator, denominator = (_get_range(each, rule) for each in (numerators, denominators))
    most = np.maximum(denominator[1] - numerator[0], 0)
    least = np.maximum(denominator[0] - numerator[1], 0)
    # Nobody, or enough to be shown.
    most = np.where(most < rule.suppress_below, 0, most)
    least = np.where(least > 0, np.maximum(least, rule.suppress_below), 0)
    if table.sensitive:
        least = np.where(denominators > 0, np.maximum(least, rule.suppress_below), 0)
    return numerator, (least, most), denominator


def get_range_of_steps(low: Integers, high: Integers, rule: Rule, *, shown: bool = False) -> tuple[Integers, Integers]:
    """Of counts that were given a neighbouring multiple, of `low` to `high` steps. What is shown is not small, and
    nobody where it is nought; what is hidden and given no multiple of a count that is shown is less than that."""
    away = rule.round_to - 1
    least = np.maximum(low * rule.round_to - away, 0)
    least = np.where(low >= rule.smallest_shown, np.maximum(least, rule.suppress_below), least)
    most = np.minimum(high, UNBOUNDED // rule.round_to) * rule.round_to + away
    if shown:
        return np.where(low > 0, least, 0), np.where(high > 0, most, 0)
    return least, np.where(high >= UNBOUNDED // rule.round_to, UNBOUNDED, most)


def _get_range(shown: Integers, rule: Rule) -> tuple[Integers, Integers]:
    """Of counts rounded to the nearest, halfway up, but never to nought; what is shown of somebody is not small."""
    least = np.where(shown == rule.round_to, 0, shown - rule.round_to // 2)
    least = np.maximum(least, rule.suppress_below)
    most = shown + (rule.round_to - 1) // 2
    return np.where(shown > 0, least, 0), np.where(shown > 0, most, 0)


def raise_wholes(lower: Integers, shown: Mask, relations: Sequence[SumsOf]) -> Integers:
    """As `lower`, where what is shown says by itself that it is no less: a whole is no less than its parts that are
    shown, each of which the rule alone makes no small number. int64[counts, ...], of which sums name the counts."""
    lower = np.where(shown, lower, 0)
    while True:
        least = lower.copy()
        for whole, parts, starts in relations:
            if len(whole):
                np.maximum.at(least, whole, np.add.reduceat(lower[parts], starts, axis=0))
        least = np.where(shown, least, 0)
        if np.array_equal(least, lower):
            return lower
        lower = least


def find_narrowed(
    lower: Integers, upper: Integers, hidden: Mask, rule: Rule, *, sensitive: bool, official: Bounds | None = None
) -> Mask:
    """Hidden counts that may be small, and that a reader knows cannot be just any small number.

    Of a sensitive measure nobody and everybody tell as much as a small number, so that nought is small there too.
    official: what official figures tell of the same counts by themselves, beyond which nothing may be ruled out.
    """
    most = rule.suppress_below - 1
    small = (lower <= most) & (upper >= (0 if sensitive else 1))
    told = official or (np.int64(0), np.int64(most))
    return hidden & small & ((lower > np.maximum(told[0], 1)) | (upper < np.minimum(told[1], most)))


def find_recovered(lower: Integers, upper: Integers, hidden: Mask, rule: Rule, official: Bounds | None = None) -> Mask:
    """Hidden counts that a reader knows exactly, and that are small, unless official figures alone tell them."""
    told = (official[0] == official[1]) if official else np.zeros_like(hidden)
    return hidden & (lower == upper) & (lower >= 1) & (upper < rule.suppress_below) & ~told


def tighten_small(
    lower: Integers, upper: Integers, view: View, tables: Sequence[tuple[Table, npt.NDArray[np.bool_]]], rule: Rule
) -> bool:
    """Where cells are hidden for being small and for nothing else: if only one count can be the small one, it is.

    tables: each with its cells so hidden. Whether any bound came closer.
    """
    closer = False
    for table, hidden in tables:
        rows = [each for each in get_rows(view, table) if each is not None]
        fewest = [0 if table.sensitive and place < len(rows) - 1 else 1 for place in range(len(rows))]
        can = [
            (lower[each] < rule.suppress_below) & (upper[each] >= few) for each, few in zip(rows, fewest, strict=True)
        ]
        only = hidden & (np.sum(can, axis=0) == 1)
        for each, may, few in zip(rows, can, fewest, strict=True):
            it = only & may & ((lower[each] < few) | (upper[each] >= rule.suppress_below))
            if it.any():
                lower[each] = np.where(it, np.maximum(lower[each], few), lower[each])
                upper[each] = np.where(it, np.minimum(upper[each], rule.suppress_below - 1), upper[each])
                closer = True
    return closer
