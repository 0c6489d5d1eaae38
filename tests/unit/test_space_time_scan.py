"""Clusters in time and place: false alarms as rare as asked for, a planted cluster found where and when it is."""

import math
from itertools import permutations

import numpy as np
import pytest
from scipy.sparse import csr_array

from placewise.floor.statistics.space_time_scan import build_zones, find_clusters

SIDE, MONTHS, MOST, LONGEST = 8, 24, 5, 3
SEEDS, FALSE_ALARM = 200, 0.05


def get_nearest(side: int, most: int) -> np.ndarray:
    """Areas on a square grid: each one's nearest, itself first."""
    place = np.stack(np.divmod(np.arange(side * side), side), axis=1)
    distance = ((place[:, None] - place) ** 2).sum(axis=2)
    return np.argsort(distance, axis=1, kind="stable")[:, :most]


def simulate(seed: int, planted: np.ndarray | None = None, times: float = 4.0) -> np.ndarray:
    """Areas of different level, months of different level (a season and a rise); in the planted areas, so many times
    their rate in the last two months."""
    rng = np.random.default_rng(seed)
    month = np.arange(MONTHS)
    rate = rng.lognormal(0.5, 0.6, (SIDE * SIDE, 1)) * (1 + 0.4 * np.cos(np.pi * month / 6) + month / MONTHS)
    if planted is not None:
        rate[planted, -2:] *= times
    return rng.poisson(rate)


@pytest.fixture(scope="module")
def zones() -> csr_array:
    return build_zones(get_nearest(SIDE, MOST))


def test_zones_grow_around_each_area_and_none_is_there_twice() -> None:
    zones = build_zones([[0, 1], [1, 0], [2, 1]])
    assert sorted(tuple(np.flatnonzero(row).tolist()) for row in zones.toarray()) == [(0,), (0, 1), (1,), (1, 2), (2,)]


def test_where_no_cluster_was_planted_one_is_found_as_often_as_asked_for(zones: csr_array) -> None:
    """200 systems: neither more alarms than the rate set, nor so few that the warning is deaf."""
    alarms = sum(
        bool(find_clusters(simulate(seed), zones, longest=LONGEST, false_alarm=FALSE_ALARM, seed=seed, simulations=99))
        for seed in range(SEEDS)
    )
    spread = math.sqrt(SEEDS * FALSE_ALARM * (1 - FALSE_ALARM))
    assert abs(alarms - SEEDS * FALSE_ALARM) <= 2 * spread


def test_a_planted_cluster_is_found_where_and_when_it_is(zones: csr_array) -> None:
    for seed in range(20):
        planted = get_nearest(SIDE, MOST)[27][:4]
        found = find_clusters(
            simulate(seed, planted), zones, longest=LONGEST, false_alarm=FALSE_ALARM, seed=seed, simulations=99
        )
        assert len(set(found[0].areas) & set(planted.tolist())) >= 2
        assert len(set(found[0].areas) - set(planted.tolist())) <= 2
        assert found[0].months in (1, 2, 3)
        assert found[0].count > 2 * found[0].expected
        assert found[0].p_value <= FALSE_ALARM


def test_two_clusters_far_apart_are_both_found_and_do_not_overlap(zones: csr_array) -> None:
    counts = simulate(3)
    counts[[0, 1], -2:] += 20
    counts[[62, 63], -1:] += 30
    found = find_clusters(counts, zones, longest=LONGEST, false_alarm=FALSE_ALARM, seed=1, simulations=99)
    areas = [area for cluster in found for area in cluster.areas]
    assert {0, 1, 62, 63} <= set(areas)
    assert len(areas) == len(set(areas))


def test_a_cluster_that_has_ended_is_no_warning(zones: csr_array) -> None:
    counts = simulate(5)
    assert not find_clusters(counts, zones, longest=LONGEST, false_alarm=FALSE_ALARM, seed=1, simulations=99)
    counts[[0, 1], 5:8] += 20
    assert not any(
        {0, 1} & set(cluster.areas)
        for cluster in find_clusters(counts, zones, longest=LONGEST, false_alarm=FALSE_ALARM, seed=1, simulations=99)
    )


def test_what_happens_everywhere_alike_is_no_cluster(zones: csr_array) -> None:
    counts = simulate(5)
    counts[:, -1] *= 3
    found = find_clusters(counts, zones, longest=LONGEST, false_alarm=0.01, seed=1, simulations=99)
    assert not found


def test_the_p_value_is_that_of_counting_every_order() -> None:
    """Four events of area 0, two of area 1; the last month has three, all of area 0. As strong a sign, or a stronger
    one, would be both of area 1 among the three."""
    counts, zones = np.array([[1, 3], [2, 0]]), csr_array(np.eye(2))
    owners = [0, 0, 0, 0, 1, 1]
    orders = list(permutations(range(6), 3))
    as_strong = sum(sum(owners[each] for each in order) in (0, 2) for order in orders) / len(orders)
    found = find_clusters(counts, zones, longest=1, false_alarm=0.99, seed=4, simulations=4999)
    assert found[0].p_value == pytest.approx(as_strong, abs=0.02)
    assert (found[0].count, found[0].expected) == (3, 2.0)


def test_the_same_seed_gives_the_same_answer_and_silence_is_none(zones: csr_array) -> None:
    counts = simulate(3)
    counts[[0, 1], -2:] += 9
    first, second = (
        find_clusters(counts, zones, longest=LONGEST, false_alarm=FALSE_ALARM, seed=9, simulations=99) for _ in range(2)
    )
    assert first == second
    assert find_clusters(counts * 0, zones, longest=LONGEST, false_alarm=FALSE_ALARM, seed=9, simulations=99) == []


def test_a_system_of_1500_areas_and_60_months_is_scanned_whole() -> None:
    """Six areas at two and a half times their rate for three months, among 1,500 with neighbourhoods of up to 20."""
    rng = np.random.default_rng(1)
    place = rng.random((1500, 2))
    nearest = np.argsort(((place[:, None] - place) ** 2).sum(axis=2), axis=1)[:, :20]
    rate = rng.lognormal(0.8, 0.5, (1500, 1)) * np.ones(60)
    planted = nearest[77, :6]
    rate[planted, -3:] *= 2.5
    found = find_clusters(
        rng.poisson(rate), build_zones(nearest), longest=6, false_alarm=FALSE_ALARM, seed=2, simulations=199
    )
    assert len(set(found[0].areas) & set(planted.tolist())) >= 5
    assert len(found[0].areas) <= 8


def test_what_cannot_be_scanned_is_refused(zones: csr_array) -> None:
    counts = simulate(1)
    with pytest.raises(ValueError, match="below zero"):
        find_clusters(counts - 99, zones, longest=3, false_alarm=0.05, seed=1)
    with pytest.raises(ValueError, match="more than the 24 months"):
        find_clusters(counts, zones, longest=24, false_alarm=0.05, seed=1)
    with pytest.raises(ValueError, match="cannot tell a false-alarm rate"):
        find_clusters(counts, zones, longest=3, false_alarm=0.001, seed=1, simulations=99)
