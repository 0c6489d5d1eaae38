"""The board's plan beside the partnership's strategy: each item links to it or states why not, and gaps are listed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from builders.bodies import load_bodies
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise_site.accounts.models import Event
from placewise_site.assurance.actions.strategy import plan_for, record_strategy, show_regard
from placewise_site.assurance.models import RegardShown, Strategy
from placewise_site.assurance.queries.strategy import get_books
from placewise_site.assurance.rules.strategy import Gap
from placewise_site.governance.models import Body

AIMS = ("Fewer strokes", "Carers are seen")


@pytest.fixture
def secretary(site):
    load_bodies()
    return add_person_in_role("board_secretary", "HVS")


@pytest.fixture
def strategy(secretary) -> Strategy:
    return _record(secretary, AIMS, date(2026, 3, 1))


def _record(by, aims, agreed_on: date) -> Strategy:
    owner = Body.objects.get(slug="coast_committee")
    return record_strategy(
        by=by, owner=owner, title=f"Strategy of {agreed_on.year}", agreed_on=agreed_on, source="Page 3", aims=aims
    )


def _plan(by, strategy: Strategy, title: str):
    board = Body.objects.get(slug="heart_board")
    return plan_for(by=by, strategy=strategy, board=board, plan="Plan of 2026", title=title)


@pytest.mark.requirement("S051")
def test_each_item_of_the_plan_links_to_the_strategy_or_states_why_not_and_gaps_are_listed(secretary, strategy):
    linked, exempt, silent = (_plan(secretary, strategy, each) for each in ("Checks", "Roofs", "Vans"))
    with pytest.raises(ValidationError, match="one of the two"):
        show_regard(by=secretary, item=linked)
    show_regard(by=secretary, item=linked, aim=strategy.aims.get(title="Fewer strokes"))
    show_regard(by=secretary, item=exempt, reason="the rain comes in")
    (book,) = get_books(secretary)
    assert [(row.item, row.gap) for row in book.gaps] == [(silent, Gap.NOTHING_SAID)]
    assert [each.title for each in book.unserved] == ["Carers are seen"]
    assert Event.objects.filter(action="regard_shown").count() == 2

    page = words_in(Client().get("/assurance/strategy/").content.decode())
    assert "Vans: it names no aim of the strategy and does not say why not." in page
    assert "Serves: Fewer strokes." in page and "Serves none, because the rain comes in" in page
    (told,) = Client().get("/api/v1/strategies").json()["items"]
    assert [each["gap"] for each in told["items"]] == [None, None, "nothing_said"]
    assert told["unserved"] == ["Carers are seen"]


def test_a_newer_strategy_opens_each_item_that_served_only_the_earlier_one(secretary, strategy):
    item = _plan(secretary, strategy, "Checks")
    old = strategy.aims.get(title="Fewer strokes")
    show_regard(by=secretary, item=item, aim=old)
    newer = _record(secretary, ("Fewer falls",), date(2026, 9, 1))
    (book,) = get_books(secretary)
    assert (book.strategy, [row.gap for row in book.rows]) == (newer, [Gap.EARLIER_STRATEGY])
    with pytest.raises(ValidationError, match="of an earlier strategy"):
        show_regard(by=secretary, item=item, aim=old)
    show_regard(by=secretary, item=item, aim=newer.aims.get())
    assert not get_books(secretary)[0].gaps


def test_only_those_who_keep_it_record_it_and_the_pages_do_it(secretary, strategy, sign_in):
    analyst = add_person_in_role("analyst", "HVS")
    with pytest.raises(PermissionDenied, match="does not record strategies"):
        _plan(analyst, strategy, "Checks")
    browser = sign_in("director", "HVS")
    said = {"board": "heart_board", "plan": "Plan of 2026", "title": "Checks"}
    assert browser.post(f"/assurance/strategy/{strategy.pk}/items/", said).status_code == 302
    (row,) = get_books(secretary)[0].rows
    address = f"/assurance/strategy/items/{row.item.pk}/"
    assert browser.post(address, {"aim": "", "reason": ""}).status_code == 400
    assert browser.post(address, {"aim": strategy.aims.first().pk}).status_code == 302
    assert RegardShown.objects.get().aim == strategy.aims.first()
    written = {
        "owner": "heart_board",
        "title": "Another",
        "agreed_on": "2026-05-01",
        "source": "Page 1",
        "aims": "A\nB",
    }
    assert browser.post("/assurance/strategy/new/", written).status_code == 302
    assert Strategy.objects.get(title="Another").aims.count() == 2
