"""Coding drives stand out of a practice's own months, and chance alone is rarely taken for one."""

import math

import numpy as np
import pytest

from placewise.floor.statistics.surges import FALSE_ALARM, find_surges, get_binomial_tail

PRACTICES, MONTHS = 40, 36
SEEDS = 200


def additions(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Practices of all sizes, each with its own steady rate, the lists growing: nothing planted."""
    rng = np.random.default_rng(seed)
    lists = (rng.lognormal(9, 0.5, (PRACTICES, 1)) * (1 + np.arange(MONTHS) / 400)).astype(np.int64)
    return rng.poisson(lists * rng.lognormal(-7.4, 0.4, (PRACTICES, 1))), lists


def test_the_tail_is_exact() -> None:
    """Held against Python's whole numbers, which never round."""
    for counts, trials, share in ((9, 60, 1 / 36), (30, 400, 0.03), (60, 60, 0.5), (1, 1, 1e-6)):
        summed = math.fsum(
            math.comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(counts, trials + 1)
        )
        assert get_binomial_tail([counts], [trials], [share]) == pytest.approx(summed, rel=1e-9)
    assert get_binomial_tail([0, 2, 3], [0, 100, 3], [0.1, 0.1, 1.0]).tolist() == [1, 1, 1], "not above the mean"


@pytest.mark.requirement("S083")
def test_where_no_drive_was_planted_one_is_found_no_more_often_than_stated() -> None:
    """Of 200 simulated systems without any drive, at most the stated share may have a single month found."""
    alarms = sum(find_surges(*additions(seed)).found.any() for seed in range(SEEDS))
    chance = math.sqrt(SEEDS * FALSE_ALARM * (1 - FALSE_ALARM))
    assert alarms <= SEEDS * FALSE_ALARM + 2 * chance


@pytest.mark.requirement("S083")
def test_a_planted_drive_is_found_where_it_is_and_nowhere_else() -> None:
    for seed in range(SEEDS // 4):
        counts, lists = additions(seed)
        usual = counts[7].mean()
        counts[7, 30] += 15 + round(4 * usual)
        surges = find_surges(counts, lists)
        assert surges.found[7, 30]
        assert surges.found.sum() <= 2
        assert surges.usual[7, 30] == pytest.approx(usual, rel=0.1), "the drive itself is not usual"


def test_one_drive_does_not_hide_another_of_the_same_practice() -> None:
    counts, lists = additions(1)
    counts[3, [10, 33]] += 120
    assert np.flatnonzero(find_surges(counts, lists).found[3]).tolist() == [10, 33]


def test_a_list_that_doubles_adds_twice_as_many_without_a_drive() -> None:
    """A practice takes over another's patients: more additions, and no more for each person."""
    lists = np.full((1, MONTHS), 6000)
    lists[:, 18:] = 12000
    counts = lists // 600
    assert not find_surges(counts, lists).found.any()
    assert find_surges(counts, np.full((1, MONTHS), 6000)).usual == pytest.approx(15)


def test_months_without_people_say_nothing() -> None:
    """A practice that opened lately, and one that never did."""
    counts, lists = np.zeros((2, MONTHS), np.int64), np.zeros((2, MONTHS), np.int64)
    counts[0, 30:], lists[0, 30:] = 5, 4000
    surges = find_surges(counts, lists)
    assert not surges.found.any()
    assert surges.usual[0].tolist() == [0] * 30 + [5] * 6
    assert surges.usual[1].tolist() == [0] * MONTHS
