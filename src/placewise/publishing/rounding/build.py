"""Every count of a release rounded so that all that adds up still does: controlled rounding.

Each is one of its two neighbouring multiples, chosen so that parts make their totals exactly: areas, groups, bands, and
numerator and remainder. So nothing is known more closely by adding and taking away than by its own rounding, since
whatever is true may be so many more, or fewer, everywhere. Counts come in the order in which they contain each other:
those a measure is asked of before those who meet it, each choice within what leaves the other a neighbour too.
(Cox and Ernst, Controlled rounding, INFOR 20, 1982; Kelly, Golden and Assad, Networks 22, 1992.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from placewise.floor.threads import do_each
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import get_rows
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.sums import UNBOUNDED, Integers
from placewise.publishing.attack.view import ABSENT, YES, Rule, Table, View
from placewise.publishing.contract import SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.rounding.deriving import derive
from placewise.publishing.rounding.networks import Network, Networks
from placewise.publishing.rounding.windows import HIDDEN_DEAR, Floats, Mask, Windows, get_windows

Kind = TypeVar("Kind", bound=np.generic)

_WIDE_OPEN = 1 << 30
_FIXED_DEAR = 1e7


@dataclass(frozen=True, slots=True)
class Rounded:
    """steps: int64[counts x cells, months], of the rule's `round_to`; unfit: shown counts that could be given none of
    their neighbours: their cells cannot be shown."""

    steps: Integers
    unfit: Mask


def round_together(view: View, exact: Floats, rule: Rule, before: Integers | None = None) -> Rounded:
    """exact: [counts x cells, months], NaN where unknown, to which is added, in place, what follows from the others;
    before: what each was shown as before, -1 where it was not.

    The states of the view's tables say what will be shown.
    """
    derive(exact, find_relations(view))
    given = _Given(exact, *_find_told(view), before, rule)
    rounding = _Rounding(view, given)
    rounding.round_all()
    return Rounded(rounding.steps, rounding.find_unfit())


def _find_told(view: View) -> tuple[Mask, Mask]:
    """The counts that some table shows, and those that some table tells of, shown or hidden."""
    shown = np.zeros((len(view.counts) * len(view.cells), len(view.months)), bool)
    told = shown.copy()
    for table in view.tables:
        for rows in get_rows(view, table):
            if rows is not None:
                shown[rows] |= table.state == STATES.index(SHOWN)
                told[rows] |= table.state != ABSENT
    for one, other in _iter_namesakes(view):
        shown[one] |= shown[other]
        shown[other] |= shown[one]
    return shown, told


def _iter_namesakes(view: View) -> Iterator[tuple[int, int]]:
    """Where those on a register, and the others, stand as groups of everyone registered, and where as a measure."""
    at = {cell: place for place, cell in enumerate(view.cells)}
    everyone = view.place(_get_everyone(view))
    counts = {
        split: next(table.counts for table in view.tables if table.counts[0] == of)
        for split, of in view.registers.items()
    }
    for (area, split, group), place in at.items():
        if split in counts and (area, ALL, ALL) in at:
            of = view.registers[split] if group == YES else counts[split][1]
            if of:
                yield everyone + place, view.place(of) + at[area, ALL, ALL]


def _get_everyone(view: View) -> str:
    count = next(table.counts[2] for table in view.tables if table.name == PEOPLE)
    assert count is not None
    return count


def _get_waiting(view: View) -> "TopologicalSorter[str]":
    """What a measure is asked of before who meets it; those it missed are what is left."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for table in view.tables:
        met, missed, of = table.counts
        for count in (met, of):
            if count:
                order.add(count)
        if met and missed and of:
            order.add(met, of)
    return order


