"""Whoever scores a bid declares; the bid of one's own place is a conflict, refused or ruled by the chair."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from builders.bodies import seat_somebody
from builders.meetings import Board, build_board, plan
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise_site.accounts.models import Event, User
from placewise_site.meetings import actions
from placewise_site.meetings.actions.bids import Scored
from placewise_site.meetings.models import Bid, Item
from placewise_site.meetings.rules.aims import Aim, Score
from placewise_site.meetings.rules.interests import Subject
from placewise_site.organisations.models import Organisation

OWN = "your own place or organisation"


@pytest.fixture
def board(site) -> Board:
    return build_board()


@pytest.fixture
def item(board: Board) -> Item:
    return plan(board, title="Bids for the fund", subject=Subject.BID, places=())


@pytest.fixture
def bids(board: Board, item: Item) -> dict[str, Bid]:
    """One of each of two places."""
    places = {code: Organisation.objects.get(code=code) for code in ("HVN", "HVT")}
    return {
        code: actions.add_bid(by=board.secretary, item=item, title=f"A clinic in {code}", bidder=place, place=place)
        for code, place in places.items()
    }


@pytest.fixture
def lead(board: Board) -> User:
    """Leads a place and a programme of the whole system, and sits on the board."""
    person = add_person_in_role("place_lead", "HVN", email="lead@example.org")
    add_person_in_role("programme_lead", "HVS", email="lead@example.org")
    seat_somebody("heart_board", "secretary", person=person)
    return person


def score(by: User, bid: Bid) -> Scored:
    return actions.score_bid(by=by, bid=bid, aim=Aim.INEQUALITIES, score=Score.HELPS)


@pytest.mark.requirement("S064")
def test_a_place_lead_who_scores_their_own_places_bid_raises_a_conflict(board, item, bids, lead):
    """They lead a programme too: both capacities are declared, and the second is no way round the first."""
    assert "say which interests you hold" in score(lead, bids["HVT"]).refusal
    declared = actions.declare_for_scoring(by=lead, item=item)
    assert [each[0] for each in declared.capacities] == ["Programme lead", "Place lead"]
    assert OWN in score(lead, bids["HVN"]).refusal and not bids["HVN"].scores.exists()
    assert OWN in Event.objects.filter(action="bid_scoring_refused").first().detail["why"]
    assert "Place lead" in score(lead, bids["HVT"]).score.capacities

    with pytest.raises(PermissionDenied, match="Only the chair"):
        actions.rule_on_scorer(by=board.secretary, bid=bids["HVN"], person=lead, may_score=True, reason="Two score it.")
    actions.rule_on_scorer(by=board.chair, bid=bids["HVN"], person=lead, may_score=True, reason="Two score it.")
    assert score(lead, bids["HVN"]).score.score == Score.HELPS
    actions.rule_on_scorer(by=board.chair, bid=bids["HVN"], person=lead, may_score=False, reason="On reflection.")
    assert "The chair has ruled" in score(lead, bids["HVN"]).refusal


def test_a_declared_interest_is_ruled_by_the_chair_and_never_by_oneself(board, item, bids):
    actions.declare_for_scoring(by=board.chair, item=item, words="My sister works for one of them.")
    assert "You declared an interest" in score(board.chair, bids["HVN"]).refusal
    with pytest.raises(PermissionDenied, match="Nobody rules on their own interest"):
        actions.rule_on_scorer(by=board.chair, bid=bids["HVN"], person=board.chair, may_score=True, reason="Small.")


def test_the_aims_of_an_item_with_bids_are_scored_by_nobody_whose_bid_is_among_them(board, item, bids):
    with pytest.raises(ValidationError, match="say which interests you hold"):
        actions.score_aim(by=board.chair, item=item, aim=Aim.RESOURCES, score=Score.HELPS)
    actions.declare_for_scoring(by=board.chair, item=item)
    assert actions.score_aim(by=board.chair, item=item, aim=Aim.RESOURCES, score=Score.HELPS).pk


def test_pages_and_the_api_show_the_conflict_and_refuse_with_the_reason(board, item, bids, lead):
    browser, address = Client(), f"/meetings/items/{item.pk}/"
    browser.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post(f"{address}declare-for-scoring/", {"words": ""}).status_code == 302
    said = {"bid": bids["HVN"].pk, "aim": "inequalities", "score": "helps"}
    refused = browser.post(f"{address}score-bid/", said)
    assert refused.status_code == 400 and OWN in words_in(refused.content.decode())
    assert browser.post(f"{address}score-bid/", said | {"bid": bids["HVT"].pk}).status_code == 302
    page = words_in(Client().get(address).content.decode())
    assert "Place lead, North: does not score it unless the chair rules" in page or "Place lead, " in page
    assert "Cut inequalities: Helps" in page
    own, other = Client().get(f"/api/v1/meeting-items/{item.pk}").json()["bids"]
    assert [each["ruling"] for each in own["conflicts"]] == ["none yet"]
    assert other["conflicts"] == [] and len(other["scores"]) == 1
