"""Who may review whom, what closes a commitment, and which groups fare worse."""

from datetime import date

import pytest

from placewise_site.assurance.lifecycle import State, find_refusal, is_for_owner, is_overdue
from placewise_site.assurance.rules import reviewers
from placewise_site.assurance.rules.groups import GroupFigure, Standing, find_affected, judge_group

PARENTS = {"S": "", "NORTH": "S", "SOUTH": "S", "N1": "NORTH", "PRACTICE": "N1", "S1": "SOUTH", "TRUST": ""}


@pytest.mark.parametrize(
    ("works_for", "may"),
    [
        (["SOUTH"], True),
        (["S1", "TRUST"], True),
        (["NORTH"], False),
        (["PRACTICE"], False),
        (["SOUTH", "N1"], False),
        (["S"], False),
    ],
)
def test_a_reviewer_is_never_of_the_reviewed_place(works_for, may):
    assert (reviewers.find_refusal("NORTH", works_for, PARENTS) == "") is may


def test_nothing_closes_without_evidence():
    told = find_refusal(State.EVIDENCED, State.CLOSED, has_words=True, has_evidence=False)
    assert told == "Nothing closes without evidence: have the owner give it first."
    assert "cannot go from" in find_refusal(State.OPEN, State.CLOSED, has_words=True, has_evidence=True)
    assert find_refusal(State.IN_HAND, State.EVIDENCED, has_words=False, has_evidence=False)
    assert find_refusal(State.EVIDENCED, State.CLOSED, has_words=False, has_evidence=True) == ""


def test_the_owner_gives_evidence_and_those_it_is_owed_to_close():
    assert is_for_owner(State.OPEN, State.IN_HAND)
    assert is_for_owner(State.IN_HAND, State.EVIDENCED)
    assert not is_for_owner(State.EVIDENCED, State.CLOSED)
    assert not is_for_owner(State.EVIDENCED, State.IN_HAND)


def test_what_is_closed_is_never_overdue():
    due, after = date(2026, 3, 31), date(2026, 4, 1)
    assert [is_overdue(state, due, after) for state in (State.OPEN, State.CLOSED)] == [True, False]
    assert not is_overdue(State.OPEN, due, due)


def group(value: float | None, width: float = 0.02) -> GroupFigure:
    limits = (None, None) if value is None else (value - width, value + width)
    return GroupFigure(group="g", title="A group", value=value, lower=limits[0], upper=limits[1])


@pytest.mark.parametrize(
    ("value", "better", "standing"),
    [
        (0.70, "higher", Standing.WORSE),
        (0.79, "higher", Standing.NOT_WORSE),
        (0.90, "lower", Standing.WORSE),
        (0.90, "higher", Standing.NOT_WORSE),
        (None, "higher", Standing.NOT_KNOWN),
        (0.70, "neither", Standing.NOT_KNOWN),
    ],
)
def test_a_group_fares_worse_where_all_of_its_interval_does_and_a_hidden_one_is_not_known(value, better, standing):
    assert judge_group(group(value), 0.80, better) == standing
    assert bool(find_affected([group(value)], 0.80, better)) is (standing == Standing.WORSE)
