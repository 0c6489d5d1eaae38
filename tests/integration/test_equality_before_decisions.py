"""No decision over the set value without an equality impact assessment that exists and is signed."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from builders.meetings import Board, add_meeting, build_board, plan, sitting, take, vote
from builders.site import add_person_in_role
from placewise_site.assurance.actions.assessments import (
    begin_assessment,
    bring_assessment,
    say_effect,
    sign_assessment,
)
from placewise_site.assurance.models import Assessment
from placewise_site.assurance.rules.groups import CHARACTERISTICS
from placewise_site.meetings import actions, clock
from placewise_site.meetings.models import Item, Meeting
from placewise_site.meetings.rules.subsidiarity import Reason

pytestmark = pytest.mark.usefixtures("site")
SET_VALUE = 100_000


@pytest.fixture
def board(site: SimpleNamespace) -> Board:
    made = build_board()
    actions.set_equality_threshold(by=None, from_amount=SET_VALUE, since=date(2022, 7, 1), source="Invented")
    return made


@pytest.fixture
def meeting(board: Board) -> Meeting:
    return add_meeting(board)


def ask_for(board: Board, meeting: Meeting, pounds: int) -> Item:
    with clock.standing_at(meeting.starts_at - timedelta(days=10)):
        item = plan(board, amount=pounds)
        actions.place_item(by=board.secretary, item=item, meeting=meeting)
        actions.give_system_reason(by=board.secretary, item=item, reason=Reason.RISK, told="No place can bear it.")
    return item


def build_complete(release: Any) -> Assessment:
    """Something is said of everybody, and nobody has signed."""
    made = begin_assessment(by=None, title="The plan of the year", area="HVS", release=release)
    for name in CHARACTERISTICS:
        say_effect(by=None, assessment=made, characteristic=name, expected="unknown", words="Nobody has asked yet.")
    return made


@pytest.mark.requirement("S066")
def test_no_decision_over_the_set_value_without_a_signed_assessment(board, meeting, release):
    item, assessment = ask_for(board, meeting, SET_VALUE), build_complete(release)
    with sitting(board, meeting):
        vote(board, item, chair="for", clinical="for", lay="for")
        refused = take(board, item)
        assert [each.slug for each in refused.objections] == ["equality_assessment_absent"] and refused.is_refused
        assert "since it commits £100,000" in refused.objections[0].sentence
        sign_assessment(by=board.chair, assessment=assessment, item=item)
        assert take(board, item).decision
    assert item.assessed.get().reference == f"/assurance/equality/{assessment.pk}/"


def test_under_the_set_value_none_is_due(board, meeting):
    item = ask_for(board, meeting, SET_VALUE - 1)
    with sitting(board, meeting):
        vote(board, item, chair="for", lay="for")
        assert take(board, item).decision


def test_nobody_writes_by_hand_that_equality_was_assessed(board, meeting):
    item = ask_for(board, meeting, SET_VALUE)
    with pytest.raises(ValidationError, match="Sign an equality impact assessment"):
        actions.record_assessment(by=board.secretary, item=item, kind="equality", reference="Somewhere")
    assert not item.assessed.exists()


def test_one_that_nobody_signed_is_brought_to_no_item_and_one_signed_to_any_that_waits(board, meeting, release):
    item, assessment = ask_for(board, meeting, SET_VALUE), build_complete(release)
    with pytest.raises(ValidationError, match="is not signed"):
        bring_assessment(by=board.chair, assessment=assessment, item=item)
    sign_assessment(by=board.chair, assessment=assessment)
    bring_assessment(by=board.chair, assessment=assessment, item=item)
    assert item.assessed.count() == 1
    actions.withdraw_item(by=board.secretary, item=item, reason="It came too early.")
    with pytest.raises(ValidationError, match="not waiting for a decision"):
        bring_assessment(by=board.chair, assessment=assessment, item=item)


def test_a_director_signs_for_an_item_on_the_page_and_the_item_leads_to_the_assessment(board, meeting, release, client):
    item, assessment = ask_for(board, meeting, SET_VALUE), build_complete(release)
    client.force_login(add_person_in_role("director", "HVS"), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/assurance/equality/{assessment.pk}/"
    assert "Heart Board: The plan of the year" in client.get(f"{address}signature/").content.decode()
    assert client.post(f"{address}signature/", {"item": item.pk}).status_code == 302
    assert f'href="{address}"' in client.get(f"/meetings/items/{item.pk}/").content.decode()
    assert f"{address}items/" in client.get(address).content.decode()
    assert client.post(f"{address}items/", {"item": ""}).status_code == 400
