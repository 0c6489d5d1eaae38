"""The two exact tests of a fall agree with their definitions, added up the long way."""

from math import comb

import pytest

from placewise.floor.statistics.fall import get_fall_beside_p_value, get_fall_p_value


@pytest.mark.parametrize(("before", "after"), [(0, 0), (1, 0), (30, 2), (40, 0), (10, 10), (3, 50)])
@pytest.mark.parametrize("share", [0.5, 0.9, 1.0])
def test_a_fall_by_itself_is_a_binomial_tail(before: int, after: int, share: float) -> None:
    total, chance = before + after, share / (1 + share)
    by_hand = sum(comb(total, k) * chance**k * (1 - chance) ** (total - k) for k in range(after + 1))
    assert get_fall_p_value(before, after, share) == pytest.approx(by_hand, rel=1e-9)


@pytest.mark.parametrize("beside", [(200, 180), (3, 1), (0, 7), (5, 0)])
@pytest.mark.parametrize(("before", "after"), [(30, 2), (40, 0), (10, 10), (0, 4)])
def test_a_fall_beside_others_is_fishers_tail(before: int, after: int, beside: tuple[int, int]) -> None:
    total, others, late = before + after, sum(beside), after + beside[1]
    weights = {
        k: comb(total, k) * comb(others, late - k) * 0.5**k for k in range(max(0, late - others), min(total, late) + 1)
    }
    by_hand = sum(weight for k, weight in weights.items() if k <= after) / sum(weights.values())
    assert get_fall_beside_p_value(before, after, *beside, 0.5) == pytest.approx(by_hand, rel=1e-9)


def test_without_others_nothing_falls_beside_them() -> None:
    assert get_fall_beside_p_value(500, 0, 0, 0, 0.5) == 1


def test_millions_of_events_are_told_apart() -> None:
    assert get_fall_p_value(2_000_000, 990_000, 0.5) < 1e-9
    assert get_fall_p_value(2_000_000, 1_000_000, 0.5) == pytest.approx(0.5, abs=0.01)
