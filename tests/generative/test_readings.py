"""A word that leaves of a practice rests on rounded figures alone, and holds however they are read."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placewise.gaps.readings import read_rounded
from placewise.gaps.trend import get_change_scores
from placewise.gaps.variation import find_outliers

STEP = 5
seeds = st.integers(0, 2**32 - 1)


def draw(seed: int, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    people = rng.integers(8, 900, shape).astype(float)
    return rng.binomial(people.astype(int), rng.uniform(0.2, 0.9)).astype(float), people


def read_another_way(seed: int, counts: np.ndarray) -> np.ndarray:
    """Other counts between the same multiples."""
    below = np.floor(counts / STEP) * STEP
    between = below + np.random.default_rng(seed).integers(1, STEP, counts.shape)
    return np.where(counts % STEP == 0, counts, between)


@settings(max_examples=60, deadline=None)
@given(seeds, st.booleans())
def test_counts_that_look_the_same_are_read_the_same_and_the_exact_share_lies_within(seed: int, higher: bool) -> None:
    met, of = draw(seed, (200,))
    read = read_rounded(met, of, STEP, higher_is_better=higher)
    again = read_rounded(read_another_way(seed, met), read_another_way(seed + 1, of), STEP, higher_is_better=higher)
    for each in ("good_least", "of_least", "good_most", "of_most"):
        np.testing.assert_array_equal(getattr(read, each), getattr(again, each))
    share = (met if higher else of - met) / of
    assert (read.good_least / read.of_least <= share + 1e-12).all()
    assert (read.good_most / read.of_most >= share - 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_change_that_is_told_goes_the_same_way_exactly(seed: int) -> None:
    met, of = draw(seed, (2, 30, 48))
    exact = get_change_scores(read_rounded(met, of, 1, higher_is_better=True))
    careful = get_change_scores(read_rounded(met, of, STEP, higher_is_better=True))
    assert (np.abs(careful) <= np.abs(exact) + 0.05 * np.abs(exact) + 1e-9).all()
    assert (careful * exact >= 0).all()


@pytest.mark.parametrize("higher", [True, False])
def test_a_step_of_one_reads_exactly(higher: bool) -> None:
    met, of = draw(1, (50,))
    read = read_rounded(met, of, 1, higher_is_better=higher)
    good = met if higher else of - met
    for each, expected in (("good_least", good), ("good_most", good), ("of_least", of), ("of_most", of)):
        np.testing.assert_array_equal(getattr(read, each), expected)
    blank = read_rounded(np.array([np.nan]), np.array([np.nan]), STEP, higher_is_better=higher)
    assert np.isnan(blank.good_least).all() and np.isnan(blank.of_most).all()


def test_outliers_told_are_outliers_exactly() -> None:
    met, of = draw(3, (4, 120))
    met[:, :6] = np.rint(met[:, :6] * 0.5)
    exact = find_outliers(read_rounded(met, of, 1, higher_is_better=True))
    careful = find_outliers(read_rounded(met, of, STEP, higher_is_better=True))
    assert exact.exact.any()
    assert not (careful.exact & ~exact.exact).any()
