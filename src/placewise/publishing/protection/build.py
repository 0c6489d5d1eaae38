"""Which further cells are hidden, so that what is hidden for being small cannot be worked out from what is shown.

Where counts are rounded together, what is hidden alone in a sum is known by its rounding: that it is small, and no
more, unless it was rounded to nought. So the roundings are protected first, and then the counts.

Chosen from rounded numbers, as an attacker sees them, and never from exact ones: in every sum that tells too much of a
hidden count, the count that costs least to hide is hidden too, until no sum does; then whatever turns out not to be
needed is shown again, asked in a fixed order. A cell so hidden looks like any other hidden cell. A shown nought is
never hidden: that nobody is there is often known anyway, and hiding it would protect nothing.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from os import cpu_count

import numpy as np
import numpy.typing as npt

from placewise.floor.progress import Report, quiet
from placewise.publishing.attack.bounds import get_range_of_steps
from placewise.publishing.attack.means import choose_beside
from placewise.publishing.attack.official import get_official_month
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.steps import in_steps
from placewise.publishing.attack.sums import Sums
from placewise.publishing.attack.view import Rule, View
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.month import Month
from placewise.publishing.protection.problem import Problem, build_problems, get_row_ranges, get_row_steps

Fixed = Mapping[str, npt.NDArray[np.bool_]]
"""Table -> which of its cells, bool[cells, months] as in the view, stay as they are: published before, say."""
NOTHING_FIXED: Fixed = {}
_MOST_TURNS = 20


@dataclass(frozen=True, slots=True)
class Protected:
    """view: as given, with more cells hidden; by_table: how many more of each.

    in_doubt: months, YYYY-MM, in which hidden counts can still be narrowed, since nothing more was left to hide.
    """

    view: View
    by_table: dict[str, int]
    in_doubt: tuple[str, ...]


def protect(view: View, rule: Rule, *, fixed: Fixed = NOTHING_FIXED, report: Report = quiet) -> Protected:
    """Hide more until every hidden count that may be small may be any small number.

    fixed: cells whose state in the view stays, shown or hidden; the others may go from shown to hidden. Months in which
    every cell is fixed cost nothing.
    """
    relations = find_relations(view)
    given, months = view, np.ones(len(view.months), bool)
    in_doubt = np.zeros(len(view.months), np.int64)
    while months.any():
        view = _hide_means(view, relations, fixed)
        view = _protect_months(view, relations, months, fixed, rule, in_doubt, report)
        # Hiding counts can leave means over once more.
        again = _hide_means(view, relations, fixed)
        months = np.logical_or.reduce(
            [(was.state != now.state).any(axis=0) for was, now in zip(view.tables, again.tables, strict=True)]
        )
    by_table = {
        was.name: int((was.state != now.state).sum()) for was, now in zip(given.tables, view.tables, strict=True)
    }
    return Protected(view, by_table, tuple(view.months[month] for month in np.flatnonzero(in_doubt)))


def _protect_months(
    view: View,
    relations: Sequence[Sums],
    months: npt.NDArray[np.bool_],
    fixed: Fixed,
    rule: Rule,
    in_doubt: npt.NDArray[np.int64],
    report: Report,
) -> View:
    """These months with more hidden. in_doubt: of each month, written here."""
    states = [table.state.copy() for table in view.tables]
    stays = [fixed.get(table.name, np.zeros(table.state.shape, bool)) for table in view.tables]
    work = [
        (problem, int(month))
        for problem in build_problems(view, relations)
        for month in problem.months
        if months[month]
    ]
    with ThreadPoolExecutor(cpu_count()) as pool:
        done = pool.map(lambda each: _protect_month(view, relations, each[0], each[1], stays, rule), work)
        for share, ((problem, month), (state, doubt)) in enumerate(zip(work, done, strict=True)):
            report("hiding what would tell of hidden cells", share / len(work))
            in_doubt[month] = doubt
            for whole, rows in zip(states, problem.of_table, strict=True):
                whole[problem.cell[rows], month] = state[rows]
    tables = (replace(table, state=state) for table, state in zip(view.tables, states, strict=True))
    return replace(view, tables=tuple(tables))


def _hide_means(view: View, relations: Sequence[Sums], fixed: Fixed) -> View:
    """No hidden mean may be what is left of the others: rounded counts keep that less unknown than a count."""
    tables = []
    for table in view.tables:
        stays = fixed.get(table.name, np.zeros(table.state.shape, bool))
        while table.is_mean and (more := choose_beside(view, table, relations, stays)).any():
            table = replace(table, state=np.where(more, STATES.index(HIDDEN), table.state).astype(np.int8))
        tables.append(table)
    return replace(view, tables=tuple(tables))


def _protect_month(
    view: View,
    relations: Sequence[Sums],
    problem: Problem,
    month: int,
    stays: list[npt.NDArray[np.bool_]],
    rule: Rule,
) -> tuple[npt.NDArray[np.int8], int]:
    """The states of the problem's rows, and the counts left in doubt."""
    state, least, most = get_row_ranges(view, problem, month)
    fixed = np.zeros(len(state), bool)
    for stay, rows in zip(stays, problem.of_table, strict=True):
        fixed[rows] = stay[problem.cell[rows], month]
    if not ((state == STATES.index(SHOWN)) & ~fixed).any():
        return state, 0  # nothing is told that was not told before
    least_told, most_told = get_official_month(view, relations, view.months[month])
    told = least_told[problem.counts], most_told[problem.counts]
    month_now = Month(problem, state, least, most, fixed, rule.suppress_below, told)
    month_now.hide_noughts()
    if rule.adds_up:
        steps = get_row_steps(view, problem, month)
        least_steps, most_steps = told[0] // rule.round_to, -(-told[1] // rule.round_to)
        limit = in_steps(rule).suppress_below
        of_steps = Month(
            problem, state, steps, steps, fixed, limit, (least_steps, most_steps), nought_tells=True
        )  # fmt: skip
        return state, _protect_steps(of_steps, month_now, rule)
    return state, month_now.protect()


def _protect_steps(steps: Month, counts: Month, rule: Rule) -> int:
    """Hide until no hidden count is known to be rounded otherwise than a small number may be, nor narrowed by how it is
    rounded together with the rest; those left in doubt. Both are the same month and work on the same states.

    In steps a release is one of exact numbers, in which those that a small number may be given are small.
    """
    for _ in range(_MOST_TURNS):
        for _ in range(_MOST_TURNS):
            counts.hide_noughts()
            nobody = counts.get_bounds()[1] == 0
            steps.leave_out(nobody)
            in_doubt = steps.protect()
            counts.draw(*get_range_of_steps(*steps.get_bounds(), rule))
            if not counts.hide_some() and np.array_equal(nobody, counts.get_bounds()[1] == 0):
                break
        if not counts.hide_narrowed():
            break
    return in_doubt + counts.count_doubt()
