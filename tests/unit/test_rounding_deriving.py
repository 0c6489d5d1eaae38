"""What follows from the counts that are known: a whole from all its parts, a part from the whole and all others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from placewise.publishing.attack.sums import Sums, build_sums
from placewise.publishing.rounding.deriving import derive

UNKNOWN = np.nan


def _derived(*rows: list[float], sums: list[list[tuple[int, list[int]]]]) -> list[list[float]]:
    """rows: of each count, its months; sums: kinds of sums, each of wholes with their parts."""
    counts = np.array(rows, dtype=np.float64)
    derive(counts, [build_sums(each) for each in sums])
    return counts.tolist()


def test_a_whole_follows_from_its_parts_and_the_last_part_from_its_whole() -> None:
    """Three counts, of which the first is the other two together, in three months."""
    found = _derived([UNKNOWN, 10, 10], [4, UNKNOWN, 4], [3, 7, 6], sums=[[(0, [1, 2])]])
    assert found == [[7, 10, 10], [4, 3, 4], [3, 7, 6]]


def test_of_two_that_are_not_known_nothing_follows() -> None:
    found = np.array(_derived([10.0], [UNKNOWN], [UNKNOWN], sums=[[(0, [1, 2])]]))
    assert np.isnan(found[1:]).all()


def test_what_follows_of_one_sum_tells_of_the_next() -> None:
    """A place (0) of two networks (1 and 2), of which the second has two practices (3 and 4): known are the place,
    the first network and one practice. And of the other practice (4) men are known, so that women (6) are the rest."""
    areas, sexes = [(0, [1, 2]), (2, [3, 4])], [(4, [5, 6])]
    found = _derived(
        [100], [40], [UNKNOWN], [25], [UNKNOWN], [15], [UNKNOWN], sums=[sexes, areas]
    )  # fmt: skip
    assert found == [[100], [40], [60], [25], [35], [15], [20]]


@given(data=st.data())
def test_whatever_is_left_out_comes_back_right_or_not_at_all(data: st.DataObject) -> None:
    """Whole, two halves of it and two quarters of each, with any of the counts left out in any of the months."""
    sums = [[(0, [1, 2])], [(1, [3, 4]), (2, [5, 6])], [(0, [3, 4, 5, 6])]]
    months = data.draw(st.integers(1, 5))
    count = st.lists(st.integers(0, 1000), min_size=months, max_size=months)
    quarters = np.array([data.draw(count) for _ in range(4)], dtype=np.float64)
    halves = quarters.reshape(2, 2, months).sum(axis=1)
    whole = np.vstack([halves.sum(axis=0), halves, quarters])
    lacking = np.array(
        data.draw(st.lists(st.lists(st.booleans(), min_size=months, max_size=months), min_size=7, max_size=7))
    )
    found = np.where(lacking, UNKNOWN, whole)
    relations = [build_sums(each) for each in sums]
    derive(found, relations)
    told = ~np.isnan(found)
    assert (found[told] == whole[told]).all()
    assert told[~lacking].all(), "what was known still is"
    assert not any(_tells(each, told).any() for each in relations), "nothing more follows"


def _tells(sums: Sums, told: np.ndarray) -> np.ndarray:
    """Whether exactly one of a sum's counts is not known: bool[sums, months]."""
    return np.add.reduceat(~told[sums.parts], sums.starts, axis=0, dtype=int) + ~told[sums.whole] == 1
