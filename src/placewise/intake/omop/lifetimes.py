"""The people of a load as arrays: a row belongs to somebody's shard if its day lies within that person's life."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.timeline.compiled import compiled

Integers = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Shards = npt.NDArray[np.int16]

NO_SHARD = -1
_FREE = -1
_GOLDEN = 0x9E3779B97F4A7C15
"""2**64 over the golden ratio: multiplied by it, numbers that lie together end far apart (Knuth 6.4)."""
_LAST_DAY = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """person_id, shard, born and died (days since 1970) of everybody kept; slots: a table of open addressing."""

    person_id: Integers
    shard: Shards
    born: Days
    died: Days
    slots: npt.NDArray[np.int32]

    def find_shards(self, person_id: Integers, day: Days, *, until_death: bool) -> Shards:
        """The shard of each row; NO_SHARD for one of nobody, before birth or, if `until_death`, after death."""
        died = self.died if until_death else np.full_like(self.died, _LAST_DAY)
        shard = np.empty(len(person_id), np.int16)
        _find_shards(person_id, day, self.person_id, self.shard, self.born, died, self.slots, shard)
        return shard


def build_lifetimes(people: pa.Table) -> Lifetimes:
    """people: person_id (distinct), shard, born, and died, null for the living."""
    person_id = people["person_id"].to_numpy()
    slots = np.full(1 << int(2 * len(person_id) + 1).bit_length(), _FREE, np.int32)
    _fill(person_id, slots)
    return Lifetimes(
        person_id=person_id,
        shard=people["shard"].to_numpy(),
        born=people["born"].cast(pa.int32()).to_numpy(),
        died=people["died"].cast(pa.int32()).fill_null(_LAST_DAY).to_numpy(),
        slots=slots,
    )


@compiled
def _fill(person_id: Integers, slots: npt.NDArray[np.int32]) -> None:
    last = len(slots) - 1
    for place in range(len(person_id)):
        mixed = np.uint64(person_id[place]) * np.uint64(_GOLDEN)
        slot = np.int64(mixed >> np.uint64(32)) & last
        while slots[slot] != _FREE:
            slot = (slot + 1) & last
        slots[slot] = place


@compiled
def _find_shards(
    person: Integers,
    day: Days,
    person_id: Integers,
    shard: Shards,
    born: Days,
    died: Days,
    slots: npt.NDArray[np.int32],
    found: Shards,
) -> None:
    last = len(slots) - 1
    for i in range(len(person)):
        mixed = np.uint64(person[i]) * np.uint64(_GOLDEN)
        slot = np.int64(mixed >> np.uint64(32)) & last
        place = slots[slot]
        while place != _FREE and person_id[place] != person[i]:
            slot = (slot + 1) & last
            place = slots[slot]
        lived = place != _FREE and born[place] <= day[i] <= died[place]
        found[i] = shard[place] if lived else NO_SHARD
