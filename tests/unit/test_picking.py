"""The events of each code list, picked out of a table in one pass."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placewise.floor.timeline.picking import pick_events

PEOPLE = np.array([11, 12, 15, 40])
LISTS = [(7,), (7, 2_000_000_001), (90,)]


def narrow(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, np.int32)


@settings(derandomize=True, database=None, deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5), st.sampled_from([7, 8, 2_000_000_001])), max_size=30))
def test_each_list_has_its_events_in_their_order(rows: list[tuple[int, int, int]]) -> None:
    rows.sort()
    person, day, concept = ([row[column] for row in rows] for column in range(3))
    picked = pick_events(PEOPLE, PEOPLE[np.array(person, int)], narrow(day), narrow(concept), LISTS)
    for events, concepts in zip(picked, LISTS, strict=True):
        there = [position for position, each in enumerate(concept) if each in concepts]
        assert events.position.tolist() == there
        assert events.row.tolist() == [person[position] for position in there]
        assert events.day.tolist() == [day[position] for position in there]


@pytest.mark.parametrize(
    ("person", "day"),
    [([12, 11], [1, 2]), ([11, 11], [2, 1]), ([11, 13], [1, 1]), ([15, 41], [1, 1])],
    ids=["people out of order", "days out of order", "nobody known", "nobody known, the last"],
)
def test_a_table_that_is_not_as_intake_left_it_is_refused(person: list[int], day: list[int]) -> None:
    with pytest.raises(ValueError, match=r"not sorted .*, or holds a person who is not in person\.parquet"):
        pick_events(PEOPLE, np.array(person), narrow(day), narrow([8, 8]), LISTS)
