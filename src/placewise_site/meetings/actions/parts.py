"""A member declares, the chair rules, a member votes."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.governance.models import Membership
from placewise_site.meetings.actions.steps import CHAIR, check_may, check_open, lock_item, written
from placewise_site.meetings.lifecycle import SETTLED, ItemState
from placewise_site.meetings.models import Declaration, InterestRuling, Item, Placement, Vote
from placewise_site.meetings.queries.rooms import may_vote
from placewise_site.meetings.rules.interests import Ruling
from placewise_site.meetings.rules.voting import Choice


@transaction.atomic
def declare_interest(*, by: User | None, item: Item, membership: Membership, words: str) -> Declaration:
    """For one item, by the member or by whoever keeps the record for them."""
    _check_speaks_for(by, item, membership)
    text = write_words(by=by, words=words)
    declared = Declaration.objects.create(item=item, membership=membership, words=text, **written(by))
    record_event(by=by, action="interest_declared_at_item", subject=item.body.slug, item=item.pk)
    return declared


@transaction.atomic
def rule_on_interest(
    *, by: User | None, item: Item, membership: Membership, ruling: Ruling, reason: str
) -> InterestRuling:
    """The chair's ruling on one member at one item; the newest holds. Nobody rules on themselves."""
    check_may(by, CHAIR, item.body)
    if by is not None and membership.member.person_id == by.pk:
        raise PermissionDenied("Nobody rules on their own interest. Ask the vice chair, or the chair, to rule.")
    if lock_item(item) in SETTLED:
        raise ValidationError("The item is settled, and its rulings stay as they were.")
    if membership.seat.body_id != item.body_id:
        raise ValidationError("This member does not sit on the body.")
    text = write_words(by=by, words=reason)
    ruled = InterestRuling.objects.create(item=item, membership=membership, ruling=ruling, words=text, **written(by))
    record_event(
        by=by, action="interest_ruled", subject=item.body.slug, item=item.pk, membership=membership.pk, ruling=ruling
    )
    return ruled


@transaction.atomic
def cast_vote(*, by: User | None, item: Item, membership: Membership, choice: Choice, dissent: str = "") -> Vote:
    """Once, while the meeting is under way, by a member who is there and may vote: it stands once cast.

    dissent: what the member wants minuted against the decision. Raises ValidationError with why they may not vote.
    """
    _check_speaks_for(by, item, membership)
    if lock_item(item) is not ItemState.ON_AGENDA:
        raise ValidationError("The item is not before the meeting.")
    placed = Placement.objects.filter(item=item).select_related("meeting").order_by("-pk").first()
    assert placed is not None  # on an agenda
    check_open(placed.meeting)
    if not may_vote(item, placed.meeting, membership):
        raise ValidationError("You do not vote on this item: you are not there, have no vote, or were ruled out of it.")
    if Vote.objects.filter(item=item, membership=membership).exists():
        raise ValidationError("You have voted on this item, and the vote stands.")
    vote = Vote.objects.create(
        item=item,
        membership=membership,
        choice=choice,
        dissent=write_words(by=by, words=dissent) if dissent.strip() else None,
        **written(by),
    )
    record_event(by=by, action="vote_cast", subject=item.body.slug, item=item.pk, membership=membership.pk)
    return vote


def _check_speaks_for(by: User | None, item: Item, membership: Membership) -> None:
    if membership.seat.body_id != item.body_id:
        raise ValidationError("This member does not sit on the body.")
    if by is not None and membership.member.person_id != by.pk and not by.has_perm("meetings.keep", item.body):
        raise PermissionDenied("Only the member, or the board secretary for them, may do this.")
