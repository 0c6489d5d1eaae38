"""A demo's bids: one of each of two places, scored by members who declared. Whoever has a role at one of the places
does not score its bid, and a member who works with a bidder receives no papers. Invented and marked so."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

from django.http import Http404
from django.utils import timezone

from placewise_site.accounts.models import User
from placewise_site.governance.models import Body, Membership, SeatKind
from placewise_site.governance.queries import places_on
from placewise_site.meetings import actions
from placewise_site.meetings.models import Item, Meeting, Paper, Purpose
from placewise_site.meetings.queries.bids import find_refusal
from placewise_site.meetings.queries.looks import open_paper
from placewise_site.meetings.rules.aims import Aim, Score
from placewise_site.meetings.rules.interests import Subject
from placewise_site.organisations.models import Organisation

BIDS = 2
SCORES = {Aim.INEQUALITIES: (Score.HELPS, "Opens where fewest come now."), Aim.RESOURCES: (Score.NO_DIFFERENCE, "")}


def add_demo_bids() -> None:
    """Put to the body on which most of the demo's accounts sit, so that each side of it can be seen."""
    today = timezone.localdate()
    places = list(places_on(today)[:BIDS])
    sitting = Membership.objects.on(today).exclude(member__person=None).select_related("seat__body")
    bodies = Counter(each.seat.body for each in sitting.order_by("pk"))
    if bodies and len(places) == BIDS:
        _put_to(bodies.most_common(1)[0][0], places, today)


def _put_to(body: Body, places: Sequence[Organisation], today: date) -> None:
    item = actions.plan_item(
        by=None,
        body=body,
        title="Bids to a fund for evening clinics",
        purpose=Purpose.DISCUSS,
        subject=Subject.BID,
        expected_on=today + timedelta(weeks=6),
        is_invented=True,
    )
    meeting = Meeting.objects.filter(body=body, starts_at__gt=timezone.now()).order_by("starts_at").first()
    if meeting:
        actions.place_item(by=None, item=item, meeting=meeting)
    paper = actions.add_paper(
        by=None,
        item=item,
        title="Both bids, and what each asks for",
        words="Invented for this demonstration.\nThe paper sets out both bids side by side.",
        cites=[],
    )
    actions.issue_paper(by=None, paper=paper)
    _keep_from_a_partner(body, item, paper, today)
    bids = [
        actions.add_bid(by=None, item=item, title=f"Evening clinics in {each.name}", bidder=each, place=each)
        for each in places
    ]
    for person in _find_scorers(body, item, today):
        actions.declare_for_scoring(by=person, item=item)
        for bid in bids:
            if not find_refusal(person, bid):
                for aim, (score, told) in SCORES.items():
                    actions.score_bid(by=person, bid=bid, aim=aim, score=score, told=told)


def _keep_from_a_partner(body: Body, item: Item, paper: Paper, today: date) -> None:
    """They declare, and receive no papers until the chair rules. They try once all the same: the log shows it."""
    seats = Membership.objects.on(today).filter(seat__body=body, seat__kind=SeatKind.MEMBER)
    partner = seats.exclude(member__person=None).select_related("member__person").first()
    if partner is None:
        return
    actions.declare_interest(by=None, item=item, membership=partner, words="Works with one of the invented bidders")
    with suppress(Http404):
        open_paper(partner.member.person, paper.pk)


def _find_scorers(body: Body, item: Item, today: date) -> list[User]:
    """The people in its seats who receive the papers of the item."""
    seats = Membership.objects.on(today).filter(seat__body=body).exclude(member__person=None)
    people = [each.member.person for each in seats.select_related("member__person")]
    return [each for each in people if each and Item.objects.visible_to(each).filter(pk=item.pk).exists()]
