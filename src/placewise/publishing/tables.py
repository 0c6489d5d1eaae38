"""Counts to tables as they will be released, but for rounding: rolled up, sorted, what is small marked as hidden.

Counts are exact here, of hidden cells too, so that they can be rounded together; nothing of this is written anywhere.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.encoding import encode
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, Counts
from placewise.measures.residence import Homes
from placewise.measures.rollup import Cells, at_last_month, get_cells, roll_up
from placewise.publishing.contract import (
    RELEASED_MEASURE,
    RELEASED_POPULATION,
    SHOWN,
    MeasureCard,
    is_unit_measure,
)
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose, hide_together
from placewise.publishing.shapes import get_splits, keep_shapes


def _with_exact(schema: pa.Schema) -> pa.Schema:
    for name in {"numerator", "denominator", "people"} & set(schema.names):
        schema = schema.set(schema.get_field_index(name), pa.field(name, pa.float64()))
    return schema


Floats = npt.NDArray[np.float64]
Limits = tuple[Floats, Floats, Floats]
"""A value, its lower and its upper limit; NaN where there is none."""
COUNTED_MEASURE = _with_exact(RELEASED_MEASURE)
"""Numerator and denominator as counted, whatever the state; value, lower and upper of means and medians alone."""
COUNTED_POPULATION = _with_exact(RELEASED_POPULATION)


def iter_measure_levels(
    counts: Counts, units: Sequence[str], hierarchy: Hierarchy, window: Window, rule: DisclosureRule, *, sensitive: bool
) -> Iterator[pa.Table]:
    """COUNTED_MEASURE a level at a time, top first: every area that ever reported, split, group and month."""
    for level, cells in iter_levels(counts, units, hierarchy):
        seen = disclose(cells.numerator, cells.denominator, cells.reported, rule, sensitive=sensitive)
        yield build_counted_table(level, cells, seen.state, window)


def iter_levels(
    counts: Counts, units: Sequence[str], hierarchy: Hierarchy, *, splits_below: bool = True
) -> Iterator[tuple[str, Cells]]:
    """Each level, top first, with the cells in which it is shown, of the areas that ever reported.

    splits_below: whether levels below the whole system are shown by group too.
    """
    top = hierarchy.levels[0]
    splits_of = {
        level: get_splits(counts, level) if splits_below or level == top else [ALL] for level in hierarchy.levels
    }
    for splits, levels in groupby(hierarchy.levels, key=splits_of.__getitem__):
        cells = get_cells(counts, units, splits).reporting
        for level in levels:
            yield level, roll_up(cells, hierarchy, level).reporting


def iter_residence_levels(homes: Homes, card: MeasureCard, window: Window, rule: DisclosureRule) -> Iterator[pa.Table]:
    """COUNTED_MEASURE of middle and then small areas, once a year; none of a measure that is not told by them.

    Shares of people are: of other figures most small areas have too few people behind them. Of these sensitive ones are
    not, nor what is told of the whole alone, nor what happens within one month, which is too rare.
    """
    is_told = not (is_unit_measure(card) or card.sensitive or card.whole_only or card.change)
    if is_told and homes.counts(card.measure):
        for level in homes.levels:
            cells = homes.get_cells(card.measure, level).reporting
            seen = disclose(cells.numerator, cells.denominator, cells.reported, rule)
            yield build_counted_table(level, cells, seen.state, window)


def build_population(
    people: Counts,
    units: Sequence[str],
    hierarchy: Hierarchy,
    rule: DisclosureRule,
    sensitive: Collection[str] = (),
) -> pa.Table:
    """COUNTED_POPULATION at the last month, at every level of the hierarchy.

    people: the built-in measure by practice; sensitive: registers of whose two groups neither is shown where one is
    nobody or small.
    """
    last = {split: each.at_last_month() for split, each in people.items()}
    tables = [_count_people(level, cells, rule, sensitive) for level, cells in iter_levels(last, units, hierarchy)]
    return keep_shapes(pa.concat_tables(tables).unify_dictionaries().combine_chunks())


def build_residents(homes: Homes, rule: DisclosureRule) -> pa.Table:
    """COUNTED_POPULATION at the last month by where people live, in `all` only."""
    levels = homes.levels if homes.counts(PEOPLE) else ()
    tables = [_count_people(level, at_last_month(homes.get_cells(PEOPLE, level)).reporting, rule) for level in levels]
    return pa.concat_tables([COUNTED_POPULATION.empty_table(), *tables]).unify_dictionaries().combine_chunks()


def _count_people(level: str, cells: Cells, rule: DisclosureRule, sensitive: Collection[str] = ()) -> pa.Table:
    seen = disclose(cells.numerator, cells.denominator, cells.reported, rule)
    for register in sensitive:
        columns = [index for index, (split, _) in enumerate(cells.columns) if split == register]
        seen = replace(seen, state=hide_together(seen, cells.denominator, columns, rule))
    people_there = pa.array(cells.denominator.reshape(-1).astype(np.float64))
    return pa.table([*_where(level, cells), people_there, _state(seen.state)], schema=COUNTED_POPULATION)


def build_counted_table(
    level: str,
    cells: Cells,
    state: npt.NDArray[np.int32],
    window: Window,
    of: Floats | None = None,
    limits: Limits | None = None,
) -> pa.Table:
    """COUNTED_MEASURE. of: what a rate is of, where that is not the cells' denominator; limits: value, lower and upper
    of a mean or median, NaN where there is none, which mean nothing where a cell is not shown or is of nobody."""
    months = np.array(window.month_ends, dtype="datetime64[D]").astype(np.int32)
    denominator = (cells.denominator if of is None else of).astype(np.float64).reshape(-1)
    somebody = (state.reshape(-1) == STATES.index(SHOWN)) & (denominator > 0)
    month = pa.array(np.tile(months, len(denominator) // len(months)), pa.int32()).cast(pa.date32())
    nothing = np.full(denominator.shape, np.nan)
    told = [nothing] * 3 if limits is None else [each.reshape(-1) for each in limits]
    table = pa.table(
        [
            *_where(level, cells),
            month,
            pa.array(cells.numerator.reshape(-1).astype(np.float64), mask=np.full(len(nothing), limits is not None)),
            pa.array(denominator),
            *(pa.array(each, mask=~(somebody & ~np.isnan(each))) for each in told),
            _state(state),
        ],
        schema=COUNTED_MEASURE,
    )
    return keep_shapes(table)


def _where(level: str, cells: Cells) -> list[pa.Array]:
    """The columns level, area, split and group of cells laid out row by row."""
    areas, columns, months = cells.denominator.shape
    splits = list(dict.fromkeys(split for split, _ in cells.columns))
    groups = list(dict.fromkeys(group for _, group in cells.columns))
    split = [splits.index(each) for each, _ in cells.columns]
    group = [groups.index(each) for _, each in cells.columns]
    return [
        encode(np.zeros(areas * columns * months, np.int32), [level]),
        encode(np.repeat(np.arange(areas, dtype=np.int32), columns * months), cells.areas),
        encode(np.tile(np.repeat(np.array(split, np.int32), months), areas), splits),
        encode(np.tile(np.repeat(np.array(group, np.int32), months), areas), groups),
    ]


def _state(state: npt.NDArray[np.int32]) -> pa.Array:
    return encode(state.reshape(-1), STATES)
