"""Blocks of a few counts and sums: what is solved exactly is what trying every table finds."""

from itertools import product

import numpy as np
import pytest

from placewise.publishing.protection.exact import CountBounds, find_impossible, iter_blocks

COUNTS, MOST, LIMIT = 4, 9, 8


@pytest.mark.parametrize("seed", range(25))
def test_what_no_table_allows_is_impossible(seed: int) -> None:
    """Three parts and their whole, a second sum of two of them, and bounds as an attacker may know them."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(1, 4, 3)
    sums = _lay_out([((0, 1, 2), 3), (tuple(chance.choice(3, 2, replace=False).tolist()), 4)])
    counts = np.array([*truth, truth.sum(), truth[list(sums[1][3:5])].sum()])
    lower = np.maximum(counts - chance.integers(0, 4, 5), 0)
    upper = np.minimum(counts + chance.integers(0, 9, 5), MOST)
    apart = np.array([False, False, False, False, bool(counts[4] == 0 or counts[4] >= LIMIT)])
    bounds = CountBounds(lower, upper, apart, np.zeros(5, np.int64), np.full(5, 1 << 40))
    asked = np.array([True, True, True, False, False])
    (block,) = iter_blocks(sums, asked, asked)
    found = find_impossible(sums, block, bounds, asked, LIMIT)
    tables = [table for table in product(*(range(MOST + 1),) * 3) if _fits(np.array(table), sums, bounds)]
    for count in range(3):
        values = {table[count] for table in tables}
        assert found[count] == (not {1, LIMIT - 1} <= values)


def test_a_block_reaches_over_counts_that_nobody_shows_and_no_further() -> None:
    sums = _lay_out([((0, 1), 2), ((3, 4), 5), ((2, 5), 6)])
    unknown = np.array([True, True, False, True, True, True, False])
    blocks = list(iter_blocks(sums, unknown, unknown))
    assert [np.flatnonzero(each.hidden).tolist() for each in blocks] == [[0, 1], [3, 4, 5]]
    assert [np.flatnonzero(each.beside).tolist() for each in blocks] == [[0, 1, 2], [2, 3, 4, 5, 6]]
    assert [each.sums.tolist() for each in blocks] == [[0], [1, 2]]


def _fits(parts: np.ndarray, sums: tuple, bounds: CountBounds) -> bool:
    counts = np.array([*parts, parts.sum(), parts[list(sums[1][3:5])].sum()])
    torn = bounds.apart & (counts > 0) & (counts < LIMIT)
    return bool(((counts >= bounds.lower) & (counts <= bounds.upper) & ~torn).all())


def _lay_out(rows: list[tuple[tuple[int, ...], int]]) -> tuple:
    """As in protection/problem.py, without what finds the sums of a count."""
    starts = np.cumsum([0, *(len(parts) for parts, _ in rows)]).astype(np.int32)
    parts = np.array([part for each, _ in rows for part in each], np.int32)
    return starts, parts, np.array([whole for _, whole in rows], np.int32), starts, parts
