"""What waits for somebody after a decision: evidence that moved, reports that were missed, actions that are late."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from icalendar import Calendar

from builders.ledger import record
from builders.meetings import DAY, WARNED, Board, add_meeting, bring, build_board, plan, sitting, take, vote
from placewise_site.evidence.ledger.actions import remove_claim
from placewise_site.evidence.ledger.lifecycle import Removed
from placewise_site.meetings import actions, clock
from placewise_site.meetings.models import Decision, Item, Meeting
from placewise_site.meetings.queries.follow_up import find_actions, find_missed_reports, find_to_review
from placewise_site.organisations.models import Organisation

pytestmark = pytest.mark.usefixtures("site")
CLAIMS = "n1 3539 people measurand=treated"


@pytest.fixture
def board(site: SimpleNamespace) -> Board:
    return build_board()


@pytest.fixture
def decision(board: Board, tmp_path: Path) -> Decision:
    """That rests on a claim of a document, which nobody had agreed."""
    record(tmp_path, CLAIMS, published={"Z": True})
    meeting = add_meeting(board)
    item = bring(board, meeting, words="We treat 3,539 people.", cites=("n1",))
    with sitting(board, meeting):
        vote(board, item, chair="for", lay="for")
        made = take(board, item, **WARNED).decision
    assert made is not None
    return made


def test_a_withdrawn_claim_opens_the_decision_again_and_the_secretary_settles_it(board, decision):
    assert find_to_review(board.secretary) == []
    remove_claim(by=board.secretary, name="n1", kind=Removed.WITHDRAWN, reason="It was counted twice.")
    (waiting,) = find_to_review(board.secretary)
    assert waiting.decision == decision and waiting.claim.standing == "withdrawn"
    assert find_to_review(board.people["lay"]) == []
    page = Client().get(f"/meetings/decisions/{decision.pk}/").content.decode()
    assert "To be looked at again" in page
    assert "3539" not in page and "people measurand" not in page, "what was withdrawn is shown in no past view either"

    with pytest.raises(PermissionDenied):
        actions.review_decision(by=board.people["lay"], decision=decision, address="n1", reason="No.", takes_up=False)
    review = actions.review_decision(
        by=board.secretary, decision=decision, address="n1", reason="The case rests on it.", takes_up=True
    )
    assert find_to_review(board.secretary) == []
    assert review.returned_as is not None and review.returned_as.title == "Decide again: The plan of the year"


def test_a_corrected_claim_opens_the_decision_again_and_once_more_when_it_is_corrected_again(board, decision, tmp_path):
    for value in (3400, 3300):
        assert find_to_review(board.secretary) == []
        record(tmp_path, f"n1 {value} people measurand=treated", published={"Z": True})
        (waiting,) = find_to_review(board.secretary)
        assert waiting.claim.standing == "superseded" and "corrected since this was decided" in waiting.claim.told
        page = Client().get(f"/meetings/decisions/{decision.pk}/").content.decode()
        assert "To be looked at again" in page
        actions.review_decision(
            by=board.secretary, decision=decision, address="n1", reason="It stands.", takes_up=False
        )
    assert find_to_review(board.secretary) == []


def test_a_decision_whose_evidence_stands_cannot_be_reviewed(board, decision):
    with pytest.raises(ValidationError, match="nothing to review"):
        actions.review_decision(by=board.secretary, decision=decision, address="n1", reason="No.", takes_up=False)


def test_the_evidence_is_kept_as_it_stood(board, decision):
    (kept,) = decision.evidence
    assert (kept["address"], kept["standing"], kept["released"]) == ("n1", "proposed", True)


def test_an_urgent_decision_that_was_not_reported_is_told_loudly(board, site):
    rule = {"signed_by": ["chair", "clinical"], "limit": None, "since": date(2022, 7, 1), "source": "Invented"}
    actions.set_urgent_rule(by=board.secretary, body=board.body, **rule)
    with clock.standing_at(DAY):
        item = plan(board)
        actions.give_system_reason(by=board.secretary, item=item, reason="risk", told="Too much for one place.")
        for seat in ("chair", "clinical"):
            actions.sign(by=board.people[seat], item=item)
        actions.decide_urgently(by=board.chair, item=item, resolved="Agreed.", urgency="A flood.")
    meeting = add_meeting(board, DAY + timedelta(days=30))
    assert find_missed_reports(board.secretary) == []
    with sitting(board, meeting):
        actions.close_meeting(by=board.chair, meeting=meeting)
    (missed,) = find_missed_reports(board.secretary)
    assert not missed.told
    for address in ("/meetings/", f"/meetings/{meeting.pk}/"):
        page = Client().get(address).content.decode()
        assert "Not reported yet" in page and "was not told at its next meeting" in page
    later = add_meeting(board, DAY + timedelta(days=60))
    with sitting(board, later):
        actions.note_item(by=board.chair, item=Item.objects.get(reports__item=item))
    (missed,) = find_missed_reports(board.secretary)
    assert missed.told, "told, and late for ever"


def test_only_the_seats_of_the_rule_are_offered_to_sign_an_urgent_decision(board, client):
    item = plan(board)
    rule = {"signed_by": ["chair", "clinical"], "limit": None, "since": date(2022, 7, 1), "source": "Invented"}
    offers = {}
    for when in ("without a rule", "with one"):
        for seat in ("chair", "clinical", "lay", "secretary"):
            client.force_login(board.people[seat], backend="django.contrib.auth.backends.ModelBackend")
            page = client.get(f"/meetings/items/{item.pk}/").content.decode()
            offers[when, seat] = "Sign for an urgent decision" in page
        if when == "without a rule":
            actions.set_urgent_rule(by=board.secretary, body=board.body, **rule)
    assert [key for key, offered in offers.items() if offered] == [("with one", "chair"), ("with one", "clinical")]
    client.force_login(board.people["lay"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/meetings/items/{item.pk}/sign/").status_code == 403


def test_late_actions_are_told(board, decision):
    owner = Organisation.objects.get(code="RT1")
    said = {"by": board.secretary, "item": decision.item, "owner": owner, "role": "Director"}
    actions.add_action(**said, title="Write", due_on=DAY.date() + timedelta(days=10))
    with clock.standing_at(DAY + timedelta(days=10)):
        assert [each.title for each in find_actions(board.secretary)] == ["Write"]
        assert not find_actions(board.secretary, only_late=True).exists()
    with clock.standing_at(DAY + timedelta(days=11)):
        assert find_actions(board.secretary, only_late=True).exists()
        assert "Late" in Client().get("/meetings/actions/").content.decode()


@pytest.mark.requirement("S059")
def test_the_dates_of_2017_make_a_calendar_with_the_right_weekdays(board, site):
    """1 November 2017 was a Wednesday and 21 November a Tuesday."""
    for day in (1, 15, 21):
        add_meeting(board, datetime(2017, 11, day, 10, tzinfo=UTC))
    calendar = Calendar.from_ical(Client().get("/meetings/calendar.ics?body=heart_board").content)
    starts = [each.decoded("dtstart") for each in calendar.walk("VEVENT")]
    assert [f"{each:%A %-d %B %Y}" for each in starts] == [
        "Wednesday 1 November 2017",
        "Wednesday 15 November 2017",
        "Tuesday 21 November 2017",
    ]
    assert Meeting.objects.count() == 3
