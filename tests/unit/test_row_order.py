"""The rows of a shard in order: as if they were compared one with another."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placewise.intake.omop.sorting import sort_rows

KEYS = ["person_id", "date", "concept_id"]
ROW = st.tuples(
    st.integers(1, 4) | st.integers(1, 2**62), st.integers(0, 3), st.integers(0, 5), st.none() | st.floats(0, 2)
)


def to_table(rows: list[tuple[int, int, int, float | None]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([], [], [], [])
    types = (pa.int64(), pa.int32(), pa.int32(), pa.float64())
    arrays = [pa.array(list(each), kind) for each, kind in zip(columns, types, strict=True)]
    return pa.table(arrays, names=[*KEYS, "value"])


def in_order(rows: list[tuple[int, int, int, float | None]]) -> list[tuple[int, int, int, float | None]]:
    """Nulls last."""
    return sorted(rows, key=lambda row: (row[:3], row[3] is None, row[3] or 0))


@settings(deadline=None)
@given(st.lists(ROW, max_size=30))
def test_rows_are_sorted_and_equal_neighbours_marked(rows: list[tuple[int, int, int, float | None]]) -> None:
    table = to_table(rows)
    found = sort_rows(table, KEYS, table.column_names)
    expected = in_order(rows)
    assert [tuple(row.values()) for row in found.rows.to_pylist()] == expected
    assert found.alike.tolist() == [expected.count(row) > 1 for row in expected]


@pytest.mark.parametrize("events", [90, 500])
def test_a_day_with_many_events_is_sorted_too(events: int) -> None:
    rng = np.random.default_rng(1)
    rows = [(person, 7, int(code), None) for person in (2, 1) for code in rng.integers(0, 50, events)]
    table = to_table(rows)
    found = sort_rows(table, KEYS, table.column_names)
    assert [tuple(row.values()) for row in found.rows.to_pylist()] == in_order(rows)
    assert found.alike.sum() == sum(rows.count(row) > 1 for row in rows)
