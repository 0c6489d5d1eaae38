"""The people of practices by group, as they could be released beside all that is: by them practices are alike or not.

They are not released. But whom a practice is compared with rests on them, so they tell no more than if they were: small
ones are hidden, others rounded, and then more of a practice is hidden while with all released figures of people they
would narrow any hidden count, by the attack's own computation.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, Counts
from placewise.measures.rollup import get_cells, roll_up
from placewise.publishing.attack.bounds import find_narrowed
from placewise.publishing.attack.build import work_out
from placewise.publishing.attack.view import ABSENT, Rule, Table, View, build_view
from placewise.publishing.attack.wider import add_cells
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose

Column = tuple[str, str]
"""A split and a group of it."""
_HIDDEN, _SHOWN = STATES.index(HIDDEN), STATES.index(SHOWN)
_ANY_MONTH = "2000-01"
_APART = "alike"


def get_practices_seen(
    population: pa.Table,
    people: Counts,
    units: Sequence[str],
    hierarchy: Hierarchy,
    rule: DisclosureRule,
    traits: Sequence[str],
) -> tuple[list[str], list[Column], npt.NDArray[np.float64]]:
    """The practices, everybody and the groups of traits, and the people of each, float64[practices, groups]: 0 where
    they are hidden.

    population: RELEASED_POPULATION; people: exact, by practice, of which the last month is used.
    """
    splits = [split for split in (ALL, *traits) if split in people]
    last = {split: people[split].at_last_month() for split in splits}
    cells = roll_up(get_cells(last, units, splits), hierarchy, PRACTICE).reporting
    seen = disclose(cells.numerator, cells.denominator, cells.reported, rule)
    counts = np.where(seen.shown, seen.denominator, 0)[:, :, 0].astype(np.int64)
    areas, columns = list(cells.areas), list(cells.columns)
    if areas:
        outside = any(unit not in hierarchy.chains for unit in units)
        view = _build_view(population, splits, hierarchy, rule, outside=outside)
        _hide_what_tells(view, areas, columns, counts, hierarchy, rule)
    return areas, columns, counts.astype(np.float64)


def add_groups_of_practices(
    view: View, areas: Sequence[str], columns: Sequence[Column], counts: npt.NDArray[np.int64], rule: DisclosureRule
) -> View:
    """The view of one month, with the groups of practices as one more table, rounded apart; 0 is hidden there."""
    cells = [(area, *column) for area in areas for column in columns if column != (ALL, ALL)]
    more = [cell for cell in cells if cell not in set(view.cells)]
    wide = add_cells(view, more)
    at = {cell: place for place, cell in enumerate(wide.cells)}
    state, number = np.full((len(wide.cells), 1), ABSENT, np.int8), np.zeros((len(wide.cells), 1), np.int64)
    places = [at[cell] for cell in cells]
    groups = counts[:, [column != (ALL, ALL) for column in columns]].reshape(-1)
    state[places, 0] = np.where(groups > 0, _SHOWN, _HIDDEN)
    number[places, 0] = groups
    of = next(table.counts for table in view.tables if table.name == PEOPLE)
    nearest = Rule(rule.suppress_below, rule.round_to)
    apart = Table(_APART, of, state, number, number, nearest, is_apart=True)
    return replace(wide, tables=(*wide.tables, apart))


def _hide_what_tells(
    view: View,
    areas: Sequence[str],
    columns: Sequence[Column],
    counts: npt.NDArray[np.int64],
    hierarchy: Hierarchy,
    rule: DisclosureRule,
) -> None:
    """Hide, in place, beside each hidden count that is narrowed the smallest that a sum has with it: another group of
    its practice, or the same group of another practice of the area above."""
    said = Rule(rule.suppress_below, rule.round_to, adds_up=True)
    split = np.array([of for of, _ in columns])
    while True:
        known = add_groups_of_practices(view, areas, columns, counts, rule)
        lower, upper = work_out(known, said, primary_only=False)
        hidden = np.logical_or.reduce([table.hidden for table in known.tables])
        everyone = slice(known.place(known.tables[0].counts[2] or ""), None)
        narrowed = find_narrowed(lower[everyone], upper[everyone], hidden, said, sensitive=False)
        chosen = np.zeros(counts.shape, bool)
        for cell in np.flatnonzero(narrowed[:, 0]):
            area, of, group = known.cells[cell]
            above = hierarchy.organisations[area].parent if area in areas else area
            near = [above in hierarchy.chains[each].values() for each in areas]
            beside = np.outer([each == area for each in areas], split == of)
            beside |= np.outer(near, [(of, group) == column for column in columns])
            choice = np.where(beside & (counts > 0) & (split != ALL), counts, np.iinfo(np.int64).max)
            chosen.flat[int(np.argmin(choice))] |= bool(choice.min() < np.iinfo(np.int64).max)
        if not chosen.any():
            return
        counts[chosen] = 0


def _build_view(
    population: pa.Table, splits: Sequence[str], hierarchy: Hierarchy, rule: DisclosureRule, *, outside: bool
) -> View:
    """What is released of people by these splits."""
    told = population.filter(pc.is_in(population["split"].cast(pa.string()), value_set=pa.array(splits)))
    told = told.filter(pc.is_in(told["level"].cast(pa.string()), value_set=pa.array(hierarchy.levels)))
    reporting = set(told["area"].to_pylist())
    areas = {
        code: {"level": each.level, "parent": each.parent, "reported": code in reporting}
        for code, each in hierarchy.organisations.items()
    }
    said = Rule(rule.suppress_below, rule.round_to, adds_up=True)
    return build_view({}, told, (), areas, [_ANY_MONTH], said, outside=outside)
