"""Which further cells are hidden, so that what is hidden for being small cannot be worked out from what is shown.

Chosen from the released numbers alone, as an attacker sees them: in every sum that tells too much of a hidden count,
the smallest count it shows is hidden too, until no sum does. A cell so hidden looks like any other hidden cell. A shown
nought is never chosen: that nobody is there is often known anyway, and hiding it would protect nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from placewise.floor.progress import Report, quiet
from placewise.publishing.attack.bounds import find_narrowed, get_bounds, get_rows
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.sums import UNBOUNDED, Integers, Mask, Sums, get_told, propagate
from placewise.publishing.attack.view import Rule, View
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.disclosure import STATES

_AT_ONCE = 12
"""Months know nothing of one another; so many at once keep memory small: 0.4 GB for 2.4 million people."""
_MOST_TURNS = 60
_FURTHEST = 6
_DEAR = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Secondary:
    """view: as given, with more cells hidden; by_table: how many more of each.

    in_doubt: hidden counts that can still be narrowed, since nothing more was left to hide.
    """

    view: View
    by_table: dict[str, int]
    in_doubt: int


def hide_more(view: View, rule: Rule, *, report: Report = quiet) -> Secondary:
    """Until every hidden count that may be small may be any small number, by the same bounds as an attack works out."""
    relations = find_relations(view)
    states = [table.state.copy() for table in view.tables]
    in_doubt = 0
    for first in range(0, len(view.months), _AT_ONCE):
        report("hiding what would tell of hidden cells", first / len(view.months))
        in_doubt += _hide_in(view, states, np.arange(len(view.months))[first : first + _AT_ONCE], relations, rule)
    tables = tuple(replace(table, state=state) for table, state in zip(view.tables, states, strict=True))
    by_table = {was.name: int((was.state != now.state).sum()) for was, now in zip(view.tables, tables, strict=True)}
    return Secondary(replace(view, tables=tables), by_table, in_doubt)


def _hide_in(
    view: View,
    states: Sequence[npt.NDArray[np.int8]],
    months: npt.NDArray[np.intp],
    relations: Sequence[Sums],
    rule: Rule,
) -> int:
    """Hide more in the states of the view's tables, in some months; the counts left in doubt there."""
    stuck = 0
    for _ in range(_MOST_TURNS):
        now = _at_months(view, states, months)
        lower, upper = get_bounds(now)
        price = _get_prices(now, lower)
        propagate(lower, upper, relations)
        doubt = _find_doubt(now, lower, upper, rule)
        chosen = _choose(now, lower, upper, doubt, price, relations, rule)
        again = chosen.any(axis=0)
        stuck += int(doubt[:, ~again].sum())
        if not again.any():
            return stuck
        for table, state in zip(now.tables, states, strict=True):
            hide = np.logical_or.reduce([chosen[rows] for rows in get_rows(now, table) if rows is not None])
            state[:, months] = np.where(
                hide & (table.state == STATES.index(SHOWN)), STATES.index(HIDDEN), state[:, months]
            )
        months = months[again]
    return stuck + int(doubt[:, again].sum())


def _at_months(view: View, states: Sequence[npt.NDArray[np.int8]], months: npt.NDArray[np.intp]) -> View:
    return replace(
        view,
        months=tuple(view.months[month] for month in months),
        tables=tuple(
            replace(
                table,
                state=state[:, months],
                numerator=table.numerator[:, months],
                denominator=table.denominator[:, months],
            )
            for table, state in zip(view.tables, states, strict=True)
        ),
    )


def _get_prices(view: View, lower: Integers) -> Integers:
    """What hiding a count costs: its size, where a table shows it."""
    shown = np.zeros(lower.shape, bool)
    for table in view.tables:
        for rows in get_rows(view, table):
            if rows is not None:
                shown[rows] |= table.state == STATES.index(SHOWN)
    return np.where(shown & (lower > 0), lower, _DEAR)


