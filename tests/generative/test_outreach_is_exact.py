"""The fairest sites are the fairest of all choices of so many, held against every one of them."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.outreach import build_case
from placewise.plans.outreach.build import NEAR, get_seen, get_uptake, plan_outreach


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), sites=st.integers(1, 7), areas=st.integers(1, 6), groups=st.integers(1, 4))
def test_no_choice_of_sites_raises_the_lowest_group_further(seed: int, sites: int, areas: int, groups: int) -> None:
    rng = np.random.default_rng(seed)
    need, offered = build_case(rng, sites=sites, areas=areas, groups=groups)
    teams = int(rng.integers(1, sites + 1))
    plan = plan_outreach(need, offered, teams)
    seen = get_seen(need, offered)
    every = [get_uptake(need, seen, chosen) for chosen in combinations(range(sites), teams)]
    best = max(uptake.min() for _, uptake in every)
    most = max(newly.sum() for newly, uptake in every if uptake.min() >= best - NEAR / 10)
    assert plan.is_proved
    assert plan.fairest.lowest >= best - 2 * NEAR
    assert plan.fairest.total >= most - 1e-3 * (1 + most)
    assert plan.bound >= plan.fairest.lowest - NEAR
    assert len(plan.fairest.sites) <= teams
    assert plan.fairest.lowest >= plan.simplest.lowest - NEAR
    assert np.all(plan.fairest.uptake >= plan.before - 1e-12)  # nobody loses
