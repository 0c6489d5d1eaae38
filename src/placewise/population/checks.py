"""What must hold of the people of a shard."""

import numpy as np

from placewise.floor.checking import Check, hold
from placewise.population.contract import Population, ShardPopulation

ROOM = "population"


def check_population(placed: ShardPopulation, population: Population) -> tuple[Check, ...]:
    """Raises FaultsFound unless every registered month of everyone is in one spell, and everyone in one segment."""
    spells = placed.spells
    months = np.zeros(len(placed.person_id), np.int64)
    np.add.at(months, spells.person, np.bitwise_count(spells.word))
    together = np.zeros_like(placed.registered)
    np.bitwise_or.at(together, spells.person, spells.word)
    bits = np.array([population.end_bit(end) for end in range(population.ends)], np.uint64)
    at_last = (placed.registered & bits[:, None]) != 0
    in_segment = (placed.segment >= 0) & (placed.segment < len(population.segments))
    return (
        hold(
            ROOM,
            "one row a person",
            bool(np.all(np.diff(placed.person_id) > 0)),
            "Nobody is there twice.",
        ),
        hold(
            ROOM,
            "each month of a person counts once",
            bool(np.all(together == placed.registered) and np.all(months == np.bitwise_count(placed.registered))),
            "In each month, everyone registered is at one practice and one address.",
        ),
        hold(
            ROOM,
            "everyone in one segment",
            bool(np.all(in_segment == at_last)),
            "Everyone registered at the last month is in exactly one segment.",
        ),
    )
