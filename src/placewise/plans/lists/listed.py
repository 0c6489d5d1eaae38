"""Who is to be on a list, by load: asked of everybody to make the lists, and of those who are counted to check them."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from placewise.measures.contract import PersonFlags
from placewise.plans.lists.plan import ListPlan
from placewise.plans.lists.recorded import Rows
from placewise.population.contract import Population, ShardPopulation


def find_listed(
    plan: ListPlan, placed: ShardPopulation, flags: PersonFlags, last_bit: np.uint64
) -> tuple[Rows, npt.NDArray[np.int32]]:
    """The rows of placed.person_id of those on a list, and each one's practice, where they are on the last day."""
    practice = np.full(len(placed.person_id), -1, np.int32)
    here = (placed.spells.word & last_bit) != 0
    practice[placed.spells.person[here]] = placed.spells.practice[here]
    eligible, counted = flags.denominator[plan.measure], flags.numerator[plan.measure]
    listed = eligible & (counted if plan.counted else ~counted) & last_bit
    rows = np.flatnonzero((listed != 0) & (practice >= 0)).astype(np.int32)
    return rows, practice[rows]


class CountedPeople:
    """The people whom the counts say are to be listed, gathered shard by shard while counts are made of the load for
    planning. They are kept in memory only, for the check of one build."""

    def __init__(self, population: Population, plans: Iterable[ListPlan]) -> None:
        self._population = population
        self._plans = tuple(plans)
        self._people: dict[str, list[npt.NDArray[np.int64]]] = {plan.slug: [] for plan in self._plans}
        self._practice: dict[str, list[npt.NDArray[np.int32]]] = {plan.slug: [] for plan in self._plans}

    def add(self, placed: ShardPopulation, flags: PersonFlags) -> None:
        """Add one shard of the load for planning."""
        for plan in self._plans:
            rows, practice = find_listed(plan, placed, flags, self._population.window.last_bit)
            self._people[plan.slug].append(placed.person_id[rows])
            self._practice[plan.slug].append(practice)

    def by_practice(self, list_slug: str) -> dict[str, npt.NDArray[np.int64]]:
        """Practice -> the person_id of each who is to be on its list."""
        people = np.concatenate([*self._people[list_slug], np.zeros(0, np.int64)])
        practice = np.concatenate([*self._practice[list_slug], np.zeros(0, np.int32)])
        return {code: people[practice == index] for index, code in enumerate(self._population.practices)}
