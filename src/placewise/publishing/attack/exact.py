"""What all sums together tell: the smallest and largest of each hidden count by linear programming (HiGHS).

Bounds drawn closer sum by sum leave out what only several sums tell together. A month is one programme for each block
of counts that sums bind together; everyone registered binds nearly all of them, very loosely, and is taken in each
block for itself. One solution in which many hidden counts are small, or large enough, settles all of those at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, identity
from scipy.sparse.csgraph import connected_components

from placewise.floor.progress import Report, quiet
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import get_rows
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.sums import UNBOUNDED, Integers, Mask, Sums
from placewise.publishing.attack.view import Rule, View

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class _Block:
    """Counts and the sums that bind them: sums @ counts == whole. asked: the places of the counts in question."""

    counts: npt.NDArray[np.intp]
    sums: csr_array
    whole: npt.NDArray[np.float64]
    lower: npt.NDArray[np.float64]
    upper: npt.NDArray[np.float64]
    asked: npt.NDArray[np.intp]


def sharpen(view: View, lower: Integers, upper: Integers, rule: Rule, *, report: Report = quiet) -> None:
    """Draw the bounds of hidden counts closer, in place, wherever they cannot be just any small number."""
    hidden = _find_hidden(view)
    matrix = _to_matrix(find_relations(view), len(lower))
    everyone = np.zeros(len(lower), bool)
    first = next(rows for table in view.tables if table.name == PEOPLE for rows in get_rows(view, table) if rows)
    everyone[first] = True
    for month in range(len(view.months)):
        report("Solving what several sums tell together", month / len(view.months))
        low, high = lower[:, month], upper[:, month]
        asked = hidden[:, month] & (low <= 1) & (high >= rule.suppress_below - 1)
        for block in _iter_blocks(matrix, low, high, asked, everyone):
            for place, least, most in _iter_narrow(block, rule.suppress_below - 1):
                count = block.counts[place]
                low[count], high[count] = max(low[count], least), min(high[count], most)


def _find_hidden(view: View) -> Mask:
    hidden = np.zeros((len(view.counts) * len(view.cells), len(view.months)), bool)
    for table in view.tables:
        for rows in get_rows(view, table):
            if rows is not None:
                hidden[rows] |= table.hidden
    return hidden


def _to_matrix(relations: Sequence[Sums], counts: int) -> csr_array:
    """A row a sum: 1 for each part and -1 for the whole."""
    ends = np.cumsum([0, *(len(sums.whole) for sums in relations)])
    rows = [
        np.concatenate([sums.of, np.arange(len(sums.whole))]) + end for sums, end in zip(relations, ends, strict=False)
    ]
    columns = [np.concatenate([sums.parts, sums.whole]) for sums in relations]
    values = [np.repeat([1.0, -1.0], [len(sums.parts), len(sums.whole)]) for sums in relations]
    where = np.concatenate(rows), np.concatenate(columns)
    return csr_array((np.concatenate(values), where), shape=(int(ends[-1]), counts))


def _iter_blocks(matrix: csr_array, low: Integers, high: Integers, asked: Mask, everyone: Mask) -> Iterator[_Block]:
    """Blocks of counts that are not known, those with a count in question."""
    free = low < high
    bound = np.flatnonzero(free & ~everyone)
    touching = abs(matrix[:, bound])
    _, label = connected_components(touching.T @ touching, directed=False)
    known = matrix @ np.where(free, 0, low)
    for each in np.unique(label[asked[bound]]):
        mine = np.zeros(len(low), bool)
        mine[bound[label == each]] = True
        rows = np.flatnonzero(abs(matrix) @ mine)
        inside = matrix[rows]
        counts = np.flatnonzero((abs(inside).sum(axis=0) > 0) & free)
        yield _Block(
            counts,
            inside[:, counts],
            -known[rows],
            low[counts].astype(float),
            np.where(high[counts] >= UNBOUNDED // 2, np.inf, high[counts]),
            np.flatnonzero((asked & mine)[counts]),
        )


def _iter_narrow(block: _Block, largest: int) -> Iterator[tuple[int, int, int]]:
    """Place, least and most of each count in question that cannot be both 1 and the largest small number."""
    small = np.zeros(len(block.counts), bool)
    large = small.copy()
    for aim, settled in ((largest, large), (1, small)):
        while len(left := block.asked[~settled[block.asked]]):
            values = _solve(block, left, aim)
            before = settled.sum()
            if values is not None:
                large |= values >= largest - _SLACK
                small |= values <= 1 + _SLACK
            if settled.sum() == before:
                break
    for place in block.asked[~(small & large)[block.asked]]:
        ends = [_solve_one(block, place, sign) for sign in (1.0, -1.0)]
        yield int(place), int(np.ceil(ends[0] - _SLACK)), int(np.floor(ends[1] + _SLACK))


def _solve(block: _Block, asked: npt.NDArray[np.intp], aim: int) -> npt.NDArray[np.float64] | None:
    """Values of all counts, with those asked together as near to `aim` as can be: from below, or to 1 from above."""
    many, counts = len(asked), len(block.counts)
    pick = csr_array((np.ones(many), (np.arange(many), asked)), shape=(many, counts))
    sums = block_array([[block.sums, None], [pick, -identity(many)]], format="csr")
    upwards = aim > 1
    bounds = Bounds(
        np.concatenate([block.lower, np.full(many, 0 if upwards else aim)]),
        np.concatenate([block.upper, np.full(many, aim if upwards else np.inf)]),
    )
    least = np.concatenate([block.whole, np.full(many, 0 if upwards else -np.inf)])
    most = np.concatenate([block.whole, np.full(many, np.inf if upwards else 0)])
    cost = np.concatenate([np.zeros(counts), np.full(many, -1.0 if upwards else 1.0)])
    done = milp(cost, constraints=LinearConstraint(sums, least, most), bounds=bounds)
    return None if done.x is None else done.x[:counts]


def _solve_one(block: _Block, place: int, sign: float) -> float:
    """The least of one count, or with -1 the most; its bound where there is no end to it."""
    cost = np.zeros(len(block.counts))
    cost[place] = sign
    equal = LinearConstraint(block.sums, block.whole, block.whole)
    done = milp(cost, constraints=equal, bounds=Bounds(block.lower, block.upper))
    if done.x is None:
        return float(block.lower[place] if sign > 0 else min(block.upper[place], UNBOUNDED))
    return float(done.x[place])