@dataclass(frozen=True, slots=True)
class _Given:
    """What windows are found from, each [counts x cells, months]."""

    exact: Floats
    shown: Mask
    told: Mask
    before: Integers | None
    rule: Rule

    def get_windows(self, rows: slice) -> Windows:
        """Of one count at a time: of all at once they would take several times the memory of all else."""
        exact = self.exact[rows]
        before = np.full(exact.shape, -1) if self.before is None else self.before[rows]
        return get_windows(exact, self.shown[rows], self.told[rows], before, self.rule)


class _Rounding:
    """steps: of each count, filled as counts are rounded; done: which are."""

    def __init__(self, view: View, given: _Given) -> None:
        self._view, self._given, self._known = view, given, ~np.isnan(given.exact)
        self._networks = Networks(view)
        self.steps = np.zeros(given.exact.shape, np.int64)
        self._done = np.zeros(given.exact.shape, bool)
        self._low, self._high = np.empty_like(self.steps), np.empty_like(self.steps)
        do_each(self._set_window, view.counts)
        for count in reversed(list(_get_waiting(view).static_order())):
            for table in view.tables:
                if table.counts[2] == count and table.counts[1]:
                    self._leave_room(table)

    def _get_rows(self, count: str) -> slice:
        first = self._view.place(count)
        return slice(first, first + len(self._view.cells))

    def _set_window(self, count: str) -> None:
        rows = self._get_rows(count)
        windows = self._given.get_windows(rows)
        self._low[rows], self._high[rows] = windows.low, windows.high

    def find_unfit(self) -> Mask:
        """The shown counts that were given none of their neighbours."""
        unfit = np.zeros(self.steps.shape, bool)
        for rows in map(self._get_rows, self._view.counts):
            windows, steps = self._given.get_windows(rows), self.steps[rows]
            unfit[rows] = self._given.shown[rows] & ((steps < windows.low) | (steps > windows.high))
        return unfit

    def _leave_room(self, table: Table) -> None:
        """What a measure is asked of lies within what those who meet it and those it missed can make together."""
        met, missed, of = (rows for rows in get_rows(self._view, table))
        shown = table.state == STATES.index(SHOWN)
        low = np.where(shown, self._low[met] + self._low[missed], 0)
        high = np.where(shown, self._high[met] + self._high[missed], UNBOUNDED)
        _draw(self._low[of], self._high[of], low, high)

    def round_all(self) -> None:
        """Everybody first, and then side by side whatever waits for nothing that is not rounded yet."""
        everyone = _get_everyone(self._view)
        self._round_count(everyone)
        for here, there in _iter_namesakes(self._view):
            is_done = self._done[here]
            self.steps[there] = np.where(is_done, self.steps[here], self.steps[there])
            self._done[there] |= is_done
        waiting = _get_waiting(self._view)
        waiting.prepare()
        while ready := waiting.get_ready():
            do_each(self._round_count, (count for count in ready if count != everyone))
            waiting.done(*ready)
        for table in self._view.tables:
            self._take_away(table)

    def _round_count(self, count: str) -> None:
        from placewise.publishing.rounding import ranges

        rows, cells = self._get_rows(count), len(self._view.cells)
        known, steps, done = self._known[rows], self.steps[rows], self._done[rows]
        anywhere: Mask = np.asarray(known.any(axis=1))
        if not anywhere.any():
            return
        most, room_low, room_high, room_dear = self._find_room(count)
        windows = self._given.get_windows(rows)
        low, high = self._low[rows].copy(), self._high[rows].copy()
        _draw(low, high, room_low, room_high)
        # Months in rows, since each is drawn together by itself.
        known_in = np.ascontiguousarray(known.T)
        least, greatest = (np.ascontiguousarray(np.where(done, steps, each).T) for each in (low, high))
        changed = np.ones(cells, np.bool_)
        for network in self._networks.iter_networks(anywhere):
            ranges.draw_together(self._networks.sums, known_in, least, greatest, changed)
            self._solve(network, rows, windows, most, ((least.T, greatest.T), (room_low, room_high)), room_dear)
            changed[:] = False
            changed[network.cells] = True
            solved = np.where(done[network.cells], steps[network.cells], -1).T
            for each in (least, greatest):
                each[:, network.cells] = np.where(solved < 0, each[:, network.cells], solved)

    def _find_room(self, count: str) -> tuple[Integers, Integers, Integers, Floats]:
        """The most a count can be, the range that leaves those missed a neighbour too, and what a step beyond costs."""
        shape = (len(self._view.cells), len(self._view.months))
        most, low, high = np.full(shape, _WIDE_OPEN), np.zeros(shape, np.int64), np.full(shape, UNBOUNDED)
        dear = np.zeros(shape)
        for table in self._view.tables:
            if table.counts[0] != count:
                continue
            _, missed, of = get_rows(self._view, table)
            if missed is not None:
                settled = self._done[of] & self._known[missed]
                whole, of_missed = self.steps[of], self._given.get_windows(missed)
                most = np.where(self._done[of], np.minimum(most, whole), most)
                _draw(
                    low,
                    high,
                    np.where(settled, whole - of_missed.high, 0),
                    np.where(settled, whole - of_missed.low, UNBOUNDED),
                )
                dear = np.where(settled, np.maximum(dear, of_missed.dear), dear)
        return most, low, high, dear

    def _solve(
        self,
        network: Network,
        rows: slice,
        windows: Windows,
        most: Integers,
        ranges: Sequence[tuple[Integers, Integers]],
        room_dear: Floats,
    ) -> None:
        from placewise.publishing.rounding import flows

        arcs, of_rows = network.cells, network.rows >= 0
        settled = self._known[rows][network.rows[of_rows]]  # nothing adds up to what nobody knows
        months = np.flatnonzero(self._known[rows][arcs].any(axis=0) & (settled.any(axis=0) | ~of_rows.any()))
        pick = np.ix_(arcs, months)
        steps, done = self.steps[rows], self._done[rows]
        here, settled_here, dear = _pick(steps, pick), _pick(done, pick), _pick(windows.dear, pick)
        own = (np.where(settled_here, here, _pick(each, pick)) for each in (windows.low, windows.high))
        low, high = (
            np.stack(each)
            for each in zip(tuple(own), *((_pick(a, pick), _pick(b, pick)) for a, b in ranges), strict=True)
        )
        need = np.zeros((len(months), len(network.rows)), np.int64)
        need[:, of_rows] = steps[np.ix_(network.rows[of_rows], months)].T
        flow = np.zeros((len(months), len(arcs)), np.int64)
        flows.solve(
            network.tail,
            network.head,
            network.starts,
            network.incident,
            need,
            self._given.rule.round_to,
            _pick(windows.aim, pick),
            _pick(windows.weight, pick),
            low,
            np.minimum(high, _WIDE_OPEN),
            np.stack(
                [
                    np.where(settled_here, _FIXED_DEAR, dear),
                    np.where(dear > 0, HIDDEN_DEAR, 0.0),
                    _pick(room_dear, pick),
                ]
            ),
            _pick(most, pick),
            flow,
        )
        steps[pick] = flow.T
        done[pick] = True

    def _take_away(self, table: Table) -> None:
        """Those whom a measure missed are those it is asked of, less those who meet it."""
        met, missed, of = get_rows(self._view, table)
        if met is not None and missed is not None and of is not None:
            self.steps[missed] = np.where(self._done[of], self.steps[of] - self.steps[met], 0)


def _pick(values: npt.NDArray[Kind], pick: tuple[npt.NDArray[np.intp], ...]) -> npt.NDArray[Kind]:
    """[cells, months] of these cells and months, as [months, cells]."""
    return np.ascontiguousarray(values[pick].T)


def _draw(low: Integers, high: Integers, least: Integers, most: Integers) -> None:
    """Draw ranges closer, in place, where they have something in common with others."""
    closer, lower = np.maximum(low, least), np.minimum(high, most)
    fits = closer <= lower
    low[...], high[...] = np.where(fits, closer, low), np.where(fits, lower, high)
