"""A body decides only while enough of the right members may: asked again after each ruling on interests."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise_site.governance.rules.quorum import (
    Present,
    QuorumRule,
    find_shortfalls,
    get_number_needed,
    is_quorate,
)

RULE = QuorumRule(at_least=3, of_kinds={"lay": 1})
CHAIR = Present(seat="chair", kind="chair", votes=True)
LAY = Present(seat="lay", kind="lay", votes=True)
PARTNER = Present(seat="trusts", kind="member", votes=True)
OFFICER = Present(seat="secretary", kind="officer", votes=False)


def test_enough_of_the_right_members_decide():
    assert is_quorate(RULE, [CHAIR, LAY, PARTNER])


def test_who_attends_without_a_vote_makes_no_quorum():
    assert find_shortfalls(RULE, [CHAIR, LAY, OFFICER]) == ["2 members who may decide are present and 3 are needed"]


def test_quorum_is_lost_when_the_chair_rules_that_a_member_leaves():
    left = replace(PARTNER, counts=False)
    assert not is_quorate(RULE, [CHAIR, LAY, left])


def test_the_kind_that_must_be_there_is_named():
    others = [replace(PARTNER, seat=name) for name in ("a", "b")]
    assert find_shortfalls(RULE, [CHAIR, *others]) == ["0 of the kind lay may decide and 1 must"]


def test_a_member_and_the_deputy_in_one_seat_count_once():
    assert not is_quorate(RULE, [CHAIR, LAY, LAY])


@pytest.mark.parametrize(
    ("share", "seats", "needed"), [(None, 9, 3), (0.5, 9, 5), (0.5, 4, 3), (0.1, 30, 3), (1, 7, 7)]
)
def test_the_larger_of_a_number_and_a_share_is_needed(share, seats, needed):
    assert get_number_needed(3, share, seats) == needed


people = st.lists(
    st.builds(
        Present,
        seat=st.sampled_from("abcdef"),
        kind=st.sampled_from(["chair", "lay", "member"]),
        votes=st.booleans(),
        counts=st.booleans(),
    ),
    max_size=8,
)


@given(present=people, at_least=st.integers(1, 5), out=st.sampled_from("abcdef"))
def test_a_ruling_never_makes_a_meeting_quorate(present, at_least, out):
    rule = QuorumRule(at_least=at_least, of_kinds={"lay": 1})
    ruled = [replace(each, counts=each.counts and each.seat != out) for each in present]
    assert is_quorate(rule, present) or not is_quorate(rule, ruled)
