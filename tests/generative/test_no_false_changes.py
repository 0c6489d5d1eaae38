"""Where no rate, mean, median or share of other units changes, and no area clusters, next to nothing is found: 200
simulated builds of each. More than 8 with a finding would be a chance of less than 1 in 1,000 at 1 in 100."""

from typing import Any

import numpy as np
from scipy.sparse import eye_array

from placewise.floor.statistics.rank import get_rank_scores
from placewise.floor.statistics.space_time_scan import build_zones, find_clusters
from placewise.gaps.contract import RATE, Verdict
from placewise.gaps.neighbours import WIDEST
from placewise.gaps.trend import find_verdicts
from placewise.gaps.values import compare_means, compare_rates, get_spread
from placewise.measures.cube import SplitCounts

SEEDS, TOO_MANY = range(200), 9
MEASURES, AREAS, MONTHS = 4, 40, 60
YEARS = MONTHS // 12
Draw = np.random.Generator


def count_builds_with_a_verdict(get_scores: Any) -> int:
    """get_scores: a build's random numbers -> float64[2, measures, areas]."""
    builds = 0
    for seed in SEEDS:
        scores = get_scores(np.random.default_rng(seed))
        verdicts = find_verdicts(scores, np.zeros(scores.shape[1:], dtype=bool))
        builds += bool((verdicts != str(Verdict.NOT_YET_KNOWN)).any())
    return builds


def by_month_end(years: Any) -> Any:
    """[..., years] as a series whose last month of each year holds the year, as sums of 12 months do."""
    return np.repeat(years, 12, axis=-1).astype(float)


def test_no_verdict_of_a_rate_whose_events_come_together() -> None:
    """Each person who has an event in a month has one to five of them: the variance is some three times chance's."""

    def get_scores(rng: Draw) -> Any:
        measures = []
        for _ in range(MEASURES):
            people = rng.integers(500, 20_000, AREAS)
            having = rng.poisson(people[:, None] * rng.uniform(0.002, 0.01), (AREAS, MONTHS))
            events = having + rng.binomial(having * 4, 0.5)
            counts = SplitCounts(("all",), np.empty(0), events[:, None], np.ones((AREAS, MONTHS), dtype=bool))
            spread = get_spread(counts)
            assert spread > 2
            years = events.reshape(AREAS, YEARS, 12).sum(axis=2)
            of = np.broadcast_to(people[:, None] * 12, years.shape)
            measures.append(compare_rates({"numerator": by_month_end(years), "denominator": by_month_end(of)}, spread))
        return np.stack(measures, axis=1)

    assert count_builds_with_a_verdict(get_scores) < TOO_MANY


def test_no_verdict_of_a_mean_of_very_uneven_values() -> None:
    """Waits in days: most short, some very long, of other people every year."""

    def get_scores(rng: Draw) -> Any:
        n = rng.integers(30, 400, (MEASURES, AREAS, YEARS))
        days = rng.exponential(60.0, int(n.sum()))
        starts = np.concatenate([[0], np.cumsum(n.ravel())[:-1]])
        sums, squares = (np.add.reduceat(each, starts).reshape(n.shape) for each in (days, days**2))
        parts = {"numerator": sums, "denominator": n, "squares": squares}
        return compare_means({name: by_month_end(each) for name, each in parts.items()})

    assert count_builds_with_a_verdict(get_scores) < TOO_MANY


def test_no_verdict_of_a_median() -> None:
    def get_scores(rng: Draw) -> Any:
        shares = rng.dirichlet(np.full(60, 0.5), (MEASURES, 1, 1))
        counts = rng.multinomial(rng.integers(30, 300, (MEASURES, AREAS, YEARS)), shares)
        now, before, two, three = (counts[:, :, year] for year in (-1, -2, -3, -4))
        return np.stack([get_rank_scores(now, before), get_rank_scores(now + before, two + three)])

    assert count_builds_with_a_verdict(get_scores) < TOO_MANY


def test_a_fall_in_a_rate_a_mean_and_a_median_is_seen() -> None:
    rng = np.random.default_rng(3)
    events = by_month_end(np.array([[900, 910, 890, 905, 700]]))
    rate = compare_rates({"numerator": events, "denominator": np.full(events.shape, 10_000.0)}, spread=2.0)
    values = [rng.normal(level, 15, 300) for level in (140, 140, 140, 140, 132)]
    parts = {
        "numerator": np.array([[each.sum() for each in values]]),
        "denominator": np.full((1, 5), 300.0),
        "squares": np.array([[(each**2).sum() for each in values]]),
    }
    mean = compare_means({name: by_month_end(each) for name, each in parts.items()})
    assert rate[0, 0] < -3
    assert mean[0, 0] < -4


def test_no_cluster_where_events_fall_by_chance_and_one_where_they_are_planted() -> None:
    """Small areas of their own size and rate, months of their own: false alarms at the stated rate."""
    alarms = 0
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        table = rng.poisson(rng.uniform(0.3, 2.0, (75, 1)) * rng.uniform(0.7, 1.4, 36))
        alarms += bool(scan(table))
    assert alarms < TOO_MANY
    table[17, -5:] += 6
    assert [each.areas for each in scan(table)] == [(17,)]


def test_no_cluster_over_neighbours_where_events_fall_by_chance() -> None:
    """100 systems, of which more than 5 with an alarm would be a chance of less than 1 in 1,000 at 1 in 100."""
    side = 8
    place = np.arange(side * side)
    apart = np.hypot(place[:, None] % side - place % side, place[:, None] // side - place // side)
    zones = build_zones(np.argsort(apart, axis=1, kind="stable")[:, :WIDEST])
    alarms = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        table = rng.poisson(rng.uniform(0.3, 2.0, (side * side, 1)) * rng.uniform(0.7, 1.4, 36))
        alarms += bool(scan(table, zones, 99))
    assert alarms <= 5


def scan(table: Any, zones: Any = None, simulations: int = 199) -> Any:
    zones = eye_array(len(table), format="csr") if zones is None else zones
    return find_clusters(table, zones, longest=12, false_alarm=RATE, seed=0, simulations=simulations)
