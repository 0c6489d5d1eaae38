"""Tenths and fifths of areas by rank."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise.floor.statistics.quantile import get_quantile_groups


def test_ten_areas_in_fifths() -> None:
    assert get_quantile_groups(np.arange(10), 5, highest_first=False).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert get_quantile_groups(np.arange(10), 5).tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]


def test_equal_values_share_the_lowest_rank() -> None:
    """The ranks are 1, 1, 1 and 4: 5 - ceil((5 - 1) x 4 / 4) = 1 for three of them, and 4 for the last."""
    assert get_quantile_groups([7, 7, 7, 9], 4, highest_first=False).tolist() == [1, 1, 1, 4]


def test_areas_are_ranked_among_their_own() -> None:
    found = get_quantile_groups([1, 2, 10, 20, 5], 2, ["north", "north", "south", "south", "east"], highest_first=False)
    np.testing.assert_array_equal(found, [1, 2, 1, 2, np.nan])


def test_an_area_without_a_value_has_none_and_is_not_counted() -> None:
    np.testing.assert_array_equal(get_quantile_groups([3, np.nan, 1], 2), [1, np.nan, 2])


def test_no_areas_and_no_groups() -> None:
    assert get_quantile_groups([], 10).size == 0
    with pytest.raises(ValueError, match="0 groups"):
        get_quantile_groups([1, 2], 0)


@given(st.integers(1, 12), st.integers(1, 200))
def test_groups_of_different_values_differ_by_one_area_at_most(groups: int, areas: int) -> None:
    found = get_quantile_groups(np.random.default_rng(areas).permutation(areas), groups)
    if areas < groups:
        assert np.isnan(found).all()
        return
    sizes = np.bincount(found.astype(int), minlength=groups + 1)[1:]
    assert sizes.sum() == areas and sizes.max() - sizes.min() <= 1
