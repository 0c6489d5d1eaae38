"""The weekly message is drafted from awards, claims and the calendar; no number leaves without a claim behind it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from builders.ledger import load_partnership, record
from builders.meetings import DAY, add_meeting, bring, build_board, sitting, take, vote
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise.config import find_deployment
from placewise_site.accounts.models import Event
from placewise_site.evidence.ledger.actions import remove_claim
from placewise_site.evidence.ledger.lifecycle import Removed
from placewise_site.evidence.ledger.queries import find_uses
from placewise_site.stories.actions import find_refusals, keep_message, send_message
from placewise_site.stories.drafting import draft_message
from placewise_site.stories.rules.days import resolve_day
from placewise_site.stories.rules.marks import find_unclaimed

WEEK = date(2017, 10, 27)
PAGE = "/messages/2017-10-27/"


@pytest.fixture
def partnership(release: Any, settings: Any) -> None:
    settings.PLACEWISE_DEPLOYMENT = str(find_deployment("west_yorkshire"))
    load_partnership()


@pytest.fixture
def editor(partnership: None) -> Any:
    return add_person_in_role("communications", "HVS")


@pytest.mark.requirement("S180")
def test_document_bs_week_is_drafted_with_its_projects_providers_money_and_eight_days(
    sign_in: Any, partnership: None
) -> None:
    browser = sign_in("communications", "HVS")
    assert browser.get("/messages/write/?week=2017-10-27").url == f"{PAGE}edit/"
    draft = draft_message(browser.person, WEEK)
    assert draft.splitlines()[1] in words_in(browser.get(f"{PAGE}edit/").content.decode())
    browser.post(f"{PAGE}edit/", {"words": draft})
    text = words_in(browser.get(PAGE).content.decode())
    assert "We have written to five provider organisations about the first 11 projects" in text
    assert "over £4.5 million is allocated" in text
    following, later = text.split("Next week")[1].split("Coming up")
    for day in ("Tuesday 31 October 2017", "Wednesday 1 November 2017", "Friday 3 November 2017"):
        assert day in following
    assert following.count("Tuesday 31 October 2017") == 2
    for day in ("6 November", "15 November", "21 November", "14 December"):
        assert f"{day} 2017" in later
    assert following.count(" 2017 : ") + later.count(" 2017 : ") == 8
    assert "on the leadership programme : 5 people" in text.split("This week")[1].split("Next week")[0]
    browser.post(f"{PAGE}send/")
    assert "Signed and sent by Communications" in words_in(browser.get(PAGE).content.decode())


@pytest.mark.requirement("S180")
@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("We also helped 12 more people.", "12"),
        ("We also helped twelve more people.", "twelve"),
        ("Costs rose by 3.5% since.", "3.5%"),
        ("A further £40,000 was found.", "£40,000"),
    ],
)
def test_a_number_without_a_claim_cannot_be_sent(editor: Any, sentence: str, number: str) -> None:
    message = keep_message(by=editor, week=WEEK, words=f"{draft_message(editor, WEEK)}\n{sentence}")
    with pytest.raises(ValidationError) as refused:
        send_message(by=editor, message=message)
    assert refused.value.messages == [
        f"The number {number} in “{sentence}” has no claim: record it with its source and write its name between "
        "braces, or take it out."
    ]
    assert not Event.objects.filter(action="message_sent").exists()


def test_a_message_rests_on_claims_that_hold_and_that_everybody_may_read(editor: Any) -> None:
    for words, told in (
        ("{F046} were added.", "F046, F062: counts of hypertension register additions"),
        ("{F999} were added.", "F999 is no claim of the record"),
        ("{F001|often} live here.", "{F001|often}: write number, word, day, statement after the bar"),
    ):
        (refusal,) = find_refusals(keep_message(by=editor, week=WEEK, words=words))
        assert told in refusal


def test_what_was_sent_is_for_everybody_and_marked_on_the_pages_of_its_claims(editor: Any, client: Any) -> None:
    message = keep_message(by=editor, week=WEEK, words=draft_message(editor, WEEK))
    assert client.get(PAGE).status_code == 404
    with pytest.raises(PermissionDenied):
        send_message(by=add_person_in_role("director", "HVS"), message=message)
    send_message(by=editor, message=message)
    assert "11 projects" in words_in(client.get(PAGE).content.decode())
    assert [each.use.address for each in find_uses("F074")] == [PAGE]
    assert "Weekly messages" in words_in(client.get("/messages/").content.decode())
    with pytest.raises(ValidationError, match="was sent already"):
        send_message(by=editor, message=keep_message(by=editor, week=WEEK, words="Again"))
    secretary = add_person_in_role("board_secretary", "HVS")
    remove_claim(by=secretary, name="F074", kind=Removed.RECALLED, reason="Counted wrongly")
    text = words_in(client.get(PAGE).content.decode())
    assert "11 projects" not in text
    assert "F074 was removed on" in text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tuesday", date(2017, 10, 31)),
        ("Friday", date(2017, 11, 3)),
        ("Wednesday 1 November", date(2017, 11, 1)),
        ("14 December", date(2017, 12, 14)),
        ("3 January", date(2018, 1, 3)),
    ],
)
def test_a_day_as_written_is_the_next_such_day(written: str, day: date) -> None:
    assert resolve_day(written, WEEK) == day


@pytest.mark.parametrize("written", ["Thursday 1 November", "Someday", "1 Brumaire", ""])
def test_words_that_name_no_day_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"no day|is no Thursday"):
        resolve_day(written, WEEK)


def test_numbers_in_marks_have_their_claims() -> None:
    assert find_unclaimed("{F074|number} projects, one of them in {F079|word} places.") == []
    assert [each.number for each in find_unclaimed("From 18:00 to 19:30. Then two more.")] == ["18:00", "19:30", "two"]


def test_a_week_of_public_meetings_is_drafted_with_what_they_decided_and_can_be_sent(
    release: Any, tmp_path: Path
) -> None:
    board = build_board()
    record(tmp_path, "m1 500 people measurand=reviewed document=A", published={"A": True})
    meeting, later = add_meeting(board), add_meeting(board, DAY + timedelta(days=21))
    editor = add_person_in_role("communications", "HVS")
    before = draft_message(editor, date(2025, 9, 12))
    assert "# Next week\nTuesday: " in before
    assert "# Coming up\nIn October: " in before
    item = bring(board, meeting, cites=("m1",))
    with sitting(board, meeting):
        vote(board, item, chair="for", clinical="for", lay="for")
        assert take(board, item, not_agreed="It is the newest there is.").decision
    after = draft_message(editor, date(2025, 9, 19))
    assert "# Decided\n" in after
    assert "It rests on {m1|statement}: {m1}." in after
    assert "Tuesday: " not in after
    assert later.body.name in after
    assert not find_refusals(keep_message(by=editor, week=date(2025, 9, 12), words=before))
