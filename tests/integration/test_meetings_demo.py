"""A demonstration's year of meetings: marked as invented, with what a reader should come across."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from builders.ledger import load_partnership
from builders.meetings import DAY, add_meeting, bring, build_board, sitting, take, vote
from placewise.config import find_deployment
from placewise_site.accounts.models import AccessEvent, User
from placewise_site.evidence.deployment import get_deployment
from placewise_site.governance.actions import load_partnership as load_bodies_of_deployment
from placewise_site.meetings.models import Action, BidScore, Decision, Item, Meeting, Override, Refusal, Vote
from placewise_site.organisations.actions import load_organisations
from placewise_site.running.demo import add_demo_accounts
from placewise_site.running.demo_meetings import hold_demo_meetings
from placewise_site.running.demo_seats import fill_demo_seats


def test_a_year_of_invented_meetings_shows_what_may_happen(site, settings, tmp_path: Path):
    """As `prepare` sets up the shipped deployment. Asked for again, nothing is added."""
    settings.PLACEWISE_STORE, settings.PLACEWISE_DEPLOYMENT = tmp_path, str(find_deployment("west_yorkshire"))
    load_organisations(get_deployment().hierarchy.organisations.values())
    load_partnership()
    load_bodies_of_deployment(by=None, partnership=get_deployment().partnership)
    add_demo_accounts()
    fill_demo_seats()
    hold_demo_meetings()
    count = Meeting.objects.count()
    hold_demo_meetings()
    assert Meeting.objects.count() == count
    assert not Meeting.objects.filter(is_invented=False).exists()
    assert not Item.objects.filter(is_invented=False).exists()
    assert Meeting.objects.order_by("starts_at")[0].starts_at < timezone.now() - timedelta(days=300)
    assert Meeting.objects.filter(starts_at__gt=timezone.now()).exists()
    assert Meeting.objects.values("body").order_by("body").distinct().count() >= 8
    refused = [each["slug"] for row in Refusal.objects.all() for each in row.objections]
    assert "contradiction" in refused
    assert Override.objects.filter(slug="lesser_finding").exists()
    assert Vote.objects.exclude(dissent=None).exists()
    urgent = Decision.objects.get(route="urgent")
    assert Item.objects.stated().get(reports=urgent).state == "on_agenda"
    assert Action.objects.open().filter(due_on__lt=timezone.localdate()).exists()
    for subject in ("award", "bid"):
        item, seen = Item.objects.get(subject=subject), {}
        for who in ("partner.member", "chair"):
            person = User.objects.get(email=f"{who}@demo.example")
            seen[who] = Item.objects.visible_to(person).filter(pk=item.pk).exists()
        assert seen == {"partner.member": False, "chair": True}, f"the {subject} is kept from one member"
    bid = Item.objects.stated().get(subject="bid")
    assert bid.state == "on_agenda" and BidScore.objects.filter(bid__item=bid).exists()
    (look,) = AccessEvent.objects.all()
    assert (look.name, look.what) == ("partner.member@demo.example", f"papers of item {bid.pk}") and look.denied


@pytest.mark.requirement("S035")
def test_a_decision_citing_the_contradicting_counts_of_register_additions_is_refused(site: SimpleNamespace):
    """X1: around 16,000 before the pandemic, and 10,000 over the longer period that includes it."""
    load_partnership()
    board = build_board()
    meeting = add_meeting(board, DAY)
    item = bring(board, meeting, words="About 16,000 people were added.", cites=("F046",))
    with sitting(board, meeting):
        vote(board, item, chair="for", lay="for")
        outcome = take(board, item, contradiction="We go on.", not_agreed="We go on.", lesser_finding="We go on.")
    assert outcome.is_refused and not Decision.objects.exists()
    refusal = next(each for each in outcome.objections if each.refuses)
    assert refusal.slug == "contradiction" and "F062" in refusal.sentence
    assert refusal.remedy == "Have the contradiction resolved with a source, or cite neither number."