def _find_doubt(view: View, lower: Integers, upper: Integers, rule: Rule) -> Mask:
    doubt = np.zeros(lower.shape, bool)
    for table in view.tables:
        hidden = table.state == STATES.index(HIDDEN)
        for rows in get_rows(view, table):
            if rows is not None:
                doubt[rows] |= find_narrowed(lower[rows], upper[rows], hidden, rule, sensitive=table.sensitive)
    return doubt


def _choose(
    view: View,
    lower: Integers,
    upper: Integers,
    doubt: Mask,
    price: Integers,
    relations: Sequence[Sums],
    rule: Rule,
) -> Mask:
    """For each sum that tells too much of a count in doubt, the cheapest count it shows.

    Where no sum tells too much by itself, the other counts of the same cell are at fault: any sum that tells of them.
    """
    chosen, explained = np.zeros(doubt.shape, bool), np.zeros(doubt.shape, bool)
    for sums in relations:
        told = get_told(lower, upper, sums)
        most = rule.suppress_below - 1
        parts = doubt[sums.parts] & ((told.part_lower > 1) | (told.part_upper < most))
        wholes = doubt[sums.whole] & ((told.whole_lower > 1) | (told.whole_upper < most))
        hid = _hide_cheapest(chosen, price, sums, parts, wholes)
        explained[sums.parts] |= parts & hid[sums.of]
        explained[sums.whole] |= wholes & hid
    beside = _find_beside(view, doubt & ~explained)
    if beside.any():
        for sums in relations:
            told = get_told(lower, upper, sums)
            parts = beside[sums.parts] & ((told.part_lower > 0) | (told.part_upper < UNBOUNDED // 2))
            wholes = beside[sums.whole] & ((told.whole_lower > 0) | (told.whole_upper < UNBOUNDED // 2))
            _hide_cheapest(chosen, price, sums, parts, wholes)
    stuck = np.flatnonzero(doubt.any(axis=0) & ~chosen.any(axis=0))
    if len(stuck):
        chosen[:, stuck] = _choose_further_off(doubt[:, stuck], price[:, stuck], relations)
    return chosen


def _choose_further_off(doubt: Mask, price: Integers, relations: Sequence[Sums]) -> Mask:
    """Where all counts near are hidden already: the cheapest of each of the nearest sums that show one."""
    chosen, near = np.zeros(doubt.shape, bool), doubt.copy()
    for _ in range(_FURTHEST):
        reached = near.copy()
        for sums in relations:
            touched = np.logical_or.reduceat(near[sums.parts], sums.starts, axis=0) | near[sums.whole]
            reached[sums.parts] |= touched[sums.of]
            reached[sums.whole] |= touched
        near = reached & ~chosen.any(axis=0)
        if not near.any():
            break
        for sums in relations:
            _hide_cheapest(chosen, price, sums, near[sums.parts], near[sums.whole])
    return chosen


def _find_beside(view: View, doubt: Mask) -> Mask:
    """The other counts of the cells in which these stand."""
    beside = np.zeros(doubt.shape, bool)
    for table in view.tables:
        rows = [each for each in get_rows(view, table) if each is not None]
        cells = np.logical_or.reduce([doubt[each] for each in rows]) & (table.state == STATES.index(HIDDEN))
        for each in rows:
            beside[each] |= cells & ~doubt[each]
    return beside


def _hide_cheapest(chosen: Mask, price: Integers, sums: Sums, parts: Mask, wholes: Mask) -> Mask:
    """Mark, in each sum asked for, the cheapest part that is shown, else the whole; the sums in which one was found."""
    asked = np.logical_or.reduceat(parts, sums.starts, axis=0) | wholes
    if not asked.any():
        return asked
    prices = np.where(asked[sums.of], price[sums.parts], _DEAR)
    best = np.minimum.reduceat(prices, sums.starts, axis=0)
    found = asked & (best < _DEAR)
    cheapest = found[sums.of] & (prices == best[sums.of])
    whole = asked & ~found & (price[sums.whole] < _DEAR)
    chosen[sums.parts] |= cheapest
    chosen[sums.whole] |= whole
    return found | whole
