"""One month being protected: its states and bounds, and the loops that work on them."""

import numpy as np
import numpy.typing as npt

from placewise.publishing.attack.bounds import raise_wholes
from placewise.publishing.attack.sums import UNBOUNDED
from placewise.publishing.attack.view import UNPUBLISHED
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.problem import Problem, Wide

_TRAIL = 100_000
_SUMS_LOOKED_AT = 5_000
_MOST_TURNS = 300
_MOST_PROBES = 400
_TURNS_OF_A_PACE = 3
"""What still tells too much after so many turns takes many cells: one more is hidden at a time than before."""

Mask = npt.NDArray[np.bool_]


class Month:
    """state: of each row of the problem, changed by protect(); least, most: int64[rows, 3], of its counts where shown;
    fixed: rows that stay as they are; limit: the smallest number that is not small; told: the least and most that
    official figures tell of each count, int64[counts]; nought_tells: that nought is small everywhere."""

    def __init__(
        self,
        problem: Problem,
        state: npt.NDArray[np.int8],
        least: Wide,
        most: Wide,
        fixed: npt.NDArray[np.bool_],
        limit: int,
        told: tuple[Wide, Wide],
        *,
        nought_tells: bool = False,
    ) -> None:
        counts, sums = len(problem.counts), len(problem.sums[2])
        self.state = state
        self._sums, self._rows = problem.sums, (*problem.rows[:3], problem.rows[3] | nought_tells, *told)
        self._told = told
        self._least, self._most, self._fixed, self._limit = least, most, fixed, limit
        self._lower, self._upper = np.zeros(counts, np.int64), np.full(counts, UNBOUNDED, np.int64)
        self._apart = np.zeros(counts, bool)
        self._queue, self._queued = np.zeros(sums + 1, np.int64), np.zeros(sums, bool)
        self._trail = np.empty((_TRAIL, 3), np.int64)
        self._drawn: tuple[Wide, Wide] | None = None
        self._settled: npt.NDArray[np.int8] | None = None  # the states that the bounds are settled by
        self._cleared = np.zeros(counts, bool)
        self._near, self._seen, self._eased = np.empty(counts, np.int64), np.zeros(counts, bool), np.zeros(sums, bool)
        self._cheapest = np.empty((sums, 2), np.int64)

    def get_bounds(self) -> tuple[Wide, Wide]:
        """The least and most of each count by what is shown now."""
        self._settle()
        return self._lower, self._upper

    def draw(self, least: Wide, most: Wide) -> None:
        """Take from elsewhere what each count is at least and at most, while the states stay as they are."""
        self._drawn = least, most
        self._settled = None

    def leave_out(self, nobody: Mask) -> None:
        """Of counts that are nought for all to see nothing is left to protect."""
        least, most = self._told
        most = np.where(nobody, 0, most)
        more = most != self._rows[5]
        if more.any():
            if self._upper[more].any():  # else it was known while they were probed
                self._cleared[:] = False
            self._rows = (*self._rows[:4], least, most)
            self._settled = None

    def hide_noughts(self) -> None:
        """What a sensitive cell hides no other shows as nought: that nobody was asked tells that nobody is there."""
        row_counts, sensitive = self._rows[0], self._rows[3]
        while True:
            hidden = np.zeros(len(self._lower) + 1, bool)  # the last for rows without such a count
            hidden[row_counts[(self.state == STATES.index(HIDDEN)) & sensitive]] = True
            hidden[-1] = False
            tells = (hidden[row_counts] & (self._most == 0)).any(axis=1)
            tells &= (self.state == STATES.index(SHOWN)) & ~self._fixed
            if not tells.any():
                return
            self.state[tells] = STATES.index(HIDDEN)

    def hide_some(self) -> bool:
        """Once, where a sum tells too much; whether there was anything to hide."""
        from placewise.publishing.protection import kernels

        self._settle()
        self._forget_cheapest()
        doubt = kernels.find_doubt(self._rows, self.state, self._lower, self._upper, self._limit)
        return bool(doubt.any() and self._hide_for(doubt))

    def hide_narrowed(self) -> bool:
        """Hide what is shown and known more closely than its own rounding tells, smaller counts before the wholes they
        are part of; whether there was anything to hide.

        Only where no rounding leaves every small count small: the one that was made seems to rule out what is true.
        """
        from placewise.publishing.protection import kernels

        self._settle()
        own, most, shown = np.empty_like(self._lower), np.empty_like(self._upper), np.empty_like(self._apart)
        kernels.set_bounds(self._rows, self.state, self._least, self._most, own, most, shown)
        starts, parts, whole = self._sums[0], self._sums[1], self._sums[2]
        own = raise_wholes(own, shown, [(whole, parts, starts[:-1])])
        narrowed = shown & ((self._lower > own) | (self._upper < most))
        if not narrowed.any():
            return False
        waits = np.zeros_like(narrowed)
        waits[whole[np.logical_or.reduceat(narrowed[parts], starts[:-1])]] = True
        row_counts = self._rows[0]
        for first in (narrowed & ~waits, narrowed):
            told = np.append(first, False)[row_counts].any(axis=1)
            hide = told & (self.state == STATES.index(SHOWN)) & ~self._fixed
            if hide.any():
                self.state[hide] = STATES.index(HIDDEN)
                return True
        return False

    def count_doubt(self) -> int:
        """How many hidden counts sums tell too much of."""
        from placewise.publishing.protection import kernels

        self._settle()
        return int(kernels.find_doubt(self._rows, self.state, self._lower, self._upper, self._limit).sum())

    def protect(self) -> int:
        """Hide until no sum tells too much, show what need not be hidden, then hide until no sums do together.

        What is then left in doubt is solved exactly, and what is still is hidden with all that tells of it. The hidden
        counts that are left in doubt even so, since nothing more was left to hide.
        """
        return self._protect_block_by_block() if self._protect_sum_by_sum() else 0

    def _protect_sum_by_sum(self) -> int:
        """How many hidden counts are left in doubt."""
        from placewise.publishing.protection import kernels

        given = self.state.copy()
        in_doubt = self._hide()
        if not in_doubt:
            more = np.flatnonzero((given == STATES.index(SHOWN)) & (self.state == STATES.index(HIDDEN)))
            kernels.give_back(
                self._sums, self._rows, self.state, self._least, self._most, more, self._lower, self._upper,
                self._apart, self._limit, self._queue, self._queued, self._trail,
            )  # fmt: skip
            self._forget_cheapest()
            self._settled = None
        for _ in range(_MOST_PROBES):
            found = self._probe_others()
            if not found.any() or not self._hide_for(found):
                return in_doubt + int(found.sum())
            in_doubt = self._hide()
        return in_doubt + int(found.sum())

    def _probe_others(self) -> Mask:
        """As _probe, of all but those found to be possible before: hiding makes nothing less possible, and what is
        shown again was hidden since."""
        asked = self._find_hidden() & ~self._cleared & (self._lower <= 1) & (self._upper >= self._limit - 1)
        found = self._probe(asked)
        self._cleared |= asked & ~found
        return found

    def _protect_block_by_block(self) -> int:
        """Exactly: everything beside a block of which a count cannot be any small number is hidden, noughts too."""
        from placewise.publishing.protection import kernels

        for _ in range(_MOST_TURNS):
            impossible, beside = self._find_impossible()
            if not impossible.any() or not kernels.hide_all(beside, self._rows, self.state, self._fixed):
                break
        return int(impossible.sum())

    def _find_impossible(self) -> tuple[Mask, Mask]:
        """The counts that cannot be any small number, and all that stand in the sums of their blocks."""
        from placewise.publishing.protection import kernels
        from placewise.publishing.protection.exact import CountBounds, find_impossible, iter_blocks

        self._settle()
        doubt = kernels.find_doubt(self._rows, self.state, self._lower, self._upper, self._limit)
        doubt |= self._probe(np.ones(len(doubt), bool))
        impossible, beside = np.zeros(len(doubt), bool), np.zeros(len(doubt), bool)
        unshown = kernels.find_unshown(self._rows, self.state, len(doubt))
        bounds = CountBounds(self._lower, self._upper, self._apart, *self._rows[4:])
        may_be_small = (self._lower < self._limit) & (self._upper >= 1)
        for block in iter_blocks(self._sums, unshown, doubt):
            asked = (block.hidden & may_be_small & self._find_hidden()) | (block.hidden & doubt)
            found = find_impossible(self._sums, block, bounds, asked, self._limit)
            if found.any():
                impossible |= found
                beside |= block.beside
        return impossible, beside

    def _find_hidden(self) -> Mask:
        """The counts that a hidden cell tells of."""
        hidden = np.zeros(len(self._lower), bool)
        counts = self._rows[0][(self.state == STATES.index(HIDDEN)) | (self.state == UNPUBLISHED)]
        hidden[counts[counts >= 0]] = True
        return hidden

    def _hide(self) -> int:
        """Until no sum tells too much of a hidden count; those left in doubt. Bounds are settled then."""
        from placewise.publishing.protection import kernels

        self._forget_cheapest()
        for turn in range(_MOST_TURNS):
            self._settle()
            doubt = kernels.find_doubt(self._rows, self.state, self._lower, self._upper, self._limit)
            if not doubt.any() or not self._hide_for(doubt, 1 + turn // _TURNS_OF_A_PACE):
                break
        return int(doubt.sum())

    def _probe(self, asked: Mask) -> Mask:
        from placewise.publishing.protection import kernels

        found: Mask = kernels.probe(
            asked, self._sums, self._rows, self.state, self._lower, self._upper, self._apart, self._limit,
            self._queue, self._queued, self._trail, _SUMS_LOOKED_AT,
        )  # fmt: skip
        return found

    def _hide_for(self, found: Mask, most: int = 1) -> int:
        from placewise.publishing.protection import kernels

        hidden: int = kernels.hide(
            found, self._sums, self._rows, self.state, self._least, self._fixed, self._lower, self._upper,
            self._limit, self._near, self._seen, self._eased, self._cheapest, most,
        )  # fmt: skip
        return hidden

    def _forget_cheapest(self) -> None:
        """After states changed otherwise than by hiding for the sake of counts."""
        from placewise.publishing.protection import kernels

        self._cheapest[:, 0] = kernels.UNKNOWN

    def _settle(self) -> None:
        """The bounds of every count by what is shown now."""
        from placewise.publishing.protection import kernels

        if self._settled is not None and np.array_equal(self._settled, self.state):
            return
        kernels.set_bounds(self._rows, self.state, self._least, self._most, self._lower, self._upper, self._apart)
        if self._drawn:
            np.maximum(self._lower, self._drawn[0], out=self._lower)
            np.minimum(self._upper, self._drawn[1], out=self._upper)
        waiting = kernels.ask_open(self._sums, self._lower, self._upper, self._queue, self._queued)
        kernels.settle(
            self._sums, self._lower, self._upper, self._apart, self._limit, self._queue, self._queued, waiting,
            self._trail, kernels.NOTHING, self._rows, self.state, kernels.ROUNDS * len(self._queued),
        )  # fmt: skip
        self._settled = self.state.copy()
