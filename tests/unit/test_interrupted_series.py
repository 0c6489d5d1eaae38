"""Interrupted time series and controls: stated breaks, growing lists and coding drives are no effect of a programme."""

import numpy as np
import pytest

from placewise.floor.statistics.estimate import Estimate
from placewise.floor.statistics.interrupted_series import fit_interruption
from placewise.floor.statistics.matched_controls import get_matched_change, match_controls
from placewise.floor.statistics.synthetic_control import get_synthetic_change

SERIES, MONTHS, START = 200, 60, 48
MONTH = np.arange(MONTHS)
SEASON = 0.01 * np.cos(2 * np.pi * MONTH / 12)


def noisy(expected: np.ndarray, spread: float = 0.008) -> np.ndarray:
    return expected + np.random.default_rng(7).normal(0, spread, (SERIES, MONTHS))


def find_change(series: np.ndarray, **stated) -> Estimate:
    return fit_interruption(series, starts_at=START, first_month=4, **stated).change


def held(change: Estimate, truth: float) -> float:
    """The share of intervals that hold the truth."""
    return float(np.mean((change.lower <= truth) & (truth <= change.upper)))


def test_a_planted_change_is_held_and_the_line_without_it_drawn_on() -> None:
    without = 0.6 + 0.001 * MONTH + SEASON
    found = fit_interruption(noisy(without + 0.03 * (MONTH >= START)), starts_at=START, first_month=4)
    assert np.mean((found.change.lower <= 0.03) & (found.change.upper >= 0.03)) > 0.9
    assert found.level_change.value.mean() == pytest.approx(0.03, abs=0.002)
    assert np.abs(found.expected.mean(axis=0) - without).max() < 0.004


def test_a_pandemic_is_no_effect_once_it_is_stated() -> None:
    fallen = noisy(0.6 + SEASON - 0.08 * (MONTH >= 20) + 0.002 * np.maximum(MONTH - 20, 0))
    assert held(find_change(fallen, breaks_at=(20,)), 0) > 0.9
    assert find_change(fallen).value.mean() > 0.02


def test_a_coding_drive_just_before_is_no_effect_once_it_is_stated() -> None:
    coded = noisy(0.6 + SEASON + 0.05 * (MONTH >= 46))
    assert held(find_change(coded, steps_at=(46,)), 0) > 0.9
    assert find_change(coded).value.mean() > 0.02


def test_growth_of_the_list_is_no_effect_on_a_share() -> None:
    people = 1000 * 1.02 ** (MONTH / 12) * np.where(MONTH >= START, 1.3, 1)
    known = np.rint(people * noisy(0.15 + SEASON / 10, 0.002))
    assert held(find_change(known / people), 0) > 0.9
    assert np.all(find_change(known / 1000).lower > 0)  # counts alone would call it one


@pytest.mark.parametrize(
    ("stated", "fault"),
    [
        ({"starts_at": 0}, "outside"),
        ({"starts_at": MONTHS}, "outside"),
        ({"starts_at": 20, "breaks_at": (20,)}, "nothing tells them apart"),
        ({"starts_at": 20, "steps_at": (-1,)}, "outside"),
    ],
)
def test_months_that_are_none_are_refused(stated: dict, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        fit_interruption(np.ones((1, MONTHS)), first_month=None, **stated)


def test_controls_are_those_most_alike_before_and_none_serves_twice() -> None:
    before = np.array([0.5, 0.9, 0.52, 0.88, 0.51, 0.91, 0.1])[:, None] + np.zeros(6)
    matches = match_controls(before, np.arange(7) < 2)
    assert set(matches[0]) == {2, 4}
    assert set(matches[1]) == {3, 5}


def test_what_all_areas_share_falls_out() -> None:
    rng = np.random.default_rng(3)
    values = rng.uniform(0.5, 0.8, (30, 1)) + 0.1 * np.sin(MONTH) + rng.normal(0, 0.002, (30, MONTHS))
    treated = np.arange(30) < 6
    values[treated, START:] += 0.04
    matched = get_matched_change(values, treated, starts_at=START)
    assert float(matched.change.value) == pytest.approx(0.04, abs=0.002)
    mixed = get_synthetic_change(values[treated].mean(axis=0), values[~treated], starts_at=START)
    assert float(mixed.change.value) == pytest.approx(0.04, abs=0.002)
    assert mixed.weights.min() >= 0
    assert mixed.weights.sum() == pytest.approx(1)


def test_a_mixture_of_others_is_found_exactly() -> None:
    others = np.random.default_rng(5).normal(0.6, 0.05, (6, MONTHS))
    mixed = get_synthetic_change(0.1 + 0.25 * others[0] + 0.75 * others[4], others, starts_at=START)
    assert mixed.weights == pytest.approx([0.25, 0, 0, 0, 0.75, 0], abs=0.01)
    assert mixed.expected[START:] == pytest.approx((0.1 + 0.25 * others[0] + 0.75 * others[4])[START:], abs=0.002)


def test_too_little_to_compare_with_is_refused() -> None:
    values = np.random.default_rng(5).normal(0.6, 0.05, (6, MONTHS))
    few = np.arange(6) < 2
    with pytest.raises(ValueError, match="too few to match"):
        get_matched_change(values, few, starts_at=START)
    with pytest.raises(ValueError, match="a month is missing"):
        get_matched_change(np.where(values > 0.7, np.nan, values), np.arange(6) < 3, starts_at=START)
    with pytest.raises(ValueError, match="make no mixture"):
        get_synthetic_change(values[0], values[1:2], starts_at=START)
    with pytest.raises(ValueError, match="too few"):
        get_synthetic_change(values[0], values[1:], starts_at=8)
