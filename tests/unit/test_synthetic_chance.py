"""Chance is repeatable, and what is picked evenly comes out at its margin."""

import nhs_number
import numpy as np

from placewise.synthetic.chance import (
    days_at_random,
    days_between,
    days_in_steps,
    pick_evenly,
    pick_evenly_within,
    stream,
)
from placewise.synthetic.nhs_numbers import make_nhs_numbers


def test_the_same_seed_and_name_give_the_same_numbers() -> None:
    assert stream(1, "people").random(3).tolist() == stream(1, "people").random(3).tolist()
    assert stream(1, "people").random() != stream(1, "areas").random()
    assert stream(1, "people").random() != stream(2, "people").random()
    assert stream(1, "people", 0).random() != stream(1, "people", 1).random()


def test_picking_evenly_meets_the_sum_of_chances() -> None:
    chances = np.random.default_rng(1).random(1000) * 0.3
    picked = pick_evenly(chances, stream(1, "test"))
    assert abs(picked.sum() - chances.sum()) < 1
    assert abs(picked[200:300].sum() - chances[200:300].sum()) < 1


def test_picking_evenly_within_groups_gives_each_its_share() -> None:
    group = np.arange(1000) % 7
    picked = pick_evenly_within(group, np.full(1000, 0.25), stream(1, "test"))
    assert all(abs(picked[group == each].sum() - (group == each).sum() / 4) < 1 for each in range(7))


def test_days_lie_between_their_ends() -> None:
    first, last = np.array([10, 10, 10], np.int32), np.array([12, 10, 5], np.int32)
    days = np.array([days_between(first, last, stream(seed, "test")) for seed in range(50)])
    assert set(days[:, 0]) == {10, 11, 12}
    assert set(days[:, 1]) == {10}
    assert set(days[:, 2]) == {10}, "where the span is empty, its first day"


def test_events_in_steps_stop_at_the_last_day() -> None:
    who, day = days_in_steps(np.array([0, 5, 9], np.int32), np.array([20, 4, 9], np.int32), 10)
    assert list(zip(who.tolist(), day.tolist(), strict=True)) == [(0, 0), (0, 10), (0, 20), (2, 9)]


def test_events_at_random_come_at_their_rate() -> None:
    people = 2000
    first, last = np.zeros(people, np.int32), np.full(people, 3652, np.int32)
    who, day = days_at_random(np.full(people, 2.0), first, last, stream(1, "test"))
    assert abs(len(who) / people - 20) < 0.5
    assert day.min() >= 0
    assert day.max() <= 3652


def test_nhs_numbers_are_valid_different_and_from_the_test_range() -> None:
    numbers = make_nhs_numbers(2000, stream(1, "test"))
    assert len(set(numbers.tolist())) == 2000
    assert all(nhs_number.is_valid(str(number), for_region=nhs_number.REGION_SYNTHETIC) for number in numbers)


def test_more_people_than_numbers_with_999_take_998() -> None:
    numbers = make_nhs_numbers(950_000, stream(1, "test"))
    assert len(np.unique(numbers)) == 950_000
    assert numbers.min() >= 9_980_000_000
    assert nhs_number.is_valid(str(numbers[-1]), for_region=nhs_number.REGION_SYNTHETIC)
