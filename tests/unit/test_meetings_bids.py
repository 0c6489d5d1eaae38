"""Who scores a bid: roles in two capacities both count, and nobody scores their own place's or organisation's."""

import pytest

from placewise_site.meetings.rules.bids import Bidder, Capacity, Declared, find_own, find_scoring_refusal

PARENTS = {"SYS": "", "NORTH": "SYS", "SOUTH": "SYS", "N1": "NORTH", "P1": "N1", "TRUST": ""}
LEAD = Capacity("Place lead", "NORTH", "North")
PROGRAMME = Capacity("Programme lead", "SYS", "The system")


@pytest.mark.parametrize(
    ("bidder", "own"),
    [
        (Bidder("NORTH", "NORTH"), [LEAD]),
        (Bidder("P1", ""), [LEAD]),  # a practice of the place
        (Bidder("TRUST", "NORTH"), [LEAD]),  # a bid for the place by somebody from elsewhere
        (Bidder("SOUTH", "SOUTH"), []),
        (Bidder("TRUST", ""), []),
        (Bidder("SYS", ""), [PROGRAMME]),
    ],
)
def test_a_bid_is_ones_own_by_any_capacity_and_nobodys_for_working_for_the_whole(bidder, own):
    assert find_own((PROGRAMME, LEAD), bidder, PARENTS) == own


@pytest.mark.parametrize(
    ("declared", "may_score", "told"),
    [
        (None, None, "say which interests you hold"),
        (Declared((PROGRAMME,), False), None, ""),
        (Declared((PROGRAMME,), True), None, "You declared an interest"),
        (Declared((PROGRAMME, LEAD), False), None, "your own place or organisation (Place lead, North)"),
        (Declared((PROGRAMME, LEAD), False), True, ""),
        (Declared((PROGRAMME,), False), False, "The chair has ruled"),
    ],
)
def test_it_is_refused_with_the_remedy_unless_the_chair_rules(declared, may_score, told):
    refusal = find_scoring_refusal(declared, Bidder("P1", "NORTH"), PARENTS, may_score=may_score)
    assert told in refusal and bool(told) == bool(refusal)
