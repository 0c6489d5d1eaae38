"""Bids: recorded, scored by those who declared what they hold, and ruled on by the chair where a bid is their own."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.meetings.actions.steps import CHAIR, KEEP, SCORE, check_may, check_said, lock_item, written
from placewise_site.meetings.lifecycle import SETTLED
from placewise_site.meetings.models import Bid, BidScore, Item, ScorerDeclaration, ScorerRuling
from placewise_site.meetings.queries.bids import find_refusal, get_capacities
from placewise_site.meetings.rules.aims import Aim, Score
from placewise_site.meetings.rules.bids import tell
from placewise_site.meetings.rules.interests import COMPETITIVE
from placewise_site.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Scored:
    """score: None where it was refused, and then why."""

    score: BidScore | None
    refusal: str


@transaction.atomic
def add_bid(*, by: User | None, item: Item, title: str, bidder: Organisation, place: Organisation | None = None) -> Bid:
    """bidder: who bids; place: the place it is for."""
    check_may(by, KEEP, item.body)
    if item.subject not in COMPETITIVE:
        raise ValidationError("Only an item about a procurement, an award or bids has bids.")
    _check_unsettled(item)
    said = check_said(title, "Say what is bid for.")[:200]
    if Bid.objects.filter(item=item, title=said).exists():
        raise ValidationError("There is a bid of this title already.")
    bid = Bid.objects.create(item=item, title=said, bidder=bidder, place=place, **written(by))
    record_event(by=by, action="bid_recorded", subject=item.body.slug, item=item.pk, bid=bid.pk)
    return bid


@transaction.atomic
def declare_for_scoring(*, by: User, item: Item, words: str = "") -> ScorerDeclaration:
    """Before anybody scores. words: the interest, "" for none. Every role and seat they hold is written down too."""
    _check_scores(by, item)
    _check_unsettled(item)
    declared = ScorerDeclaration.objects.create(
        item=item,
        person=by,
        capacities=[[each.role, each.code, each.name] for each in get_capacities(by)],
        words=write_words(by=by, words=words) if words.strip() else None,
        **written(by),
    )
    record_event(
        by=by, action="scorer_declared", subject=item.body.slug, item=item.pk, has_interest=declared.words is not None
    )
    return declared


@transaction.atomic
def rule_on_scorer(*, by: User | None, bid: Bid, person: User, may_score: bool, reason: str) -> ScorerRuling:
    """The chair's ruling on one scorer of one bid; the newest holds. Nobody rules on themselves."""
    check_may(by, CHAIR, bid.item.body)
    if by is not None and person.pk == by.pk:
        raise PermissionDenied("Nobody rules on their own interest. Ask the vice chair, or the chair, to rule.")
    _check_unsettled(bid.item)
    if not ScorerDeclaration.objects.filter(item=bid.item, person=person).exists():
        raise ValidationError("They have declared nothing yet. Have them declare first.")
    ruled = ScorerRuling.objects.create(
        bid=bid, person=person, may_score=may_score, words=write_words(by=by, words=reason), **written(by)
    )
    record_event(by=by, action="scorer_ruled", subject=bid.item.body.slug, bid=bid.pk, may_score=may_score)
    return ruled


@transaction.atomic
def score_bid(*, by: User, bid: Bid, aim: Aim, score: Score, told: str = "") -> Scored:
    """Refused for whoever declared nothing, and for the bid of one's own place or organisation; a refusal is an answer,
    and stays on record. Raises PermissionDenied for whoever takes no part."""
    _check_scores(by, bid.item)
    _check_unsettled(bid.item)
    if refusal := find_refusal(by, bid):
        record_event(by=by, action="bid_scoring_refused", subject=bid.item.body.slug, bid=bid.pk, why=refusal)
        return Scored(None, refusal)
    scored = BidScore.objects.create(
        bid=bid,
        aim=aim,
        score=score,
        told=told.strip()[:300],
        capacities=tell(get_capacities(by))[:500],
        **written(by),
    )
    record_event(by=by, action="bid_scored", subject=bid.item.body.slug, bid=bid.pk, aim=aim, score=score)
    return Scored(scored, "")


def check_scores_no_own_bid(by: User, item: Item) -> None:
    """Raises ValidationError where somebody does not score one of the bids of an item."""
    for bid in Bid.objects.filter(item=item).select_related("item__body", "bidder", "place"):
        if refusal := find_refusal(by, bid):
            raise ValidationError(refusal)


def _check_scores(by: User, item: Item) -> None:
    check_may(by, SCORE, item.body)
    if not Item.objects.visible_to(by).filter(pk=item.pk).exists():
        raise PermissionDenied("You take no part in this item.")


def _check_unsettled(item: Item) -> None:
    if lock_item(item) in SETTLED:
        raise ValidationError("The item is settled, and its bids stay as they were.")
