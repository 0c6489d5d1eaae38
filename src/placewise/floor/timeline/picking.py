"""Which rows of a table each code list asks for, and whose they are: one pass for all lists of all programmes."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled

Integers = npt.NDArray[np.int64]
Positions = npt.NDArray[np.int32]

Kind = TypeVar("Kind", bound=np.generic)

NOBODY = -1
_FREE = -1
_SPREAD = 2654435769
"""2**32 over the golden ratio: multiplied by it, numbers that lie together end far apart (Knuth 6.4)."""


def pick_rows(concept: npt.NDArray[np.int32], lists: Sequence[Sequence[int]]) -> list[Positions]:
    """For each list of concepts, the positions of the rows that name one of them, in their order."""
    wanted = np.unique(np.concatenate([np.asarray(each, np.int32) for each in lists]))
    slots = _hash(wanted)
    place = np.empty(len(concept), np.int16)
    counts = np.zeros(len(wanted) + 1, np.int64)
    _find_places(concept, wanted, slots, place, counts)
    asks = np.array([np.isin(wanted, each) for each in lists])
    of_list, first = np.nonzero(asks.T)[1], np.concatenate([[0], np.cumsum(asks.sum(axis=0))])
    ends = np.cumsum(asks @ counts[:-1])
    picked = np.empty(ends[-1], np.int32)
    _fill(place, first, of_list, np.concatenate([[0], ends[:-1]]), picked)
    return np.split(picked, ends[:-1])


@compiled
def take(values: npt.NDArray[Kind], chosen: Positions) -> npt.NDArray[Kind]:
    """values[chosen], without making the positions wider first as NumPy does."""
    taken = np.empty(len(chosen), values.dtype)
    for i in range(len(chosen)):
        taken[i] = values[chosen[i]]
    return taken


def find_people(people: Integers, person_id: Integers) -> tuple[Positions, int]:
    """Where in person_id, which is sorted, each of `people` is, and the first position at which the two do not agree:
    NOBODY's where everyone is known and people are sorted too."""
    row = np.empty(len(people), np.int32)
    return row, _find_people(people, person_id, row)


@compiled
def is_sorted(row: Positions, day: Positions) -> bool:
    """Whether the days of each row, which are sorted, never go back."""
    sorted_ = True
    for i in range(1, len(row)):
        sorted_ &= row[i] != row[i - 1] or day[i] >= day[i - 1]
    return sorted_


@compiled
def _find_people(people: Integers, person_id: Integers, row: Positions) -> int:
    at = 0
    for i in range(len(people)):
        while at < len(person_id) and person_id[at] < people[i]:
            at += 1
        if at == len(person_id) or person_id[at] != people[i]:
            return i
        row[i] = at
    return NOBODY


def _hash(wanted: npt.NDArray[np.int32]) -> npt.NDArray[np.int16]:
    """A table of open addressing: the place in `wanted` of the concept that belongs in each slot, or _FREE."""
    size = 1 << int(8 * len(wanted)).bit_length()
    slots = np.full(size, _FREE, np.int16)
    for place, concept in enumerate(wanted.tolist()):
        slot = (concept * _SPREAD >> 8) & (size - 1)
        while slots[slot] != _FREE:
            slot = (slot + 1) & (size - 1)
        slots[slot] = place
    return slots


@compiled
def _find_places(
    concept: npt.NDArray[np.int32],
    wanted: npt.NDArray[np.int32],
    slots: npt.NDArray[np.int16],
    place: npt.NDArray[np.int16],
    counts: Integers,
) -> None:
    """The place in `wanted` of each concept, or the last of counts, which counts them."""
    last = len(slots) - 1
    for i in range(len(concept)):
        slot = (np.int64(concept[i]) * _SPREAD >> 8) & last
        found = slots[slot]
        while found != _FREE and wanted[found] != concept[i]:
            slot = (slot + 1) & last
            found = slots[slot]
        place[i] = found
        counts[found] += 1


@compiled
def _fill(place: npt.NDArray[np.int16], first: Integers, of_list: Integers, begin: Integers, picked: Positions) -> None:
    at = begin.copy()
    for i in range(len(place)):
        found = place[i]
        if found != _FREE:
            for k in range(first[found], first[found + 1]):
                picked[at[of_list[k]]] = i
                at[of_list[k]] += 1
