"""The people of each shard: a row counts if its person is there and its day lies within that person's life."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.timeline.compiled import compiled

Integers = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]

_LAST_DAY = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """The people of one shard in the order of person_id; born and died: days since 1970."""

    person_id: Integers
    born: Days
    died: Days

    def find_outside(self, person_id: Integers, day: Days, *, until_death: bool) -> npt.NDArray[np.bool_]:
        """Whether each row is of nobody, before birth or, if `until_death`, after death. person_id: sorted."""
        died = self.died if until_death else np.full_like(self.died, _LAST_DAY)
        return _find_outside(person_id, day, self.person_id, self.born, died)


def split_lifetimes(people: pa.Table, shards: int) -> list[Lifetimes]:
    """Those of each shard. people: person_id (distinct), shard, born, and died, null for the living."""
    person_id, shard = people["person_id"].to_numpy(), people["shard"].to_numpy()
    born = people["born"].cast(pa.int32()).to_numpy()
    died = people["died"].cast(pa.int32()).fill_null(_LAST_DAY).to_numpy()
    order = np.lexsort((person_id, shard))
    ends = np.searchsorted(shard[order], np.arange(shards), side="right")
    return [Lifetimes(person_id[those], born[those], died[those]) for those in np.split(order, ends[:-1])]


@compiled
def _find_outside(person: Integers, day: Days, person_id: Integers, born: Days, died: Days) -> npt.NDArray[np.bool_]:
    outside, place = np.ones(len(person), np.bool_), 0
    for i in range(len(person)):
        while place < len(person_id) and person_id[place] < person[i]:
            place += 1
        if place < len(person_id) and person_id[place] == person[i]:
            outside[i] = not (born[place] <= day[i] <= died[place])
    return outside
