"""What all sums together tell: the smallest and largest of each hidden count by linear programming (HiGHS).

Bounds drawn closer sum by sum leave out what only several sums tell together. A month is one programme for each block
of counts that sums bind together; everyone registered binds nearly all of them, very loosely, and is taken in each
block for itself. One solution in which many hidden counts are small, or large enough, settles all of those at once.
Work is limited, in steps of the simplex method and never in time, so that it ends, and says the same on every machine:
the newest months come first, since the others were attacked when they were new, and what was not decided is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array, eye_array
from scipy.sparse.csgraph import connected_components

from placewise.floor.progress import Report, quiet
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import get_rows
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.sums import UNBOUNDED, Integers, Mask, Sums
from placewise.publishing.attack.view import Rule, View

_SLACK = 1e-6
MOST_STEPS = 200_000
"""Of the simplex method, in all: some minutes."""
_MOST_OF_A_BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class Decided:
    """asked: the hidden counts that might be narrowed by several sums together; decided: those of which it is known."""

    asked: int
    decided: int

    def __add__(self, other: "Decided") -> "Decided":
        return Decided(self.asked + other.asked, self.decided + other.decided)


@dataclass(slots=True)
class _Work:
    """Steps that are left."""

    left: int

    def take(self, most: int) -> "_Work":
        """So many steps of these, as far as there are any."""
        taken = min(most, self.left)
        self.left -= taken
        return _Work(taken)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A count in question: its place in the block, and the least and most it can be; both None where work ran out."""

    place: int
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class _Block:
    """Counts and the sums that bind them: sums @ counts == whole. asked: the places of the counts in question."""

    counts: npt.NDArray[np.intp]
    sums: csr_array
    whole: npt.NDArray[np.float64]
    lower: npt.NDArray[np.float64]
    upper: npt.NDArray[np.float64]
    asked: npt.NDArray[np.intp]


def sharpen(
    view: View, lower: Integers, upper: Integers, rule: Rule, *, most_steps: int = MOST_STEPS, report: Report = quiet
) -> Decided:
    """Draw the bounds of hidden counts closer, in place, wherever they cannot be just any small number."""
    hidden = _find_hidden(view)
    matrix = _to_matrix(find_relations(view), len(lower))
    everyone = np.zeros(len(lower), bool)
    first = next(rows for table in view.tables if table.name == PEOPLE for rows in get_rows(view, table) if rows)
    everyone[first] = True
    work, decided = _Work(most_steps), Decided(0, 0)
    for month in reversed(range(len(view.months))):
        report("Solving what several sums tell together", 1 - (month + 1) / len(view.months))
        low, high = lower[:, month], upper[:, month]
        asked = hidden[:, month] & (low <= 1) & (high >= rule.suppress_below - 1)
        if not work.left:
            decided += Decided(int((asked & (low < high) & ~everyone).sum()), 0)
            continue
        for block in _iter_blocks(matrix, low, high, asked, everyone):
            share = work.take(_MOST_OF_A_BLOCK)
            doubtful = list(_iter_doubtful(block, rule.suppress_below - 1, share))
            work.left += share.left
            decided += Decided(len(block.asked), len(block.asked) - sum(each.least is None for each in doubtful))
            for each in doubtful:
                if each.least is not None and each.most is not None:
                    count = block.counts[each.place]
                    low[count], high[count] = max(low[count], each.least), min(high[count], each.most)
    return decided


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
    _, label = connected_components(block_array([[None, touching], [touching.T, None]]), directed=False)
    of_sums, of_counts = label[: matrix.shape[0]], label[matrix.shape[0] :]
    known = matrix @ np.where(free, 0, low)
    for each in np.unique(of_counts[asked[bound]]):
        rows = np.flatnonzero(of_sums == each)
        inside = matrix[rows]
        counts = np.unique(inside.indices)
        counts = counts[free[counts]]
        yield _Block(
            counts,
            inside[:, counts],
            -known[rows],
            low[counts].astype(float),
            np.where(high[counts] >= UNBOUNDED // 2, np.inf, high[counts]),
            np.flatnonzero((asked & ~everyone)[counts]),
        )


def _iter_doubtful(block: _Block, largest: int, work: _Work) -> Iterator[_Settled]:
    """Each count in question of which no solution was found in which it is 1, or the largest small number."""
    small = np.zeros(len(block.counts), bool)
    large = small.copy()
    for aim, settled in ((largest, large), (1, small)):
        while len(left := block.asked[~settled[block.asked]]):
            values = _solve(block, left, aim, work)
            before = settled.sum()
            if values is not None:
                large |= values >= largest - _SLACK
                small |= values <= 1 + _SLACK
            if settled.sum() == before:
                break
    for place in block.asked[~(small & large)[block.asked]]:
        least, most = (_solve_one(block, place, sign, work) if work.left else None for sign in (1.0, -1.0))
        if least is None or most is None:
            yield _Settled(int(place), None, None)
        else:
            yield _Settled(int(place), int(np.ceil(least - _SLACK)), int(np.floor(most + _SLACK)))


def _solve(block: _Block, asked: npt.NDArray[np.intp], aim: int, work: _Work) -> npt.NDArray[np.float64] | None:
    """Values of all counts, with those asked together as near to `aim` as can be: from below, or to 1 from above."""
    many, counts = len(asked), len(block.counts)
    pick = csr_array((np.ones(many), (np.arange(many), asked)), shape=(many, counts))
    upwards = aim > 1
    # What is asked is at least its mark, which is at most the aim; or at most its mark, which is at least the aim.
    sign = -1.0 if upwards else 1.0
    marks = np.tile([0.0, float(aim)] if upwards else [float(aim), np.inf], (many, 1))
    values = _solve_programme(
        np.concatenate([np.zeros(counts), np.full(many, sign)]),
        block_array([[block.sums, csr_array((len(block.whole), many))]], format="csr"),
        block.whole,
        np.concatenate([np.column_stack([block.lower, block.upper]), marks]),
        work,
        below=block_array([[sign * pick, -sign * eye_array(many)]], format="csr"),
    )
    return None if values is None else values[:counts]


def _solve_one(block: _Block, place: int, sign: float, work: _Work) -> float | None:
    """The least of one count, or with -1 the most."""
    cost = np.zeros(len(block.counts))
    cost[place] = sign
    bounds = np.column_stack([block.lower, np.minimum(block.upper, UNBOUNDED)])
    values = _solve_programme(cost, block.sums, block.whole, bounds, work)
    return None if values is None else float(values[place])


def _solve_programme(
    cost: npt.NDArray[np.float64],
    sums: csr_array,
    whole: npt.NDArray[np.float64],
    bounds: npt.NDArray[np.float64],
    work: _Work,
    *,
    below: csr_array | None = None,
) -> npt.NDArray[np.float64] | None:
    """The values of least cost with sums @ values == whole, and below @ values at most nought; None where there are
    none, or work ran out."""
    if not work.left:
        return None
    done = linprog(
        cost,
        A_ub=below,
        b_ub=None if below is None else np.zeros(below.shape[0]),
        A_eq=sums,
        b_eq=whole,
        bounds=bounds,
        method="highs-ds",
        options={"maxiter": work.left},
    )
    work.left -= min(max(int(done.nit), 1), work.left)
    return done.x if done.status == 0 else None
