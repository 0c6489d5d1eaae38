"""Months of a view as flat arrays: the counts that matter, the sums that bind these, the cells that tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from placewise.publishing.attack.bounds import get_ranges
from placewise.publishing.attack.sums import Sums
from placewise.publishing.attack.view import ABSENT, View

Index = npt.NDArray[np.int32]
Wide = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Problem:
    """Months that have the same cells.

    counts: int[n], the place of each count among the bounds of the view; sums: starts, parts, whole, of_starts and of;
    rows: row_counts int32[rows, 3], the rows of each count (starts and rows), and which rows are sensitive; of_table:
    the rows of each table of the view; cell: of each row, in the view.
    """

    months: npt.NDArray[np.intp]
    counts: npt.NDArray[np.intp]
    sums: tuple[Index, Index, Index, Index, Index]
    rows: tuple[Index, Index, Index, npt.NDArray[np.bool_]]
    of_table: Sequence[slice]
    cell: Index


def build_problems(view: View, relations: Sequence[Sums]) -> list[Problem]:
    """One for each set of cells that some months have."""
    there = np.stack([(table.state != ABSENT).T for table in view.tables], axis=1)  # months, tables, cells
    # A month's cells as one word, which is compared at once.
    patterns = there.reshape(len(there), -1).view(np.dtype((np.void, there[0].size))).reshape(-1)
    _, first, of = np.unique(patterns, return_index=True, return_inverse=True)
    return [_build_problem(view, relations, np.flatnonzero(of == at), there[month]) for at, month in enumerate(first)]


def get_row_ranges(view: View, problem: Problem, month: int) -> tuple[npt.NDArray[np.int8], Wide, Wide]:
    """State of each row of one month; least and most of its three counts, int64[rows, 3], where it is shown."""
    state = np.empty(len(problem.cell), np.int8)
    least, most = np.zeros((2, len(problem.cell), 3), np.int64)
    for table, rows in zip(view.tables, problem.of_table, strict=True):
        cells = problem.cell[rows]
        state[rows] = table.state[cells, month]
        ranges = get_ranges(table, table.numerator[cells, month], table.denominator[cells, month])
        for column, (low, high) in enumerate(ranges):
            least[rows, column], most[rows, column] = low, high
    return state, least, most


def get_row_steps(view: View, problem: Problem, month: int) -> Wide:
    """How many steps of the rounding each of the three counts of a row is shown as: int64[rows, 3]."""
    steps = np.zeros((len(problem.cell), 3), np.int64)
    for table, rows in zip(view.tables, problem.of_table, strict=True):
        met, of = (
            each[problem.cell[rows], month] // table.rule.round_to for each in (table.numerator, table.denominator)
        )
        steps[rows] = np.stack([met, of - met, of], axis=1)
    return steps


def _build_problem(
    view: View, relations: Sequence[Sums], months: npt.NDArray[np.intp], there: npt.NDArray[np.bool_]
) -> Problem:
    tables, cells = (each.astype(np.int32) for each in np.nonzero(there))
    firsts = np.array([[view.place(count) if count else -1 for count in table.counts] for table in view.tables])
    places = np.where(firsts[tables] < 0, -1, firsts[tables] + cells[:, None])
    told = np.zeros(len(view.counts) * len(view.cells), bool)
    told[places[places >= 0]] = True
    of_months = {view.months[month] for month in months}
    at = {cell: place for place, cell in enumerate(view.cells)}
    told[[view.place(each.count) + at[each.cell] for each in view.known if each.month in of_months]] = True
    kept = _keep_telling(relations, told)
    sizes = np.concatenate([size for _, _, size in kept] or [np.zeros(0, np.intp)])
    parts = np.concatenate([part for _, part, _ in kept] or [np.zeros(0, np.intp)])
    whole = np.concatenate([total for total, _, _ in kept] or [np.zeros(0, np.intp)])
    counts = np.unique(np.concatenate([np.flatnonzero(told), parts, whole]))
    number = np.full(len(told) + 1, -1, np.int32)  # the last for rows without such a count
    number[counts] = np.arange(len(counts), dtype=np.int32)
    sum_of = np.concatenate([np.repeat(np.arange(len(whole)), sizes), np.arange(len(whole))])
    members = number[np.concatenate([parts, whole])]
    row_counts = number[places]
    row, column = np.nonzero(row_counts >= 0)
    return Problem(
        months=months,
        counts=counts,
        sums=(_starts(sizes), number[parts], number[whole], *_invert(members, sum_of, len(counts))),
        rows=(
            row_counts,
            *_invert(row_counts[row, column], row, len(counts)),
            np.array([table.sensitive for table in view.tables])[tables],
        ),
        of_table=[slice(start, end) for start, end in pairwise(_starts(there.sum(axis=1)).tolist())],
        cell=cells,
    )


def _keep_telling(relations: Sequence[Sums], told: npt.NDArray[np.bool_]) -> list[tuple[Any, Any, Any]]:
    """Whole, parts and sizes of the sums in which at least two counts are told: others tell nothing of anything.

    A whole whose parts are all told is told too, shown or not.
    """
    told = told.copy()
    while True:
        wholes = [sums.whole[np.logical_and.reduceat(told[sums.parts], sums.starts)] for sums in relations]
        more = np.concatenate(wholes) if wholes else np.zeros(0, np.intp)
        if told[more].all():
            break
        told[more] = True
    kept = []
    for sums in relations:
        keep = np.add.reduceat(told[sums.parts], sums.starts, dtype=np.intp) + told[sums.whole] >= 2
        sizes = np.diff(np.append(sums.starts, len(sums.parts)))
        kept.append((sums.whole[keep], sums.parts[keep[sums.of]], sizes[keep]))
    return kept


def _starts(sizes: npt.NDArray[np.intp]) -> Index:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def _invert(members: Index, owner: npt.NDArray[np.intp], counts: int) -> tuple[Index, Index]:
    """Where the owners of each count begin, and the owners in that order."""
    order = np.argsort(members, kind="stable")
    return _starts(np.bincount(members, minlength=counts)), owner[order].astype(np.int32)
