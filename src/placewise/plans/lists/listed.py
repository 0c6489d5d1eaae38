"""Who is to be on a list, by load: asked of everybody to make the lists, and of those who are counted to check them."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.encoding import encode
from placewise.floor.timeline.window import Words
from placewise.measures.contract import PersonFlags
from placewise.plans.lists.plan import ListPlan
from placewise.plans.lists.recorded import Rows
from placewise.population.contract import Population, ShardPopulation

LISTED = pa.schema(
    [
        pa.field("list", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("practice", pa.int32(), nullable=False),  # index into Population.practices
        pa.field("person_id", pa.int64(), nullable=False),
    ]
)


def find_listed(
    plan: ListPlan, placed: ShardPopulation, flags: PersonFlags, last_bit: np.uint64
) -> tuple[Rows, npt.NDArray[np.int32]]:
    """The rows of placed.person_id of those on a list, and each one's practice, where they are on the last day."""
    eligible, counted = flags.denominator[plan.measure], flags.numerator[plan.measure]
    return _place(eligible & (counted if plan.counted else ~counted), placed, last_bit)


def find_done(
    plan: ListPlan, placed: ShardPopulation, flags: PersonFlags, last_bit: np.uint64
) -> tuple[Rows, npt.NDArray[np.int32]]:
    """As find_listed, of those who are asked about and whose record shows done what the list is for."""
    eligible, counted = flags.denominator[plan.measure], flags.numerator[plan.measure]
    return _place(eligible & (~counted if plan.counted else counted), placed, last_bit)


def _place(words: Words, placed: ShardPopulation, last_bit: np.uint64) -> tuple[Rows, npt.NDArray[np.int32]]:
    """Of the people of whom the words hold on the last day, those registered then, and where."""
    practice = np.full(len(placed.person_id), -1, np.int32)
    here = (placed.spells.word & last_bit) != 0
    practice[placed.spells.person[here]] = placed.spells.practice[here]
    rows = np.flatnonzero(((words & last_bit) != 0) & (practice >= 0)).astype(np.int32)
    return rows, practice[rows]


class CountedPeople:
    """The people whom the counts say are to be listed, gathered from what was counted of each shard of the load for
    planning, for the check of lists alone. end: the last month, as of Population."""

    def __init__(self, population: Population, plans: Iterable[ListPlan], end: int = 0) -> None:
        self._population = population
        self._plans = tuple(plans)
        self._bit = population.end_bit(end)
        self._gathered, self._gone = [LISTED.empty_table()], [LISTED.empty_table()]

    def add(self, placed: ShardPopulation, flags: PersonFlags) -> None:
        """Add one shard of the load for planning."""
        for plan in self._plans:
            rows, practice = find_listed(plan, placed, flags, self._bit)
            listed = [encode(np.zeros(len(rows), np.int32), [plan.slug]), practice, placed.person_id[rows]]
            self._gathered.append(pa.table(listed, schema=LISTED))

    def pack(self) -> pa.Table:
        """LISTED of the shards so far, to be put together elsewhere."""
        return pa.concat_tables(self._gathered).unify_dictionaries()

    def add_packed(self, packed: pa.Table, times: int = 1) -> None:
        """Add the people of other shards. times: -1 to take them off."""
        (self._gathered if times > 0 else self._gone).append(packed)

    def by_practice(self, list_slug: str) -> dict[str, npt.NDArray[np.int64]]:
        """Practice -> the person_id of each who is to be on its list."""
        both = [pa.concat_tables(each).unify_dictionaries() for each in (self._gathered, self._gone)]
        here, gone = (each.filter(pc.field("list") == list_slug) for each in both)
        people = np.concatenate([here["person_id"].to_numpy(), gone["person_id"].to_numpy()])
        practice = np.concatenate([here["practice"].to_numpy(), gone["practice"].to_numpy()])
        times = np.repeat([1, -1], [len(here), len(gone)])
        pairs, place = np.unique(np.stack([practice.astype(np.int64), people]), axis=1, return_inverse=True)
        practice, people = pairs[:, np.bincount(place, times, minlength=pairs.shape[1]) > 0]
        return {code: people[practice == index] for index, code in enumerate(self._population.practices)}
