"""A watch over single events: a cluster of four in thirty days is found, and false alarms come at the rate set."""

import math

import numpy as np
import pytest
from scipy.stats import poisson

from placewise.floor.statistics.space_time_scan import build_zones
from placewise.floor.statistics.surveillance import YEAR, Watch, find_alarm_level, find_alarms

SIDE, MOST, YEARS_TESTED, FALSE_ALARMS = 15, 5, 200, 0.5


@pytest.fixture(scope="module")
def watch() -> Watch:
    """225 small areas of unlike size, 230 events a year in all, neighbourhoods of one to five areas."""
    place = np.stack(np.divmod(np.arange(SIDE * SIDE), SIDE), axis=1)
    nearest = np.argsort(((place[:, None] - place) ** 2).sum(axis=2), axis=1, kind="stable")[:, :MOST]
    people = np.random.default_rng(1).lognormal(9, 0.3, SIDE * SIDE)
    return Watch(people / people.sum() * 230 / YEAR, build_zones(nearest))


@pytest.fixture(scope="module")
def level(watch: Watch) -> float:
    return find_alarm_level(watch, false_alarms=FALSE_ALARMS, seed=7)


def simulate(watch: Watch, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A year of events that have nothing to do with each other."""
    rng = np.random.default_rng([seed, 99])
    number = rng.poisson(watch.expected.sum() * YEAR)
    share = watch.expected / watch.expected.sum()
    return rng.integers(0, YEAR, number), rng.choice(len(share), number, p=share)


@pytest.mark.requirement("S114")
def test_false_alarms_come_at_the_rate_set_and_no_more(watch: Watch, level: float) -> None:
    """Half an alarm a year: of 200 years without a cluster 39% have any, and all of them about 100."""
    alarms = [len(find_alarms(watch, *simulate(watch, seed), level)) for seed in range(YEARS_TESTED)]
    share = 1 - math.exp(-FALSE_ALARMS)
    spread = math.sqrt(YEARS_TESTED * share * (1 - share))
    assert abs(np.count_nonzero(alarms) - YEARS_TESTED * share) <= 2.5 * spread
    assert sum(alarms) / YEARS_TESTED <= FALSE_ALARMS + 2 * math.sqrt(FALSE_ALARMS / YEARS_TESTED)


@pytest.mark.requirement("S114")
def test_a_planted_cluster_of_four_in_thirty_days_is_found(watch: Watch, level: float) -> None:
    """In one small area among 225, on the day of its fourth event or before, in every one of 50 years."""
    for seed in range(50):
        day, area = simulate(watch, seed)
        rng = np.random.default_rng(seed)
        planted, start = int(rng.integers(SIDE * SIDE)), int(rng.integers(30, YEAR - 30))
        days = start + np.append([0, 29], rng.integers(1, 29, 2))
        alarms = find_alarms(watch, np.append(day, days), np.append(area, [planted] * 4), level)
        mine = [alarm for alarm in alarms if planted in alarm.areas and start <= alarm.day <= start + 29]
        assert mine, seed


def test_the_chance_of_a_window_is_the_poisson_tail_of_what_is_expected(watch: Watch) -> None:
    alarms = find_alarms(watch, [100, 110, 129, 130], [40, 40, 40, 40], 1e-2)
    expected = watch.expected[40] * 30
    assert alarms[0].areas == (40,)
    assert (alarms[0].day, alarms[0].count) == (110, 2)
    assert alarms[0].expected == pytest.approx(expected)
    assert alarms[0].chance == pytest.approx(poisson.sf(1, expected))


def test_a_window_is_thirty_days_and_not_thirty_one(watch: Watch) -> None:
    zone, last, count, _ = watch.get_windows(np.array([100, 129, 130]), np.array([3, 3, 3]))
    alone = np.flatnonzero(zone == zone[0])
    assert last[alone].tolist() == [100, 129, 130]
    assert count[alone].tolist() == [1, 2, 2], "of the 130th day, the 100th lies outside"


def test_what_goes_on_is_one_alarm_and_what_returns_later_is_another(watch: Watch, level: float) -> None:
    days = np.array([10, 12, 14, 15, 16, 30, 200, 201, 202, 203])
    alarms = find_alarms(watch, days, np.full(len(days), 8), level)
    assert len(alarms) == 2
    assert alarms[0].day < 20 and 200 <= alarms[1].day <= 203


def test_without_events_there_is_no_alarm(watch: Watch) -> None:
    assert find_alarms(watch, [], [], 0.5) == []


def test_a_watch_that_cannot_be_kept_is_refused(watch: Watch) -> None:
    with pytest.raises(ValueError, match="North: no events are expected"):
        find_alarm_level(
            Watch(np.array([0.1, 0.0]), build_zones([[0], [1]])), false_alarms=1, seed=1, areas=["S", "North"]
        )
    with pytest.raises(ValueError, match="9 simulated years cannot tell"):
        find_alarm_level(watch, false_alarms=0.01, seed=1, years=9)
