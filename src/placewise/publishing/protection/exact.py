"""Whether a hidden count can be any small number, answered exactly: whole numbers on one block of counts, by HiGHS.

Asked only about blocks that bounds leave in doubt, since it takes a thousand times as long.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, diags_array, hstack, vstack

from placewise.publishing.attack.sums import UNBOUNDED
from placewise.publishing.protection.problem import Index, Wide

Sums = tuple[Index, Index, Index, Index, Index]
Mask = npt.NDArray[np.bool_]

_MOST_NODES = 10_000
"""Of the tree searched for one question; one that is not answered by then stays in doubt. A limit of work and not of
time, so that a slow machine makes the same release as a fast one."""


@dataclass(frozen=True, slots=True)
class Block:
    """Hidden counts that sums bind together, and the sums that touch them. All masks over the counts of a month.

    hidden: the counts; beside: those that stand in the same sums, themselves among them; sums: which.
    """

    hidden: Mask
    beside: Mask
    sums: npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class CountBounds:
    """What is known of counts: int64[n] each. apart: nought or not small; told: what official figures tell alone."""

    lower: Wide
    upper: Wide
    apart: Mask
    told_lower: Wide
    told_upper: Wide

    def at(self, places: npt.NDArray[np.intp]) -> "CountBounds":
        lower, upper, told_lower, told_upper = (
            each[places] for each in (self.lower, self.upper, self.told_lower, self.told_upper)
        )
        return CountBounds(lower, upper, self.apart[places], told_lower, told_upper)


@dataclass(frozen=True, slots=True)
class _Programme:
    """The sums of a block and the bounds of its variables: its counts, then their switches."""

    sums: LinearConstraint
    lower: npt.NDArray[np.float64]
    upper: npt.NDArray[np.float64]


def iter_blocks(sums: Sums, unknown: Mask, start: Mask) -> Iterator[Block]:
    """The blocks of the counts to start from. unknown: the counts that no cell shows; over others no block reaches."""
    left = start.copy()
    while left.any():
        inside = np.zeros(len(unknown), bool)
        inside[np.flatnonzero(left)[0]] = True
        while True:
            members, touching = _find_touching(sums, inside)
            reached = inside | (members & unknown)
            if np.array_equal(reached, inside):
                break
            inside = reached
        left &= ~inside
        yield Block(inside, members | inside, touching)


def find_impossible(sums: Sums, block: Block, bounds: CountBounds, asked: Mask, limit: int) -> Mask:
    """The counts asked about that cannot be both 1 and the largest small number, but for what official figures tell."""
    places = np.flatnonzero(block.beside)
    programme = _write_programme(_to_matrix(sums, block.sums, len(asked))[:, places], bounds.at(places), limit)
    impossible = np.zeros(len(asked), bool)
    for place in np.flatnonzero(asked[places]):
        count = places[place]
        ends = {max(1, int(bounds.told_lower[count])), min(limit - 1, int(bounds.told_upper[count]))}
        impossible[count] = not all(_is_possible(programme, int(place), value) for value in ends)
    return impossible


def _write_programme(matrix: csr_array, bounds: CountBounds, limit: int) -> _Programme:
    """matrix @ counts == 0. A count that is nought or not small has a switch: limit * on <= count <= upper * on."""
    switched = np.flatnonzero(bounds.apart & (bounds.lower <= 0) & (bounds.upper >= limit))
    switches = np.arange(len(switched))
    pick = csr_array((np.ones(len(switched)), (switches, switched)), shape=(len(switched), matrix.shape[1]))
    least = diags_array(np.full(len(switched), -float(limit)))
    most = diags_array(-bounds.upper[switched].astype(float))
    rows = [hstack([matrix, csr_array((matrix.shape[0], len(switched)))])]
    rows += [hstack([pick, least]), hstack([pick, most])] if len(switched) else []
    none, some = np.zeros(matrix.shape[0]), np.zeros(len(switched))
    unbounded = np.full(len(switched), np.inf)
    return _Programme(
        LinearConstraint(
            vstack(rows), np.concatenate([none, some, -unbounded]), np.concatenate([none, unbounded, some])
        ),
        np.concatenate([bounds.lower, some]).astype(float),
        np.concatenate([np.where(bounds.upper >= UNBOUNDED, np.inf, bounds.upper), some + 1]),
    )


def _is_possible(programme: _Programme, place: int, value: int) -> bool:
    """Whether there are whole numbers for all counts with this one at a value; where the search is given up, no."""
    if not programme.lower[place] <= value <= programme.upper[place]:
        return False
    if programme.sums.A.shape[0] == 0:
        return True
    lower, upper = programme.lower.copy(), programme.upper.copy()
    lower[place] = upper[place] = value
    size = len(lower)
    found = milp(
        np.zeros(size),
        integrality=np.ones(size),
        bounds=Bounds(lower, upper),
        constraints=programme.sums,
        options={"node_limit": _MOST_NODES},
    )
    return found.x is not None


def _find_touching(sums: Sums, inside: Mask) -> tuple[Mask, npt.NDArray[np.intp]]:
    """All counts of the sums that a count inside is part or whole of; and which sums these are."""
    starts, parts, whole, _, _ = sums
    of = np.repeat(np.arange(len(whole)), np.diff(starts))
    touched = inside[whole].copy()
    np.logical_or.at(touched, of, inside[parts])
    members = np.zeros(len(inside), bool)
    members[whole[touched]] = True
    members[parts[touched[of]]] = True
    return members, np.flatnonzero(touched)


def _to_matrix(sums: Sums, chosen: npt.NDArray[np.intp], counts: int) -> csr_array:
    """A row a sum: 1 for each part and -1 for the whole."""
    starts, parts, whole, _, _ = sums
    rows = [np.arange(starts[each], starts[each + 1]) for each in chosen]
    sizes = [len(each) for each in rows]
    columns = np.concatenate([parts[np.concatenate(rows)], whole[chosen]]) if rows else np.zeros(0, np.intp)
    at = np.concatenate([np.repeat(np.arange(len(chosen)), sizes), np.arange(len(chosen))])
    values = np.repeat([1.0, -1.0], [sum(sizes), len(chosen)])
    return csr_array((values, (at, columns)), shape=(len(chosen), counts))
