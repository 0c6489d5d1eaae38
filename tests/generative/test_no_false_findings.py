"""Where nothing is planted, next to nothing is found: simulated counts of systems in which no area, fifth or year
differs, 200 of each. A build may have a finding of a kind at a level in at most RATE of them, so that of 200 builds at
RATE = 1 in 100 more than 8 with a finding would themselves be a chance of less than 1 in 1,000.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from placewise.floor.statistics.false_discovery import find_discoveries
from placewise.gaps.contract import RATE, Verdict
from placewise.gaps.inequality import find_gaps
from placewise.gaps.readings import Readings
from placewise.gaps.special_causes import LARGE, find_jumps
from placewise.gaps.trend import find_falling, find_fastest, find_verdicts, get_change_scores
from placewise.gaps.variation import find_outliers

SEEDS = range(200)
TOO_MANY = 9
MEASURES, AREAS, MONTHS = 6, 40, 60
Draw = np.random.Generator


def simulate(rng: Draw, share_kept: float, people: tuple[int, int], areas: int = AREAS) -> tuple[Any, Any]:
    """People who keep their answer from one month to the next with this chance, else are asked anew: good, people."""
    share = rng.uniform(0.1, 0.95, (MEASURES, 1))
    of = np.broadcast_to(rng.integers(*people, areas), (MEASURES, areas))
    good = np.empty((MEASURES, areas, MONTHS))
    good[..., 0] = rng.binomial(of, share)
    for month in range(1, MONTHS):
        before = good[..., month - 1].astype(int)
        stay = rng.binomial(before, share_kept + (1 - share_kept) * share)
        good[..., month] = stay + rng.binomial(of - before, (1 - share_kept) * share)
    return good, np.broadcast_to(of[..., None], good.shape).astype(float)


def count_builds(has_findings: Callable[[Draw], Any]) -> int:
    return sum(bool(np.any(has_findings(np.random.default_rng(seed)))) for seed in SEEDS)


def test_the_rate_is_the_one_stated() -> None:
    assert RATE == 0.01


def test_no_outliers_among_practices_that_differ_by_chance_alone() -> None:
    def has_outliers(rng: Draw) -> Any:
        people = rng.integers(5, 2000, (MEASURES, 280))
        return find_outliers(
            Readings.exactly(rng.binomial(people, rng.uniform(0.02, 0.98, (MEASURES, 1))) * 1.0, people * 1.0)
        ).exact

    assert count_builds(has_outliers) < TOO_MANY


@pytest.mark.parametrize("practices", [30, 280])
def test_practices_that_usually_lie_apart_are_none_with_overdispersion(practices: int) -> None:
    """Their own shares vary, as real ones do: chance alone explains little of it, and overdispersion all."""

    def simulate_builds(rng: Draw) -> Any:
        people = rng.integers(50, 2000, (MEASURES, practices))
        own = np.sin(np.arcsin(np.sqrt(0.7)) + rng.normal(0, 0.05, people.shape)) ** 2
        return find_outliers(Readings.exactly(rng.binomial(people, own) * 1.0, people * 1.0))

    assert simulate_builds(np.random.default_rng(0)).exact.mean() > 0.1
    assert count_builds(lambda rng: simulate_builds(rng).widened) < TOO_MANY


def test_no_gap_where_every_fifth_fares_alike() -> None:
    def has_gaps(rng: Draw) -> Any:
        people = rng.integers(5, 3000, (MEASURES, AREAS, 5))
        good = rng.binomial(people, rng.uniform(0.05, 0.95, (MEASURES, 1, 1)))
        return find_gaps(good * 1.0, people * 1.0).found

    assert count_builds(has_gaps) < TOO_MANY


@pytest.mark.parametrize("share_kept", [0.0, 0.9, 0.98])
def test_no_change_where_nothing_changes(share_kept: float) -> None:
    """People asked anew every month, and people most of whom stay as they are: verdicts, the fastest, measurement."""

    def find(rng: Draw) -> Any:
        good, people = simulate(rng, share_kept, (20, 3000))
        nobody = np.zeros(good.shape[:2], dtype=bool)
        changed = find_verdicts(get_change_scores(Readings.exactly(good, people)), nobody) != str(Verdict.NOT_YET_KNOWN)
        fastest = find_fastest(Readings.exactly(good, people)).found
        falling = find_falling(Readings.exactly(good, people), np.array([1, -1, 1, 4, -1, -1]))
        return [each.any() for each in (changed, fastest, falling)]

    builds = np.array([find(np.random.default_rng(seed)) for seed in SEEDS]).sum(axis=0)
    assert (builds < TOO_MANY).all(), builds


@pytest.mark.parametrize("share_kept", [0.0, 0.9, 0.98])
def test_no_special_cause_where_nothing_happens(share_kept: float) -> None:
    def has_jumps(rng: Draw) -> Any:
        jumps = find_jumps(*simulate(rng, share_kept, (LARGE, 100_000), areas=8))
        return jumps.better | jumps.worse

    assert count_builds(has_jumps) < TOO_MANY


def test_a_share_of_findings_at_most_is_false_where_some_are_true() -> None:
    rng = np.random.default_rng(1)
    false_shares = []
    for _ in range(2000):
        p = rng.uniform(size=200)
        p[:20] = 1e-6
        found = find_discoveries(p, 0.05)
        assert found[:20].all()
        false_shares.append(found[20:].sum() / found.sum())
    assert np.mean(false_shares) < 0.05
