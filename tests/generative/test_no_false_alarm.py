"""How often a build names a code that has not fallen, over many invented systems, and that one that has is found."""

import numpy as np
import pytest

from placewise.coding.falling import add_lists, find_fallen_codes, find_fallen_lists
from placewise.coding.volumes import CodeVolume

SEEDS = range(200)
LISTS, CODES = 10, 6


def invent(seed: int, kept: float = 1.0) -> list[CodeVolume]:
    """60 codes in 10 lists, with 10 to 5,000 events in six months, of which `kept` are left a year on."""
    rng = np.random.default_rng(seed)
    rate = np.exp(rng.uniform(np.log(10), np.log(5_000), (LISTS, CODES)))
    before, recent = rng.poisson(rate), rng.poisson(rate * kept)
    return [
        CodeVolume(f"list_{i}", 1 + i * CODES + j, f"{i}.{j}", "", 0, 0, int(before[i, j]), int(recent[i, j]))
        for i in range(LISTS)
        for j in range(CODES)
    ]


def test_no_code_is_named_where_none_fell() -> None:
    assert [seed for seed in SEEDS if find_fallen_codes(invent(seed)) or find_fallen_lists(invent(seed))] == []


def test_where_whole_lists_fall_no_code_is_named() -> None:
    for seed in SEEDS:
        volumes = invent(seed, kept=0.3)
        common = {name for name, each in add_lists(volumes).items() if each.before >= 500}
        assert find_fallen_codes(volumes) == []
        assert common <= {each.code_list for each in find_fallen_lists(volumes)}


def test_where_every_code_and_list_keeps_exactly_half_one_build_in_a_hundred_names_any() -> None:
    codes = sum(bool(find_fallen_codes(invent(seed, kept=0.5))) for seed in SEEDS)
    lists = sum(bool(find_fallen_lists(invent(seed, kept=0.5))) for seed in SEEDS)
    assert max(codes, lists) <= 7  # 1 in 100 of 200 is 2; more than 7 has a chance of 1 in 1,000


@pytest.mark.parametrize("left", [0.0, 0.1])
def test_a_code_that_nearly_ends_is_named_and_no_other(left: float) -> None:
    for seed in SEEDS:
        volumes = invent(seed)
        place = next(n for n, each in enumerate(volumes) if each.before >= 100)
        common = volumes[place]
        volumes[place] = CodeVolume(
            common.code_list, common.concept_id, common.code, "", 0, 0, common.before, int(common.before * left)
        )
        found = [each.code for each in find_fallen_codes(volumes)]
        lists = [each.code_list for each in find_fallen_lists(volumes)]
        assert found == [common.code] or (found, lists) == ([], [common.code_list])  # where it is most of its list
