"""The multiples that a count may be rounded to by itself."""

import numpy as np
import pytest

from placewise.publishing.attack.view import Rule
from placewise.publishing.rounding.windows import UNBOUNDED, get_windows

RULE = Rule(suppress_below=8, round_to=5, adds_up=True)
UNKNOWN = float("nan")


def find(exact: float, shown: bool, before: int = -1) -> tuple[int, int, float]:
    """The smallest and largest multiple, and the number it should be near."""
    told = np.array([[True]])
    windows = get_windows(np.array([[exact]]), np.array([[shown]]), told, np.array([[before]]), RULE)
    return int(windows.low[0, 0]) * 5, int(windows.high[0, 0]) * 5, float(windows.aim[0, 0])


@pytest.mark.parametrize(
    ("exact", "between"),
    [(0, (0, 0)), (8, (10, 10)), (10, (10, 10)), (12, (10, 15)), (103, (100, 105))],
)
def test_a_shown_count_is_one_of_its_neighbours_and_never_seems_small(exact: int, between: tuple[int, int]) -> None:
    assert find(exact, shown=True) == (*between, exact)


@pytest.mark.parametrize("exact", [1, 4, 7])
def test_a_small_hidden_count_is_near_the_largest_small_multiple_however_small(exact: int) -> None:
    low, high, aim = find(exact, shown=False)
    assert (high, aim) == (5, 5)
    assert low <= exact


def test_a_hidden_count_that_is_not_small_has_its_neighbours_too() -> None:
    assert find(12, shown=False) == (10, 15, 12)


def test_what_was_shown_before_stays_where_it_may() -> None:
    assert find(12, shown=True, before=15) == (10, 15, 15)
    assert find(12, shown=True, before=20) == (10, 15, 12)
    assert find(12, shown=False, before=15) == (10, 15, 12)


def test_what_nobody_knows_is_bound_by_nothing() -> None:
    windows = get_windows(
        np.array([[UNKNOWN]]), np.array([[False]]), np.array([[False]]), np.array([[-1]]), RULE
    )  # fmt: skip
    assert (windows.low.item(), windows.high.item()) == (0, UNBOUNDED)
    assert (windows.weight.item(), windows.dear.item()) == (0, 0)
