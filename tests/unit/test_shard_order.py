"""The rows of a shard: their order, those that look alike, and those that lie outside a person's life."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from placewise.intake.omop.lifetimes import split_lifetimes
from placewise.intake.omop.sorting import sort_rows

PERSON = st.sampled_from([-(2**63), -5, 7, 2**40, 2**63 - 1])
ROW = st.tuples(PERSON, st.integers(-40_000, 40_000), st.sampled_from([3, 2_000_000_001]), st.sampled_from([None, 1.5]))
NAMES = ["person_id", "date", "concept_id", "value"]
KEYS = NAMES[:3]
TYPES = [pa.int64(), pa.int32(), pa.int32(), pa.float64()]


def build_rows(rows: list[tuple[int, int, int, float | None]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in NAMES)
    return pa.table({n: pa.array(list(c), t) for n, c, t in zip(NAMES, columns, TYPES, strict=True)})


@settings(derandomize=True, database=None, deadline=None, max_examples=100)
@given(st.lists(ROW, max_size=40).flatmap(lambda rows: st.permutations(rows + rows[:5])))
def test_rows_are_sorted_by_every_column_and_told_where_they_are_alike(
    rows: list[tuple[int, int, int, float | None]],
) -> None:
    found = sort_rows(build_rows(rows), KEYS, NAMES)
    in_order = [rows[position] for position in found.order]
    assert [tuple(row.values()) for row in found.rows.to_pylist()] == in_order
    assert in_order == sorted(rows, key=lambda row: (*row[:3], row[3] is None))
    assert sorted(found.order.tolist()) == list(range(len(rows)))
    assert found.alike.tolist() == [rows.count(row) > 1 for row in in_order]


def test_rows_that_stand_in_order_stay_as_they_are() -> None:
    rows = build_rows([(1, 5, 3, 2.0), (1, 5, 4, None), (2, -1, 3, 1.0)])
    found = sort_rows(rows, KEYS, NAMES)
    assert found.order.tolist() == [0, 1, 2]
    assert not found.alike.any()


def test_a_row_of_nobody_before_birth_or_after_death_lies_outside() -> None:
    people = pa.table(
        {
            "person_id": [40, 11, 12],
            "shard": pa.array([0, 1, 0], pa.int16()),
            "born": pa.array([100, 0, 10], pa.date32()),
            "died": pa.array([None, 5, 20], pa.date32()),
        }
    )
    first, second = split_lifetimes(people, 2)
    person = np.array([11, 12, 12, 12, 12, 40, 40, 41])
    day = np.array([1, 9, 10, 20, 21, 99, 10_000, 1], np.int32)
    outside = [True, True, False, False, True, True, False, True]
    assert first.find_outside(person, day, until_death=True).tolist() == outside
    assert not first.find_outside(person[4:5], day[4:5], until_death=False).any()
    assert second.person_id.tolist() == [11]
