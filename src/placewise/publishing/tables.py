"""Counts to released tables: rolled up, disclosed, sorted."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.encoding import encode
from placewise.floor.statistics.proportion import get_wilson_limits
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.measures.contract import ALL
from placewise.measures.cube import SMALL_AREA, Counts
from placewise.measures.rollup import Cells, get_cells, roll_up
from placewise.publishing.contract import RELEASED_MEASURE, RELEASED_POPULATION
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, Disclosed, disclose, hide_together
from placewise.publishing.shapes import get_splits, keep_shapes


def iter_measure_levels(
    counts: Counts, units: Sequence[str], hierarchy: Hierarchy, window: Window, rule: DisclosureRule, *, sensitive: bool
) -> Iterator[pa.Table]:
    """RELEASED_MEASURE a level at a time, top first: every area that ever reported, split, group and month."""
    for level in hierarchy.levels:
        cells = roll_up(get_cells(counts, units, get_splits(counts, level)), hierarchy, level).reporting
        seen = disclose(cells.numerator, cells.denominator, cells.reported, rule, sensitive=sensitive)
        yield build_share_table(level, cells, seen, window)


def build_population(
    people: Counts,
    units: Sequence[str],
    homes: Counts,
    small_areas: Sequence[str],
    hierarchy: Hierarchy,
    rule: DisclosureRule,
    sensitive: Collection[str] = (),
) -> pa.Table:
    """RELEASED_POPULATION at the last month: every level of the hierarchy, then small areas in `all` only.

    people: the built-in measure by practice; homes: the same by the small area people live in, or {}; sensitive:
    registers of whose two groups neither is shown where one is nobody or small.
    """
    last = {split: each.at_last_month() for split, each in people.items()}
    by_level = [
        (level, roll_up(get_cells(last, units, get_splits(last, level)), hierarchy, level).reporting)
        for level in hierarchy.levels
    ]
    if homes:
        by_level.append((SMALL_AREA, get_cells({ALL: homes[ALL].at_last_month()}, small_areas, [ALL]).reporting))
    tables = []
    for level, cells in by_level:
        seen = disclose(cells.numerator, cells.denominator, cells.reported, rule)
        for register in sensitive:
            columns = [index for index, (split, _) in enumerate(cells.columns) if split == register]
            seen = replace(seen, state=hide_together(seen, cells.denominator, columns, rule))
        where = _where(level, cells)
        shown = seen.shown.reshape(-1)
        people_shown = pa.array(seen.denominator.reshape(-1), mask=~shown)
        tables.append(pa.table([*where, people_shown, _state(seen)], schema=RELEASED_POPULATION))
    return keep_shapes(pa.concat_tables(tables).unify_dictionaries().combine_chunks())


def build_share_table(level: str, cells: Cells, seen: Disclosed, window: Window) -> pa.Table:
    """RELEASED_MEASURE of shares, with Wilson limits, all from the rounded counts."""
    lower, upper = get_wilson_limits(np.where(seen.shown, seen.numerator, 0), np.where(seen.shown, seen.denominator, 0))
    zero = np.zeros(seen.denominator.shape)
    value = np.divide(seen.numerator, seen.denominator, out=zero, where=seen.shown & (seen.denominator > 0))
    return build_measure_table(level, cells, seen, (value, lower, upper), window)


def build_measure_table(
    level: str,
    cells: Cells,
    seen: Disclosed,
    limits: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]],
    window: Window,
    *,
    has_numerator: bool = True,
) -> pa.Table:
    """RELEASED_MEASURE. limits: value, lower and upper as they may be seen, NaN where there is none; they mean nothing
    where a cell is not shown or is of nobody."""
    months = np.array(window.month_ends, dtype="datetime64[D]").astype(np.int32)
    shown, denominator = seen.shown.reshape(-1), seen.denominator.reshape(-1)
    somebody = shown & (denominator > 0)
    month = pa.array(np.tile(months, len(denominator) // len(months)), pa.int32()).cast(pa.date32())
    table = pa.table(
        [
            *_where(level, cells),
            month,
            pa.array(seen.numerator.reshape(-1), mask=~(shown & has_numerator)),
            pa.array(denominator, mask=~shown),
            *(pa.array(each, mask=~(somebody & ~np.isnan(each))) for each in (part.reshape(-1) for part in limits)),
            _state(seen),
        ],
        schema=RELEASED_MEASURE,
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


def _state(seen: Disclosed) -> pa.Array:
    return encode(seen.state.reshape(-1), STATES)
