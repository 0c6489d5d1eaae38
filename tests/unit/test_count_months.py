"""Words counted by group and month."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placewise.floor.timeline.count import count_months
from placewise.floor.timeline.window import Window

FIVE_MONTHS = Window(2024, 1, 5)


def test_each_month_counts_the_words_that_have_its_bit() -> None:
    words = np.array([0b00111, 0b11100, 0b00100, 0b10101], dtype=np.uint64)
    groups = np.array([0, 0, 1, 1])
    assert count_months(words, groups, 3, FIVE_MONTHS).tolist() == [[1, 1, 2, 1, 1], [1, 0, 2, 0, 1], [0, 0, 0, 0, 0]]


def test_a_row_of_no_group_and_bits_beyond_the_window_are_not_counted() -> None:
    words = np.array([0b00001, 0b1100001], dtype=np.uint64)
    assert count_months(words, np.array([-1, 0]), 1, FIVE_MONTHS).tolist() == [[1, 0, 0, 0, 0]]


def test_a_group_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="group 2 was given, and there are 2"):
        count_months(np.array([1], dtype=np.uint64), np.array([2]), 2, FIVE_MONTHS)


@settings(derandomize=True, database=None, deadline=None, max_examples=50)
@given(
    rows=st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(-1, 3)), max_size=20),
    months=st.sampled_from([1, 12, 60, 64]),
)
def test_it_agrees_with_counting_bit_by_bit(rows: list[tuple[int, int]], months: int) -> None:
    words = np.array([word for word, _ in rows], dtype=np.uint64)
    groups = np.array([group for _, group in rows], dtype=np.int64)
    slow = [[sum(word >> month & 1 for word, g in rows if g == group) for month in range(months)] for group in range(4)]
    assert count_months(words, groups, 4, Window(2020, 1, months)).tolist() == slow
