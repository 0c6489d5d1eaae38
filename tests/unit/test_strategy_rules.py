"""Whether a plan's item shows regard to the strategy in force: an aim of it, or a reason; anything else is a gap."""

import pytest

from placewise_site.assurance.rules.strategy import Gap, Regard, find_gap, find_unserved

IN_FORCE = (7, 8, 9)


@pytest.mark.parametrize(
    ("aims", "reason", "gap"),
    [
        ({7}, "", None),
        ({1, 9}, "", None),
        (set(), "It keeps the building safe.", None),
        (set(), "", Gap.NOTHING_SAID),
        ({1, 2}, "", Gap.EARLIER_STRATEGY),
    ],
)
def test_an_item_names_an_aim_in_force_or_says_why_not(aims, reason, gap):
    assert find_gap(Regard(frozenset(aims), reason), IN_FORCE) == gap


def test_aims_that_nothing_serves_are_told_in_their_order():
    items = {1: Regard(frozenset({8, 3}), ""), 2: Regard(frozenset(), "a reason")}
    assert find_unserved(IN_FORCE, items) == [7, 9]
    assert find_unserved(IN_FORCE, {}) == [7, 8, 9]
