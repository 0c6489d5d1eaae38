"""A programme's planted effect is found within its interval, and none where none was planted, over many seeds."""

import numpy as np
import pytest

from builders.planted_programme import build_course
from placewise.plans.impact.evaluation import INTERRUPTED, MATCHED, SYNTHETIC, judge

SEEDS = 100
LEAST_HELD = 88
"""Of 100 intervals of 95%: fewer would come by chance about once in 250 runs of each method."""

PLANTED = [
    {"effect": 0.03},
    {"effect": -0.02, "chosen_low": True},
    {"effect": 0.0, "chosen_low": True, "memory": 0.8},
]


@pytest.mark.requirement("S081")
@pytest.mark.requirement("S104")
@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_what_was_planted_is_held_by_the_intervals(planted: dict) -> None:
    held = dict.fromkeys((MATCHED, SYNTHETIC, INTERRUPTED), 0)
    signs = []
    for seed in range(SEEDS):
        judged = judge(build_course(seed, **planted))
        assert judged.deciding == MATCHED
        for each in judged.methods:
            assert each.lower is not None
            assert each.upper is not None
            held[each.method] += each.lower <= planted["effect"] <= each.upper
        signs.append(judged.sign)
    assert min(held.values()) >= LEAST_HELD, held
    right = np.sign(planted["effect"])
    assert signs.count(-right) == 0 if right else signs.count(0) >= LEAST_HELD
    assert right == 0 or signs.count(right) >= LEAST_HELD
