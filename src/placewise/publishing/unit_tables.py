"""Rates, means, medians and shares of other units than people as tables.py has them: rolled up, added up, disclosed."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.statistics.mean import get_mean_limits
from placewise.floor.statistics.median import get_median_limits, get_medians
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.measures.contract import ALL
from placewise.measures.cube import Cube
from placewise.measures.entries import PEOPLE_PART, SQUARES
from placewise.measures.periods import BEHIND, BEHIND_MISSED, add_up, add_up_cells, get_first_months
from placewise.measures.rollup import Cells, find_members
from placewise.measures.unit_measure import VALUE_SCALE
from placewise.measures.value_counts import ValueCounts
from placewise.measures.weights import WEIGHT_SCALE
from placewise.publishing.contract import HIDDEN, SHOWN, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose, disclose_counts
from placewise.publishing.tables import Limits, build_counted_table, iter_levels

Floats = npt.NDArray[np.float64]


def iter_unit_levels(cube: Cube, card: MeasureCard, hierarchy: Hierarchy, rule: DisclosureRule) -> Iterator[pa.Table]:
    """COUNTED_MEASURE a level at a time, top first, of a measure that is no share of people.

    A median is shown by group for the whole system only: below it, for everybody.
    """
    counts, practices, window = cube.read(card.measure), cube.units(), cube.window
    medians = cube.read_value_counts(card.measure) if card.statistic == "median" else None
    for level, cells in iter_levels(counts, practices, hierarchy, splits_below=medians is None):
        cells = add_up_cells(cells, card.over, window, of_people=card.statistic == "rate" and not card.of_units)
        match card.statistic:
            case "proportion":
                seen = disclose(cells.numerator, cells.denominator, cells.reported, rule, sensitive=card.sensitive)
                state = _hide_units_of_few(seen.state, cells, rule)
                yield build_counted_table(level, cells, _hide_parts(state, card, level, hierarchy), window)
            case "rate":
                yield _rate_table(level, cells, rule, window)
            case "mean":
                yield _value_table(level, cells, _means(cells), card, rule, window)
            case _:
                assert medians is not None
                of = _medians(medians, cells, _get_members(cells, practices, hierarchy, level), card, window, rule)
                yield _value_table(level, cells, of, card, rule, window)


def _hide_parts(
    state: npt.NDArray[np.int32], card: MeasureCard, level: str, hierarchy: Hierarchy
) -> npt.NDArray[np.int32]:
    """The states of cells, all hidden below the whole system where a measure is told for that alone."""
    if not card.whole_only or level == hierarchy.levels[0]:
        return state
    return np.where(state == STATES.index(SHOWN), STATES.index(HIDDEN), state).astype(np.int32)


def _hide_units_of_few(state: npt.NDArray[np.int32], cells: Cells, rule: DisclosureRule) -> npt.NDArray[np.int32]:
    """The states of cells, with those hidden whose units, many as they may be, are of few people."""
    missed = cells.denominator - cells.numerator
    few = np.zeros(state.shape, bool)
    for units, people in ((cells.numerator, cells.more.get(BEHIND)), (missed, cells.more.get(BEHIND_MISSED))):
        if people is not None:
            few |= (units > 0) & (people < rule.suppress_below)
    return np.where(few & (state == STATES.index(SHOWN)), STATES.index(HIDDEN), state).astype(np.int32)


def _rate_table(level: str, cells: Cells, rule: DisclosureRule, window: Window) -> pa.Table:
    """What a weighted rate is of is no whole number, and is rounded as a count of people is."""
    people = cells.more.get(PEOPLE_PART, cells.denominator)
    state = disclose_counts([cells.numerator, people], cells.reported, rule)
    state = _hide_units_of_few(state, cells, rule)
    of = cells.denominator / WEIGHT_SCALE if PEOPLE_PART in cells.more else None
    return build_counted_table(level, cells, state, window, of)


def _value_table(
    level: str, cells: Cells, limits: Limits, card: MeasureCard, rule: DisclosureRule, window: Window
) -> pa.Table:
    """The exact value, rounded to the measure's decimals, of at least as many as the rule asks for."""
    state = disclose_counts([cells.denominator], cells.reported, rule)
    state = _hide_units_of_few(state, cells, rule)
    return build_counted_table(level, cells, state, window, limits=_round(limits, card))


def _means(cells: Cells) -> Limits:
    """NaN where there is nobody; one value alone has no limits."""
    mean, lower, upper = get_mean_limits(cells.denominator, cells.numerator, cells.more[SQUARES])
    return mean / VALUE_SCALE, lower / VALUE_SCALE, upper / VALUE_SCALE


def _medians(
    counts: ValueCounts,
    cells: Cells,
    members: Callable[[int], npt.NDArray[np.int64]],
    card: MeasureCard,
    window: Window,
    rule: DisclosureRule,
) -> Limits:
    """An area and group at a time, so that what is held at once is one histogram. members: the practices of an area."""
    first = get_first_months(card.over, window)
    values = counts.values / VALUE_SCALE
    limits = np.full((3, *cells.denominator.shape), np.nan)
    for area in range(len(cells.areas)):
        for column, (split, group) in enumerate(cells.columns):
            of = members(area) if split == ALL else np.array([counts.groups[split].index(group)])
            added = add_up(counts.get_counts(split, of, window.months), first)
            limits[0, area, column] = get_medians(values, added)
            limits[1:, area, column] = get_median_limits(values, added, rule.suppress_below)
    return limits[0], limits[1], limits[2]


def _get_members(
    cells: Cells, practices: tuple[str, ...], hierarchy: Hierarchy, level: str
) -> Callable[[int], npt.NDArray[np.int64]]:
    """The practices, by place, of the area that stands at a place in the cells."""
    areas, home = find_members(practices, hierarchy, level)
    return lambda area: np.flatnonzero(home == areas.index(cells.areas[area]))


def _round(limits: Limits, card: MeasureCard) -> Limits:
    value, lower, upper = (np.round(each, card.decimals) for each in limits)
    return value, lower, upper
