"""A ruling is real: what it keeps from a member is on no page, in no feed and in no answer, and a look is logged."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from builders.addresses import fill, iter_routes
from builders.meetings import DAY, Board, add_meeting, bring, build_board, paper_of, plan, sitting, take, vote
from placewise_site.accounts.models import AccessEvent, Event
from placewise_site.governance.actions import declare_interest
from placewise_site.meetings import actions, clock
from placewise_site.meetings.models import Action, Decision, Item, Meeting
from placewise_site.meetings.packs.build import build_pack
from placewise_site.meetings.packs.typesetting import render_pdf
from placewise_site.meetings.rules.interests import Ruling, Subject
from placewise_site.meetings.rules.publication import Privacy
from placewise_site.organisations.models import Organisation
from placewise_site.web.meetings.deeds import OF_ACTION, OF_DECISION, OF_ITEM, OF_PAPER

pytestmark = pytest.mark.usefixtures("site")
SECRET = "Zephyr Diagnostics is the preferred bidder."
TITLE = "Award of the heart scanner contract"


@pytest.fixture
def board(site: SimpleNamespace) -> Board:
    return build_board()


@pytest.fixture
def award(board: Board) -> Item:
    """An award in private, in which the member for hospices has an interest, with all that an item can have."""
    with clock.standing_at(DAY - timedelta(days=400)):
        declare_interest(
            by=None,
            member=board.seats["hospice"].member,
            kind="financial",
            words="Shares in a bidder",
            held_from=(DAY - timedelta(days=400)).date(),
        )
    meeting = add_meeting(board)
    item = bring(
        board, meeting, words=SECRET, title=TITLE, subject=Subject.AWARD, private_ground=Privacy.COMMERCIAL, amount=1000
    )
    with sitting(board, meeting, present=("chair", "clinical", "lay", "hospice")):
        vote(board, item, chair="for", clinical="for", lay="against")
        assert take(board, item).decision
        actions.write_minute(by=board.secretary, meeting=meeting, item=item, words=SECRET)
        actions.add_action(
            by=board.secretary,
            item=item,
            title=f"Sign: {SECRET}"[:90],
            owner=Organisation.objects.get(code="RT1"),
            role="Director",
            due_on=DAY.date(),
        )
    return item


def browser_of(person: Any) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def addresses(item: Item) -> list[str]:
    """Every address of the area, its parts those of the item; POST addresses too."""
    placed = item.placements.get()
    parts = {
        "item": str(item.pk),
        "paper": str(paper_of(item).pk),
        "decision": str(Decision.objects.get(item=item).pk),
        "action": str(Action.objects.get(item=item).pk),
        "meeting": str(placed.meeting_id),
    }
    areas = ("meetings/", "packs/", "api/v1/meetings", "api/v1/meeting-items", "api/v1/decisions", "api/v1/actions")
    routes = [each for each in iter_routes() if each.startswith(areas)]
    deeds = ["vote", "declare", "paper", "minute", "open", "issue", "close", "review", "plan"]
    return [
        fill(route, **parts, deed=deed) for route in routes for deed in (deeds if "<slug:deed>" in route else deeds[:1])
    ]


def walk(browser: Client, item: Item) -> str:
    """All that the area tells a browser, by any address."""
    told = []
    for address in addresses(item):
        answer = browser.get(address)
        assert answer.status_code < 500, address
        told.append(answer.content.decode(errors="replace"))
    return "\n".join(told)


def test_a_barred_member_finds_the_paper_nowhere_and_the_look_is_logged(board, award):
    told = walk(browser_of(board.people["hospice"]), award)
    assert SECRET not in told and TITLE not in told and "Zephyr" not in told
    refused = AccessEvent.objects.exclude(denied="")
    assert refused.filter(
        name="hospice@example.org", what=f"papers of item {award.pk}", practice="heart_board"
    ).exists()


def test_what_is_kept_answers_404(board, award):
    browser = browser_of(board.people["hospice"])
    decision = Decision.objects.get(item=award)
    for address in (
        f"/meetings/items/{award.pk}/",
        f"/meetings/papers/{paper_of(award).pk}/",
        f"/meetings/decisions/{decision.pk}/",
        f"/meetings/items/{award.pk}/vote/",
        f"/api/v1/meeting-items/{award.pk}",
        f"/api/v1/decisions/{decision.pk}",
    ):
        assert browser.get(address).status_code == 404, address
    assert AccessEvent.objects.exclude(denied="").count() == 6


def test_the_pdf_of_a_barred_member_holds_what_their_pack_holds(board, award):
    """A PDF cannot be searched for words, so it is held against one that is made of the blocks of their pack."""
    meeting, barred = award.placements.get().meeting, board.people["hospice"]
    made = build_pack(barred, meeting)
    words = " ".join(each.words for each in made.blocks)
    assert SECRET not in words and TITLE not in words
    assert browser_of(barred).get(f"/packs/{meeting.pk}.pdf").content == render_pdf(made)
    assert browser_of(board.people["lay"]).get(f"/packs/{meeting.pk}.pdf").content != render_pdf(made)


def test_a_barred_member_can_do_nothing_to_the_item_and_is_not_told_that_it_is_there(board, award):
    """Every deed of the item, its paper, its decision and its action, posted: as if there were none of them."""
    browser = browser_of(board.people["hospice"])
    areas = (
        (f"/meetings/items/{award.pk}", OF_ITEM),
        (f"/meetings/papers/{paper_of(award).pk}", OF_PAPER),
        (f"/meetings/decisions/{Decision.objects.get(item=award).pk}", OF_DECISION),
        (f"/meetings/actions/{Action.objects.get(item=award).pk}", OF_ACTION),
    )
    posted = [f"{address}/{deed}/" for address, deeds in areas for deed in deeds]
    before = Event.objects.count()
    for address in posted:
        answer = browser.post(address, {"membership": board.seats["hospice"].pk, "choice": "against", "words": "Me."})
        assert answer.status_code == 404, address
        told = answer.content.decode()
        assert SECRET not in told and TITLE not in told, address
    assert Event.objects.count() == before, "nothing was written"
    assert AccessEvent.objects.exclude(denied="").count() == len(posted), "each try is in the log"
    for method in ("post", "put", "patch", "delete"):
        assert getattr(browser, method)(f"/api/v1/meeting-items/{award.pk}").status_code == 405
    not_barred = browser_of(board.people["lay"]).post(f"/meetings/items/{award.pk}/vote/", {})
    assert not_barred.status_code == 400, "a form to fill in, for whoever may read the item"


def test_the_feed_of_a_barred_member_leaves_the_item_out_before_the_meeting(board, site):
    meeting = add_meeting(board)
    item = bring(board, meeting, words=SECRET, title=TITLE, subject=Subject.AWARD)
    actions.declare_interest(
        by=board.people["hospice"], item=item, membership=board.seats["hospice"], words="A bidder's trustee"
    )
    feeds = {
        seat: browser_of(board.people[seat]).get("/meetings/calendar.ics?body=heart_board").content.decode()
        for seat in ("hospice", "lay")
    }
    assert TITLE not in feeds["hospice"] and TITLE in feeds["lay"]
    assert feeds["hospice"].count("BEGIN:VEVENT") == Meeting.objects.count() == 1, "the meeting itself is theirs to see"


def test_a_member_who_is_not_barred_reads_it_all(board, award):
    told = walk(browser_of(board.people["lay"]), award)
    assert SECRET in told and TITLE in told
    assert not AccessEvent.objects.exclude(denied="").exists()


def test_the_chair_can_let_a_member_read(board, site):
    meeting = add_meeting(board)
    item = bring(board, meeting, words=SECRET, title=TITLE, subject=Subject.BID, private_ground=Privacy.COMMERCIAL)
    hospice = board.seats["hospice"]
    actions.declare_interest(by=board.people["hospice"], item=item, membership=hospice, words="A bidder's trustee")
    browser = browser_of(board.people["hospice"])
    assert browser.get(f"/meetings/items/{item.pk}/").status_code == 404
    actions.rule_on_interest(
        by=board.chair, item=item, membership=hospice, ruling=Ruling.SPEAK_NO_VOTE, reason="Far off."
    )
    assert browser.get(f"/meetings/items/{item.pk}/").status_code == 200
    actions.rule_on_interest(by=board.chair, item=item, membership=hospice, ruling=Ruling.NO_PAPERS, reason="Near.")
    assert browser.get(f"/meetings/papers/{paper_of(item).pk}/").status_code == 404


def test_the_public_is_told_of_nothing_private_neither_title_nor_vote_nor_override(board, award):
    told = walk(Client(), award)
    assert SECRET not in told and TITLE not in told and "commercial" not in told.casefold()
    assert "1 item is taken in private" in told


def test_a_person_of_another_organisation_reads_what_the_public_reads(sign_in, board, award):
    told = walk(sign_in("director", "HVN"), award)
    assert SECRET not in told and TITLE not in told


@pytest.mark.requirement("S052")
def test_public_papers_are_public_a_set_number_of_days_before(board, site):
    meeting = add_meeting(board)
    item = bring(board, meeting, words="The plan in full.")
    address = f"/meetings/papers/{paper_of(item).pk}/"
    with clock.standing_at(DAY - timedelta(days=6)):
        assert Client().get(address).status_code == 404
        assert browser_of(board.people["lay"]).get(address).status_code == 200
    with clock.standing_at(DAY - timedelta(days=5)):
        assert "The plan in full." in Client().get(address).content.decode()


@pytest.mark.requirement("S036", "S035")
def test_an_override_names_a_role_and_a_reason_and_is_published(board, site):
    meeting = add_meeting(board)
    with clock.standing_at(DAY - timedelta(days=10)):
        item = plan(board)
        actions.place_item(by=board.secretary, item=item, meeting=meeting)
    with sitting(board, meeting):
        vote(board, item, chair="for", lay="for")
        decision = take(board, item, place_could_decide="One plan was promised to all.").decision
    page = Client().get(f"/meetings/decisions/{decision.pk}/").content.decode()
    assert "One plan was promised to all." in page and "Chair" in page
