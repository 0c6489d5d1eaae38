"""Meetings, items and decisions as they stood on a past day; what was withdrawn since is gone from that day too."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from builders.ledger import record
from builders.meetings import DAY, WARNED, Board, add_meeting, bring, build_board, paper_of, sitting, take, vote
from builders.pages import words_in
from placewise_site.evidence.ledger.actions import remove_claim
from placewise_site.evidence.ledger.lifecycle import Removed
from placewise_site.meetings import actions, clock
from placewise_site.meetings.models import Decision
from placewise_site.meetings.rules.interests import Ruling
from placewise_site.organisations.models import Organisation

BEFORE, THAT_DAY, AFTER = (DAY.date() + timedelta(days=days) for days in (-4, 0, 1))


@pytest.fixture
def board(site: SimpleNamespace) -> Board:
    return build_board()


@pytest.fixture
def decision(board: Board, tmp_path: Path) -> Decision:
    """Made on the day of the meeting, with an action, and with minutes ten days later."""
    record(tmp_path, "n1 3539 people measurand=treated", published={"Z": True})
    with clock.standing_at(DAY - timedelta(days=30)):
        meeting = add_meeting(board)
    item = bring(board, meeting, words="We treat 3,539 people.", cites=("n1",))
    with sitting(board, meeting):
        vote(board, item, chair="for", lay="for")
        made = take(board, item, **WARNED).decision
        owner = Organisation.objects.get(code="RT1")
        action = actions.add_action(
            by=board.chair, item=item, title="Write", owner=owner, role="Director", due_on=date(2025, 10, 1)
        )
    with clock.standing_at(DAY + timedelta(days=10)):
        actions.write_minute(by=board.secretary, meeting=meeting, item=item, words="It was said at length.")
        actions.close_action(by=board.secretary, action=action, evidence="The letter is sent.")
    assert made is not None
    return made


def read(browser: Client, address: str, day: date | None = None) -> str:
    answer = browser.get(address, {"as_of": day.isoformat()} if day else {})
    assert answer.status_code == 200, address
    return words_in(answer.content.decode())


def browser_of(person: Any) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.requirement("S186")
def test_meeting_item_and_decision_stand_as_they_stood_on_a_day(board, decision):
    public = Client()
    item, meeting = f"/meetings/items/{decision.item_id}/", f"/meetings/{decision.meeting_id}/"
    before = read(public, item, BEFORE)
    assert "As it stood at the end of 12 September 2025" in before
    assert "On an agenda" in before and "Nobody has voted" in before and "Carried" not in before
    that_day = read(public, item, THAT_DAY)
    assert "Carried" in that_day and "Open" in that_day and "2 for, 0 against" in that_day
    assert "It was said at length." not in that_day and "The letter is sent." not in that_day
    now = read(public, item)
    assert "It was said at length." in now and "The letter is sent." in now and "As it stood at the end" not in now

    assert "To come" in read(public, meeting, BEFORE) and "Decided here" not in read(public, meeting, BEFORE)
    assert "Under way" in read(public, meeting, THAT_DAY) and "Decided here" in read(public, meeting, THAT_DAY)
    address = f"/meetings/decisions/{decision.pk}/"
    assert public.get(address, {"as_of": BEFORE.isoformat()}).status_code == 404
    assert "The letter is sent." not in read(public, address, AFTER)
    assert public.get(address, {"as_of": "soon"}).status_code == 404
    assert "What you may do here" not in read(browser_of(board.chair), meeting, THAT_DAY)


def test_what_was_withdrawn_since_is_gone_from_every_past_day(board, decision):
    address = f"/meetings/decisions/{decision.pk}/"
    assert "n1" in read(Client(), address, AFTER) and "To be looked at again" not in read(Client(), address, AFTER)
    remove_claim(by=board.secretary, name="n1", kind=Removed.WITHDRAWN, reason="It was counted twice.")
    told = read(Client(), address, AFTER)
    assert "It was counted twice." in told and "people measurand" not in told


def test_a_paper_recalled_since_is_on_no_public_page_of_the_past(board, site):
    item = bring(board, add_meeting(board))
    address = f"/meetings/items/{item.pk}/"
    assert "The case" in read(Client(), address, AFTER)
    actions.recall_paper(by=board.secretary, paper=paper_of(item), reason="It names a patient.")
    assert "There is no paper that you may read yet." in read(Client(), address, AFTER)
    assert "The case (issued)" in read(browser_of(board.chair), address, AFTER), "members read how it stood"


def test_a_paper_that_was_not_public_yet_is_not_on_a_page_of_that_day(board, decision):
    item = f"/meetings/items/{decision.item_id}/"
    assert "There is no paper that you may read yet." in read(Client(), item, DAY.date() - timedelta(days=6))
    assert "The case" in read(Client(), item, DAY.date() - timedelta(days=5))


def test_a_ruling_of_today_keeps_the_past_from_a_member_too(board, decision):
    hospice = browser_of(board.people["hospice"])
    meeting = add_meeting(board, DAY + timedelta(days=30))
    item = bring(board, meeting, title="A second plan")
    address = f"/meetings/items/{item.pk}/"
    day = (DAY + timedelta(days=21)).date()
    assert "A second plan" in read(hospice, address, day)
    actions.rule_on_interest(
        by=board.chair, item=item, membership=board.seats["hospice"], ruling=Ruling.NO_PAPERS, reason="Near."
    )
    assert hospice.get(address, {"as_of": day.isoformat()}).status_code == 404
    assert "A second plan" not in read(hospice, f"/meetings/{meeting.pk}/")
