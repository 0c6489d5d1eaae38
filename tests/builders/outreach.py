"""Small areas with people of several groups, and sites that some of them would come to."""

import numpy as np

from placewise.plans.outreach.contract import Need, Sites


def build_case(
    rng: np.random.Generator, *, sites: int, areas: int, groups: int, near: float = 0.5
) -> tuple[Need, Sites]:
    """near: how many of the areas a site serves at all, as a share."""
    people = rng.integers(1, 200, (areas, groups)).astype(float)
    reached = np.floor(people * rng.uniform(0.2, 0.9, (areas, groups)))
    reach = np.where(rng.random((sites, areas)) < near, rng.uniform(0.05, 0.6, (sites, areas)), 0.0)
    need = Need(
        areas=tuple(f"area {place:03}" for place in range(areas)),
        groups=tuple(str(place + 1) for place in range(groups)),
        people=people,
        reached=reached,
    )
    names = tuple(f"site {place:03}" for place in range(sites))
    capacity = rng.integers(10, 300, sites).astype(float)
    return need, Sites(sites=names, titles=names, capacity=capacity, reach=reach)
