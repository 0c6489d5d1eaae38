"""Who with an interest may read, speak and vote, and who counts towards the quorum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise_site.meetings.rules.aims import Aim, Score, fill_scores
from placewise_site.meetings.rules.interests import (
    COMPETITIVE,
    Ruling,
    Subject,
    find_voters,
    get_default,
    get_part,
    get_ruling,
)
from placewise_site.meetings.rules.voting import Choice, count_votes

rulings = st.sampled_from(list(Ruling))


@pytest.mark.parametrize("subject", sorted(COMPETITIVE))
def test_no_papers_is_the_default_for_procurement_awards_and_bids(subject):
    assert get_default(subject) is Ruling.NO_PAPERS
    assert get_ruling(subject, has_interest=True, ruled=None) is Ruling.NO_PAPERS
    assert get_ruling(subject, has_interest=True, ruled=Ruling.NOTE) is Ruling.NOTE


def test_elsewhere_an_interest_is_noted_until_the_chair_rules():
    assert get_ruling(Subject.ORDINARY, has_interest=True, ruled=None) is Ruling.NOTE
    assert get_ruling(Subject.ORDINARY, has_interest=False, ruled=None) is None
    assert get_ruling(Subject.ORDINARY, has_interest=True, ruled=Ruling.LEAVE) is Ruling.LEAVE


def test_each_ruling_leaves_less_than_the_milder_one():
    parts = [get_part(each) for each in (None, *Ruling)]
    counts = [part.reads + part.speaks + part.votes for part in parts]
    assert counts == sorted(counts, reverse=True) == [3, 3, 2, 1, 0]


@given(
    present=st.sets(st.text("abcdef", min_size=1, max_size=1)),
    ruled=st.dictionaries(st.text("abcdef", min_size=1, max_size=1), rulings),
)
def test_the_quorum_counts_those_who_may_vote_and_nobody_else(present, ruled):
    voters = find_voters(present, ruled)
    assert voters <= present
    assert voters == {each for each in present if ruled.get(each) in (None, Ruling.NOTE)}


@given(st.lists(st.sampled_from(list(Choice))))
def test_more_for_than_against_carries_and_a_tie_does_not(votes):
    tally = count_votes(votes)
    assert tally.for_ + tally.against + tally.abstain == len(votes)
    assert tally.is_carried == (votes.count(Choice.FOR) > votes.count(Choice.AGAINST))


@pytest.mark.requirement("S038")
def test_all_four_aims_are_recorded_or_read_not_assessed():
    scores = fill_scores({Aim.RESOURCES: Score.HARMS})
    assert list(scores) == list(Aim) and len(scores) == 4
    assert scores[Aim.RESOURCES] is Score.HARMS
    assert {scores[each] for each in Aim if each is not Aim.RESOURCES} == {Score.NOT_ASSESSED}
