"""Waiting lists and events prevented at their edges."""

import numpy as np
import pytest

from placewise.floor.statistics.events_prevented import (
    get_events_prevented,
    get_number_needed_to_treat,
    get_whole_events,
)
from placewise.floor.statistics.waiting_list import (
    get_load,
    get_mean_wait,
    get_relief_capacity,
    get_target_list_size,
    get_wait_factor,
    get_waiting,
)


def test_a_list_at_its_target_meets_92_per_cent_in_18_weeks() -> None:
    """Exponential waits with the mean that the target size implies: 92% of them are under 18 weeks."""
    size = get_target_list_size(30.0, 18.0, get_wait_factor(0.92))
    waits = np.random.default_rng(1).exponential(size / 30.0, 200_000)
    assert (waits < 18).mean() == pytest.approx(0.92, abs=0.003)


def test_only_a_list_of_more_than_twice_its_target_needs_relief() -> None:
    assert np.isnan(get_relief_capacity([30, 30], [390, 780], 390, 26)).all()
    assert get_relief_capacity(30, 781, 390, 26) == pytest.approx(30 + 391 / 26)


def test_without_capacity_there_is_no_load() -> None:
    assert np.isnan(get_load(3, 0))


def test_who_is_removed_on_a_day_no_longer_waits_at_its_end() -> None:
    assert get_waiting([-4, 0, 1, 1, 9], [2, np.nan, 1, 3, np.nan], 5).tolist() == [2, 3, 2, 1, 1]
    assert get_mean_wait([-4, 0, 1], [2, np.nan, 1], 1) == 3.0
    assert np.isnan(get_mean_wait([0], [1], 2))
    with pytest.raises(ValueError, match="removed before being referred"):
        get_waiting([3], [2], 5)


def test_halves_of_events_are_rounded_up_and_only_at_the_end() -> None:
    assert get_whole_events([0.5, 1.5, 2.5]).tolist() == [1, 2, 3]
    halves = get_events_prevented([10, 10], 20)
    assert get_whole_events(halves.sum()) == 1


def test_where_nothing_is_prevented_no_number_is_enough() -> None:
    assert np.isnan(get_number_needed_to_treat([0.0, 0.2], [0.3, 0.0])).all()
    with pytest.raises(ValueError, match="not between 0 and 1"):
        get_number_needed_to_treat(2.2, 0.66)
