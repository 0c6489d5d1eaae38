"""What figures by where people live tell of figures by organisation: the sum of small areas in a fifth of deprivation
is that fifth of the whole system, and what is left of it is a place's or a network's.

Each year is worked out with all that the release shows of its last month, as an attack does. While a hidden count of an
organisation is narrowed that was not without the small areas, those of its fifth are hidden, and then all of the year.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from placewise.publishing.attack.bounds import find_narrowed, get_rows
from placewise.publishing.attack.build import work_out
from placewise.publishing.attack.earlier import leave_out
from placewise.publishing.attack.official import get_official_bounds
from placewise.publishing.attack.relations import BY_DEPRIVATION, FIFTH, find_relations
from placewise.publishing.attack.view import Rule, Table, View
from placewise.publishing.attack.wider import add_cells
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.disclosure import STATES

Mask = npt.NDArray[np.bool_]
Narrowed = tuple[str, str]
"""A table, and the fifth of deprivation that a narrowed count of it is of; "" where it is of none."""
_HIDDEN, _SHOWN = STATES.index(HIDDEN), STATES.index(SHOWN)


def hide_beside_organisations(
    lived: View, whole: View, fixed: Mapping[str, Mask], hide: Mapping[str, Mask], rule: Rule
) -> None:
    """Hide more of where people live, in place. lived: what is told of it; whole: of organisations, of the same months;
    fixed, hide: table -> cells of `lived`, bool[cells, months], that stay as they are, and that are hidden already."""
    for place in range(len(lived.months)):
        _hide_month(lived, whole, fixed, hide, rule, place)


def _hide_month(
    lived: View, whole: View, fixed: Mapping[str, Mask], hide: Mapping[str, Mask], rule: Rule, place: int
) -> None:
    """place: the month's, of which the column of `hide` is read and written."""
    homes = np.array([area in lived.homes for area, _, _ in lived.cells])
    can_hide = {table.name: _can_hide(table, fixed, homes, place) for table in lived.tables}
    if not any(each.any() for each in can_hide.values()):
        return
    alone = leave_out(whole, set(whole.months) - {lived.months[place]})
    wide = add_cells(alone, [cell for cell, at_home in zip(lived.cells, homes, strict=True) if at_home])
    wide = replace(wide, homes=lived.homes)
    known: set[Narrowed] | None = None
    while told := _find_narrowed(_with_homes(wide, lived, homes, hide, place), rule):
        known = _find_narrowed(alone, rule) if known is None else known
        told -= known
        more = {name: _choose(lived, told, name, can_hide[name] & ~hide[name][:, place]) for name in can_hide}
        if not any(each.any() for each in more.values()):
            break
        for name, chosen in more.items():
            hide[name][:, place] |= chosen


def _can_hide(table: Table, fixed: Mapping[str, Mask], homes: Mask, month: int) -> Mask:
    is_shown = (table.state[:, month] == _SHOWN) & (table.denominator[:, month] > 0)
    return np.asarray(is_shown & homes & ~fixed[table.name][:, month])


def _with_homes(wide: View, lived: View, homes: Mask, hide: Mapping[str, Mask], month: int) -> View:
    """The view of one month with the cells of where people live as they are told now, after all others."""
    first = len(wide.cells) - int(homes.sum())
    said = {table.name: table for table in lived.tables}
    tables = []
    for table in wide.tables:
        if (of := said.get(table.name)) is not None:
            state = np.where(hide[table.name][:, month], _HIDDEN, of.state[:, month]).astype(np.int8)
            table = replace(
                table,
                state=np.concatenate([table.state[:first, 0], state[homes]])[:, None],
                numerator=np.concatenate([table.numerator[:first, 0], of.numerator[homes, month]])[:, None],
                denominator=np.concatenate([table.denominator[:first, 0], of.denominator[homes, month]])[:, None],
            )
        tables.append(table)
    return replace(wide, tables=tuple(tables))


def _find_narrowed(view: View, rule: Rule) -> set[Narrowed]:
    """Of a view of one month."""
    lower, upper = work_out(view, rule, primary_only=False)
    official = get_official_bounds(view, find_relations(view) if view.known else ())
    found = set()
    for table in view.tables:
        for rows in get_rows(view, table):
            if rows is not None:
                told = official[0][rows], official[1][rows]
                bounds = lower[rows], upper[rows], table.hidden, rule
                narrowed = find_narrowed(*bounds, sensitive=table.sensitive, official=told)
                found |= {(table.name, _get_fifth(view, cell)) for cell in np.flatnonzero(narrowed[:, 0]).tolist()}
    return found


def _get_fifth(view: View, cell: int) -> str:
    area, split, group = view.cells[cell]
    if area in view.homes:
        return view.homes[area].fifth
    if split not in BY_DEPRIVATION or not group.isdigit():
        return ""
    return group if split == FIFTH else f"{(int(group) + 1) // 2}"


def _choose(lived: View, told: set[Narrowed], name: str, left: Mask) -> Mask:
    """Of a table the cells to hide, of those left: the small areas of the fifths told of by it or by one that counts
    some of the same; else all."""
    counts = {table.name: set(filter(None, table.counts)) for table in lived.tables}
    near = {fifth for table, fifth in told if table not in counts or counts[table] & counts[name]}
    if not near:
        return np.zeros(len(left), bool)
    fifths = [lived.homes[area].fifth if area in lived.homes else "" for area, _, _ in lived.cells]
    of_fifth = left & np.isin(fifths, sorted(near - {""}))
    return of_fifth if of_fifth.any() else left
