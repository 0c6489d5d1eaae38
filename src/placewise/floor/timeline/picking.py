"""The events of each code list out of a table: one pass for all lists of all programmes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled

Integers = npt.NDArray[np.int64]
Narrow = npt.NDArray[np.int32]
Kind = TypeVar("Kind", bound=np.generic)

_FREE = -1
_SPREAD = 2654435769
"""2**32 over the golden ratio: multiplied by it, numbers that lie together end far apart (Knuth 6.4)."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The events of one list, in the order of the table: the person's row, the day, and where in the table each is."""

    row: Narrow
    day: Narrow
    position: Narrow


def pick_events(
    person_id: Integers, person: Integers, day: Narrow, concept: Narrow, lists: Sequence[Sequence[int]]
) -> list[Picked]:
    """The events of each list of concepts.

    person_id: everybody, sorted; person, day, concept: of each event, sorted by person and day. Raises ValueError where
    they are not, or where an event's person is not in person_id.
    """
    wanted = np.unique(np.concatenate([np.asarray(each, np.int32) for each in lists]))
    place, counts = np.empty(len(concept), np.int16), np.zeros(len(wanted) + 1, np.int64)
    _find_places(concept, wanted, _hash(wanted), place, counts)
    asks = np.array([np.isin(wanted, each) for each in lists])
    of_list, first = np.nonzero(asks.T)[1], np.concatenate([[0], np.cumsum(asks.sum(axis=0))])
    ends = np.cumsum(asks @ counts[:-1])
    picked = [np.empty(ends[-1], np.int32) for _ in range(3)]
    begins = np.concatenate([[0], ends[:-1]])
    if not _pick(person_id, person, day, place, first, of_list, begins, *picked):
        raise ValueError("it is not sorted by person and date, or holds a person who is not in person.parquet")
    return [Picked(*columns) for columns in zip(*(np.split(each, ends[:-1]) for each in picked), strict=True)]


@compiled
def take(values: npt.NDArray[Kind], chosen: Narrow) -> npt.NDArray[Kind]:
    """values[chosen], without making the positions wider first as NumPy does."""
    taken = np.empty(len(chosen), values.dtype)
    for i in range(len(chosen)):
        taken[i] = values[chosen[i]]
    return taken


def _hash(wanted: Narrow) -> npt.NDArray[np.int16]:
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
    concept: Narrow,
    wanted: Narrow,
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
def _pick(
    person_id: Integers,
    person: Integers,
    day: Narrow,
    place: npt.NDArray[np.int16],
    first: Integers,
    of_list: Integers,
    begins: Integers,
    picked_row: Narrow,
    picked_day: Narrow,
    picked_position: Narrow,
) -> bool:
    """Fill in the events of each list, those of list k from begins[k] on; False if the table is not as it must be."""
    row, ends = 0, begins.copy()
    for i in range(len(place)):
        while row < len(person_id) and person_id[row] < person[i]:
            row += 1
        if row == len(person_id) or person_id[row] != person[i]:
            return False
        if i > 0 and person[i] == person[i - 1] and day[i] < day[i - 1]:
            return False
        found = place[i]
        if found != _FREE:
            for k in range(first[found], first[found + 1]):
                end = ends[of_list[k]]
                picked_row[end], picked_day[end], picked_position[end] = row, day[i], i
                ends[of_list[k]] = end + 1
    return True
