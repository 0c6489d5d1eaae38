"""One month being protected: its states and bounds, and the loops that work on them."""

import numpy as np
import numpy.typing as npt

from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.problem import Problem, Wide

_TRAIL = 100_000
_SUMS_LOOKED_AT = 5_000
_MOST_TURNS = 300
_MOST_PROBES = 400


class Month:
    """state: of each row of the problem, changed by protect(); least, most: int64[rows, 3], of its counts where shown;
    fixed: rows that stay as they are; limit: the smallest number that is not small; told: the least and most that
    official figures tell of each count, int64[counts]."""

    def __init__(
        self,
        problem: Problem,
        state: npt.NDArray[np.int8],
        least: Wide,
        most: Wide,
        fixed: npt.NDArray[np.bool_],
        limit: int,
        told: tuple[Wide, Wide],
    ) -> None:
        counts, sums = len(problem.counts), len(problem.sums[2])
        self.state = state
        self._sums, self._rows = problem.sums, (*problem.rows, *told)
        self._least, self._most, self._fixed, self._limit = least, most, fixed, limit
        self._lower, self._upper = np.empty(counts, np.int64), np.empty(counts, np.int64)
        self._apart = np.zeros(counts, bool)
        self._queue, self._queued = np.zeros(sums + 1, np.int64), np.zeros(sums, bool)
        self._trail = np.empty((_TRAIL, 3), np.int64)
        self._near, self._seen, self._eased = np.empty(counts, np.int64), np.zeros(counts, bool), np.zeros(sums, bool)

    def protect(self) -> int:
        """Hide until no sum tells too much, show what need not be hidden, then hide until no sums do together.

        The hidden counts that are left in doubt, since nothing more was left to hide.
        """
        from placewise.publishing.protection import kernels

        given = self.state.copy()
        in_doubt = self._hide()
        if not in_doubt:
            more = np.flatnonzero((given == STATES.index(SHOWN)) & (self.state == STATES.index(HIDDEN)))
            kernels.give_back(
                self._sums, self._rows, self.state, self._least, self._most, more, self._lower, self._upper,
                self._apart, self._limit, self._queue, self._queued, self._trail,
            )  # fmt: skip
        asked = np.ones(len(self._lower), bool)
        for _ in range(_MOST_PROBES):
            found = kernels.probe(
                asked, self._sums, self._rows, self.state, self._lower, self._upper, self._apart, self._limit,
                self._queue, self._queued, self._trail, _SUMS_LOOKED_AT,
            )  # fmt: skip
            before = self.state.copy()
            if not found.any() or not self._hide_for(found):
                return in_doubt + int(found.sum())
            in_doubt = self._hide()
            asked = found  # hiding makes nothing less possible, of what was hidden before
            counts = self._rows[0][self.state != before]
            asked[counts[counts >= 0]] = True
        return in_doubt + int(asked.sum())

    def _hide(self) -> int:
        """Until no sum tells too much of a hidden count; those left in doubt. Bounds are settled then."""
        from placewise.publishing.protection import kernels

        for _ in range(_MOST_TURNS):
            self._settle()
            doubt = kernels.find_doubt(self._rows, self.state, self._lower, self._upper, self._limit)
            if not doubt.any() or not self._hide_for(doubt):
                break
        return int(doubt.sum())

    def _hide_for(self, found: npt.NDArray[np.bool_]) -> int:
        from placewise.publishing.protection import kernels

        hidden: int = kernels.hide(
            found, self._sums, self._rows, self.state, self._least, self._fixed, self._lower, self._upper,
            self._limit, self._near, self._seen, self._eased,
        )  # fmt: skip
        return hidden

    def _settle(self) -> None:
        """The bounds of every count by what is shown now."""
        from placewise.publishing.protection import kernels

        kernels.set_bounds(self._rows, self.state, self._least, self._most, self._lower, self._upper, self._apart)
        sums = len(self._queued)
        self._queue[:sums], self._queued[:] = np.arange(sums), True
        kernels.settle(
            self._sums, self._lower, self._upper, self._apart, self._limit, self._queue, self._queued, sums,
            self._trail, kernels.NOTHING, self._rows, self.state, kernels.ROUNDS * sums,
        )  # fmt: skip
