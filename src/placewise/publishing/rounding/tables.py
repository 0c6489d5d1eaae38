"""Counted tables to released ones: their counts rounded together, shares and rates worked out of the rounded counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.encoding import encode
from placewise.floor.statistics.proportion import get_exact_proportion_limits, get_wilson_limits
from placewise.floor.statistics.rate import get_rate_limits
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import get_rows
from placewise.publishing.attack.view import Rule, Table, View, build_view, place_levels, place_rows, with_months
from placewise.publishing.contract import (
    HIDDEN,
    NO_DATA,
    RELEASED_MEASURE,
    RELEASED_POPULATION,
    SHOWN,
    MeasureCard,
)
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES
from placewise.publishing.rounding.build import Rounded, round_together
from placewise.publishing.rounding.windows import Floats

Levels = Mapping[str, Sequence[pa.Table]]
"""Measure -> a table a level at a time."""
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RoundedTables:
    """measures: RELEASED_MEASURE a level at a time; population: RELEASED_POPULATION; unfit: how many cells more are
    hidden, since one of their counts could be given none of its neighbouring multiples."""

    measures: dict[str, list[pa.Table]]
    population: pa.Table
    unfit: int


def round_tables(
    measures: Levels,
    population: pa.Table,
    cards: Sequence[MeasureCard],
    areas: Mapping[str, Mapping[str, Any]],
    months: Sequence[str],
    rule: DisclosureRule,
    *,
    outside: bool,
    before: View | None = None,
) -> RoundedTables:
    """measures, population: COUNTED_MEASURE, COUNTED_POPULATION; areas, outside: as in the manifest; months: those to
    round, YYYY-MM, one after the other up to the last that is counted. What was counted in earlier months is hidden.

    before: what was released, whose figures stay where they may."""
    known = {card.measure: card for card in cards}
    measures = {measure: [_hide_before(level, months[0]) for level in levels] for measure, levels in measures.items()}
    whole = {measure: _since(pa.concat_tables(levels), months[0]) for measure, levels in measures.items()}
    if not any(len(table) for table in (population, *whole.values())):
        none = {measure: [show(level, None, None, known[measure]) for level in of] for measure, of in measures.items()}
        return RoundedTables(none, show_people(population, np.zeros(0, np.int64)), 0)
    said = Rule(rule.suppress_below, rule.round_to, adds_up=True)
    view = build_view(whole, population, cards, areas, months, said, outside=outside)
    exact = np.full((len(view.counts) * len(view.cells), len(view.months)), np.nan)
    for table in view.tables:
        _fill(exact, view, table, population if table.name == PEOPLE else whole[table.name])
    rounded = _round_beside(view, exact, said, _find_before(view, before))
    unfit = 0
    tables: dict[str, list[pa.Table]] = {}
    for table in view.tables:
        levels = [population] if table.name == PEOPLE else measures[table.name]
        numbers = [rounded.steps[rows] * rule.round_to if rows else None for rows in get_rows(view, table)]
        cannot = [rounded.unfit[rows] for rows in get_rows(view, table) if rows]
        hide = np.logical_or.reduce(cannot) & (table.state == STATES.index(SHOWN))
        unfit += int(hide.sum())
        tables[table.name] = []
        for level, (cells, at) in zip(levels, place_levels(levels, view), strict=True):
            is_rounded, at = (cells >= 0) & (at >= 0), np.maximum(at, 0)
            met, _, of = (None if each is None else each[cells, at] for each in numbers)
            shown = _hide(level, hide[cells, at] & is_rounded)
            if table.name == PEOPLE:
                tables[PEOPLE].append(show_people(shown, np.zeros(len(level), np.int64) if of is None else of))
            else:
                tables[table.name].append(show(shown, met, of, known[table.name]))
    return RoundedTables({measure: tables[measure] for measure in measures}, tables[PEOPLE][0], unfit)


def show(counted: pa.Table, numerator: Integers | None, denominator: Integers | None, card: MeasureCard) -> pa.Table:
    """RELEASED_MEASURE of COUNTED_MEASURE, given its rounded counts; they mean nothing where a cell is not shown."""
    shown = np.asarray(pc.equal(counted["state"], SHOWN), bool)
    nothing = np.zeros(len(counted), np.int64)
    met, of = nothing if numerator is None else numerator, nothing if denominator is None else denominator
    met, of = np.where(shown, met, 0), np.where(shown, of, 0)
    somebody = shown & (of > 0)
    columns = {name: counted[name] for name in RELEASED_MEASURE.names}
    columns["denominator"] = pa.array(of, mask=~shown)
    if card.statistic in ("mean", "median"):
        columns["numerator"] = pa.nulls(len(counted), pa.int64())
        for name in ("value", "lower", "upper"):
            columns[name] = pc.if_else(pa.array(somebody), counted[name], None)
    else:
        columns["numerator"] = pa.array(met, mask=~shown)
        limits = _get_rates(met, of, card) if card.statistic == "rate" else _get_shares(met, of, card)
        for name, each in zip(("value", "lower", "upper"), limits, strict=True):
            columns[name] = pa.array(each, mask=~(somebody & ~np.isnan(each)))
    return pa.table(columns, schema=RELEASED_MEASURE)


def show_people(counted: pa.Table, people: Integers) -> pa.Table:
    """RELEASED_POPULATION of COUNTED_POPULATION, given its rounded counts."""
    columns = {name: counted[name] for name in RELEASED_POPULATION.names}
    columns["people"] = pa.array(people, mask=~np.asarray(pc.equal(counted["state"], SHOWN), bool))
    return pa.table(columns, schema=RELEASED_POPULATION)


def _get_shares(met: Integers, of: Integers, card: MeasureCard) -> tuple[Floats, Floats, Floats]:
    lower, upper = (get_exact_proportion_limits if card.limits == "exact" else get_wilson_limits)(met, of)
    return np.divide(met, of, out=np.zeros(len(of)), where=of > 0), lower, upper


def _get_rates(met: Integers, of: Integers, card: MeasureCard) -> tuple[Floats, Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(of > 0, met / of, np.nan)
    value, lower, upper = (np.round(each * card.per, card.decimals) for each in (value, *get_rate_limits(met, of)))
    return value, lower, upper


def _fill(exact: Floats, view: View, table: Table, counted: pa.Table) -> None:
    """The exact numbers of the counts that a table tells of, in place."""
    cells, months = place_rows(with_months(counted, view.months), view.cells, view.months)
    there = cells >= 0
    at = cells[there], months[there]
    silent = table.state == STATES.index(NO_DATA)
    rows = get_rows(view, table)
    numbers = {name: counted[name].to_numpy()[there] for name in counted.column_names if name in _COUNTED}
    met, of = numbers.get("numerator"), numbers.get("denominator", numbers.get("people"))
    for place, number in enumerate((met, None if met is None else of - met, of)):
        if rows[place] is not None:
            grid = np.full(silent.shape, np.nan)
            grid[at] = number
            grid[silent] = 0.0
            said = exact[rows[place]]
            said[...] = np.where(np.isnan(said) | (said == 0.0), np.where(np.isnan(grid), said, grid), said)


def _round_beside(view: View, exact: Floats, rule: Rule, before: Integers | None) -> Rounded:
    """Months that come out as they were shown before stay wholly so, what is hidden in them too: the same counts are
    the same release again, and no second look. The others are rounded towards what was shown."""
    rounded = round_together(view, exact, rule)
    if before is None:
        return rounded
    differs = ((before >= 0) & (rounded.steps * rule.round_to != before)).any(axis=0)
    if not differs.any():
        return rounded
    again = round_together(view, np.where(differs, exact, np.nan), rule, before)
    return Rounded(np.where(differs, again.steps, rounded.steps), np.where(differs, again.unfit, rounded.unfit))


_COUNTED = ("numerator", "denominator", "people")


def _find_before(view: View, before: View | None) -> Integers | None:
    """What each count of the view was shown as, or -1."""
    if before is None:
        return None
    found = np.full((len(view.counts) * len(view.cells), len(view.months)), -1, np.int64)
    rows, columns = ({each: at for at, each in enumerate(those)} for those in (before.cells, before.months))
    cells = np.array([rows.get(cell, -1) for cell in view.cells])
    months = np.array([columns.get(month, -1) for month in view.months])
    there = (cells >= 0)[:, None] & (months >= 0)[None, :]
    pick = np.ix_(np.maximum(cells, 0), np.maximum(months, 0))
    for table in before.tables:
        shown = there & (table.state[pick] == STATES.index(SHOWN))
        for count, numbers in zip(table.counts, (table.numerator, None, table.denominator), strict=True):
            if count in view.counts and numbers is not None:
                first = view.place(count)
                said = found[first : first + len(view.cells)]
                said[...] = np.where(shown & (said < 0), numbers[pick], said)
    return found


def _since(table: pa.Table, month: str) -> pa.Table:
    return table.filter(pc.greater_equal(table["month"], _first_day(month)))


def _hide_before(table: pa.Table, month: str) -> pa.Table:
    """What is not rounded is not shown: the exact counts of earlier months go no further."""
    earlier = pc.less(table["month"], _first_day(month))
    return _hide(table, np.asarray(pc.and_(earlier, pc.equal(table["state"], SHOWN)), bool))


def _first_day(month: str) -> pa.Scalar:
    return pa.scalar(date.fromisoformat(f"{month}-01"), pa.date32())


def _hide(table: pa.Table, hide: npt.NDArray[np.bool_]) -> pa.Table:
    if not hide.any():
        return table
    states = pc.if_else(pa.array(hide), HIDDEN, table["state"].cast(pa.string())).combine_chunks()
    place = table.schema.get_field_index("state")
    codes = pc.index_in(states, pa.array(STATES)).to_numpy().astype(np.int32)
    return table.set_column(place, table.schema.field(place), encode(codes, STATES))
