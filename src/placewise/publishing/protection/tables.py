"""Released tables with more of their cells hidden, as protection finds it necessary."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.encoding import encode
from placewise.floor.progress import Report, quiet
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.official import Indicators, with_official
from placewise.publishing.attack.view import Rule, View, build_view, place_levels
from placewise.publishing.contract import HIDDEN, SHOWN, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.build import NOTHING_FIXED, Fixed, Protected, protect

Levels = Mapping[str, Sequence[pa.Table]]
"""Measure -> RELEASED_MEASURE a level at a time."""


@dataclass(frozen=True, slots=True)
class ProtectedTables:
    """As given, with more cells hidden; protecting: how many more; view: as a reader has them, None of nobody;
    in_doubt: months in which hidden counts may still be narrowed, since nothing more was left to hide."""

    measures: Mapping[str, list[pa.Table]]
    population: pa.Table
    protecting: int
    view: View | None = None
    in_doubt: tuple[str, ...] = ()

    def beside(self, measures: Mapping[str, list[pa.Table]], population: pa.Table) -> "ProtectedTables":
        """With further levels, which were protected by themselves."""
        every = {measure: [*levels, *measures.get(measure, ())] for measure, levels in self.measures.items()}
        people = pa.concat_tables([self.population, population]).unify_dictionaries().combine_chunks()
        return replace(self, measures=every, population=people)


def protect_tables(
    measures: Levels,
    population: pa.Table,
    cards: Sequence[MeasureCard],
    areas: Mapping[str, Mapping[str, Any]],
    months: Sequence[str],
    rule: DisclosureRule,
    *,
    outside: bool,
    official: tuple[pa.Table, Indicators],
    find_fixed: Callable[[View], Fixed] = lambda view: NOTHING_FIXED,
    report: Report = quiet,
) -> ProtectedTables:
    """population: RELEASED_POPULATION; areas, outside: as in the manifest; months: YYYY-MM, oldest first;
    official: RELEASED_PUBLISHED and its indicators; find_fixed: says which cells of the view stay as they are."""
    whole = {measure: pa.concat_tables(levels) for measure, levels in measures.items()}
    if not any(len(table) for table in (population, *whole.values())):
        return ProtectedTables({measure: list(levels) for measure, levels in measures.items()}, population, 0)
    said = Rule(rule.suppress_below, rule.round_to, adds_up=True)
    view = with_official(build_view(whole, population, cards, areas, months, said, outside=outside), *official)
    done = protect(view, said, fixed=find_fixed(view), report=report)
    return ProtectedTables(
        {measure: _apply(done, measure, levels) for measure, levels in measures.items()},
        _apply(done, PEOPLE, [population])[0],
        sum(done.by_table.values()),
        done.view,
        done.in_doubt,
    )


def _apply(done: Protected, name: str, levels: Sequence[pa.Table]) -> list[pa.Table]:
    """The levels of a released table with the cells hidden that protection hides."""
    state = next(each.state for each in done.view.tables if each.name == name)
    hidden = []
    for level, (cells, months) in zip(levels, place_levels(levels, done.view), strict=True):
        shown = np.asarray(pc.equal(level["state"], SHOWN))
        hidden.append(hide_rows(level, (cells >= 0) & shown & (state[cells, months] == STATES.index(HIDDEN))))
    return hidden


def hide_rows(table: pa.Table, hide: npt.NDArray[np.bool_]) -> pa.Table:
    """Every number of these rows is null."""
    if not hide.any():
        return table
    mask = pa.array(hide)
    for place, column in enumerate(table.schema):
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            values = pc.if_else(mask, pa.scalar(None, column.type), table[column.name])
            table = table.set_column(place, column, values)
    states = pc.if_else(mask, HIDDEN, table["state"].cast(pa.string())).combine_chunks()
    at = pc.index_in(states, pa.array(STATES)).to_numpy().astype(np.int32)
    place = table.schema.get_field_index("state")
    return table.set_column(place, table.schema.field(place), encode(at, STATES))
