"""Meetings, items and decisions as they stood on a past day; what was withdrawn since is gone from that day too."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from builders.ledger import record
from builders.meetings import DAY, WARNED, Board, add_meeting, bring, build_board, paper_of, sitting, take, vote
from builders.pages import words_in
from placewise_site.evidence.deployment import get_deployment
from placewise_site.evidence.ledger.actions import remove_claim
from placewise_site.evidence.ledger.lifecycle import Removed
from placewise_site.governance.actions import load_partnership, loading
from placewise_site.governance.models import Seat
from placewise_site.meetings import actions, clock
from placewise_site.meetings.models import Decision, Purpose
from placewise_site.meetings.queries.rooms import find_room
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
    assert "None that you may read." in read(public, "/meetings/decisions/", BEFORE)
    assert decision.resolved in read(public, "/meetings/decisions/", AFTER)
    assert "No meeting is in the calendar." in read(public, "/meetings/", DAY.date() - timedelta(days=40))
    assert "No meeting is in the calendar." not in read(public, "/meetings/", BEFORE)
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


@pytest.mark.requirement("S186")
def test_papers_plan_actions_and_packs_stand_as_they_stood_on_a_day(board, decision):
    public, chair = Client(), browser_of(board.chair)
    with clock.standing_at(DAY - timedelta(days=30)):
        meeting = add_meeting(board, DAY + timedelta(days=7))
    paper = paper_of(bring(board, meeting, words="We treat 3,539 people.", cites=("n1",)))
    pack, actions_page, plan = f"/packs/{meeting.pk}/", "/meetings/actions/", "/meetings/plan/"
    with clock.standing_at(DAY + timedelta(days=5)):
        actions.recall_paper(by=board.secretary, paper=paper, reason="A slip in it.")
        actions.write_version(by=board.secretary, paper=paper, words="We treat 3,540 people.", cites=("n1",))

    address = f"/meetings/papers/{paper.pk}/"
    told = read(chair, address, AFTER)
    assert "We treat 3,539 people." in told and "3,540" not in told and "as they stood on that day" in told
    assert "We treat 3,540 people." in read(chair, address)
    assert "We treat 3,539 people." in read(chair, pack, AFTER) and "No paper." in read(chair, pack)
    assert "As the record stood at the end of 17 September 2025." in read(chair, pack, AFTER)
    recalled = public.get(address, {"as_of": AFTER.isoformat()})
    assert recalled.status_code == 404, "recalled since, so on no public page of the past"

    assert "Write" in read(public, actions_page, AFTER) and "Write" not in read(public, actions_page)
    assert "Close it with evidence" not in read(browser_of(board.secretary), actions_page, AFTER)
    planned = (DAY - timedelta(days=10)).date()
    with clock.standing_at(DAY + timedelta(days=2)):
        actions.plan_item(
            by=board.secretary, body=board.body, title="A later plan", purpose=Purpose.DISCUSS, expected_on=None
        )
    assert "A later plan" in read(public, plan) and "A later plan" not in read(public, plan, planned)


def test_the_api_answers_for_a_past_day_as_the_pages_do(board, decision):
    def ask(address: str, day: date) -> Any:
        return Client().get(f"/api/v1/{address}", {"as_of": day.isoformat()})

    assert ask(f"meeting-items/{decision.item_id}", BEFORE).json()["votes"] == []
    assert len(ask(f"meeting-items/{decision.item_id}", AFTER).json()["votes"]) == 2
    assert ask(f"decisions/{decision.pk}", BEFORE).status_code == 404
    assert [each["is_late"] for each in ask("actions", AFTER).json()["items"]] == [False]
    assert ask("actions", (DAY + timedelta(days=11)).date()).json()["count"] == 0


def test_a_past_meeting_reads_its_seats_from_the_record_of_its_day(board, decision, monkeypatch):
    """A year on the lay seat is an officer's and has no vote: meeting and votes keep the quorum and titles they had."""
    record_of_day = [f"/meetings/{decision.meeting_id}/", f"/meetings/items/{decision.item_id}/",
                     f"/meetings/decisions/{decision.pk}/"]  # fmt: skip
    before = [read(Client(), address) for address in record_of_day]
    later = timezone.now() + timedelta(days=365)
    monkeypatch.setattr(loading.timezone, "now", lambda: later)
    partnership = get_deployment().partnership
    heart = partnership.bodies["heart_board"]
    officer = heart.terms.seats["secretary"].model_copy(update={"title": "Observer"})
    terms = heart.terms.model_copy(update={"seats": heart.terms.seats | {"lay": officer}})
    changed = partnership.bodies | {"heart_board": heart.model_copy(update={"terms": terms})}
    load_partnership(
        by=None,
        partnership=type(partnership)(
            bodies=changed, functions=partnership.functions, instruments=partnership.instruments,
            delegations=partnership.delegations,
        ),
    )  # fmt: skip
    assert not Seat.objects.get(body=board.body, slug="lay").votes
    room = find_room(None, decision.meeting)
    assert (room.counted, room.is_quorate) == (3, True)
    assert [read(Client(), address) for address in record_of_day] == before
    votes = Client().get(f"/api/v1/meeting-items/{decision.item_id}").json()["votes"]
    assert "Observer" not in [each["seat"] for each in votes]
