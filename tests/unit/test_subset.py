"""A smaller synthetic system has fewer practices, not shorter lists."""

from collections import Counter

import pytest

from placewise.config import read_deployment
from placewise.synthetic.subset import MEAN_LIST, practices_for


@pytest.mark.parametrize("people", [1_000, 120_000, 500_000, 1_000_000, 2_400_000])
def test_every_area_has_its_share_and_at_least_two_practices(people: int):
    hierarchy = read_deployment("west_yorkshire").hierarchy
    practices = practices_for(hierarchy, people)
    in_place = Counter(hierarchy.chains[practice]["place"] for practice in practices)
    assert len(in_place) == 5
    assert min(in_place.values()) >= 2
    assert len(practices) == len(set(practices))
    assert len(practices) == pytest.approx(max(10, people / MEAN_LIST), abs=2)


def test_the_whole_system_has_all_its_practices():
    hierarchy = read_deployment("west_yorkshire").hierarchy
    assert practices_for(hierarchy, 2_400_000) == sorted(hierarchy.chains)


def test_a_network_is_never_just_one_practice():
    hierarchy = read_deployment("west_yorkshire").hierarchy
    for people in range(10_000, 2_400_000, 50_000):
        in_network = Counter(hierarchy.chains[practice]["network"] for practice in practices_for(hierarchy, people))
        assert min(in_network.values()) >= 2


def test_a_system_without_networks_works_too():
    hierarchy = read_deployment("sandbox").hierarchy
    assert len(practices_for(hierarchy, 30_000)) == 6
    assert len(practices_for(hierarchy, 10_000_000)) == 12
