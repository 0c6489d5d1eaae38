"""Who may keep a body's record, chair it, vote on it. Asked by actions and pages from the same queries."""

from typing import Any

import rules

from placewise_site.accounts.queries import works_at
from placewise_site.governance.models import Body, Membership, SeatKind
from placewise_site.meetings import clock
from placewise_site.meetings.models import Action, UrgentRule
from placewise_site.meetings.queries.scope import bodies_kept_by, memberships_of

CHAIRS = (SeatKind.CHAIR, SeatKind.VICE_CHAIR)


@rules.predicate
def keeps(user: Any, body: Body | None) -> bool:
    """The board secretary of the system, or of the place that the body is for. Without a body: of any."""
    kept = bodies_kept_by(user)
    return kept.exists() if body is None else kept.filter(pk=body.pk).exists()


@rules.predicate
def chairs(user: Any, body: Body | None) -> bool:
    """Its chair or vice chair today."""
    return body is not None and find_chair(user, body) is not None


@rules.predicate
def sits_on(user: Any, body: Body | None) -> bool:
    return body is not None and memberships_of(user).filter(seat__body=body).exists()


def find_chair(user: Any, body: Body) -> Membership | None:
    """The seat from which a person chairs a body today."""
    return memberships_of(user).filter(seat__body=body, seat__kind__in=CHAIRS).select_related("seat").first()


@rules.predicate
def signs_for(user: Any, body: Body | None) -> bool:
    """The holder of a seat that decides for the body between its meetings."""
    return body is not None and find_signing(user, body) is not None


def find_signing(user: Any, body: Body) -> Membership | None:
    """The seat from which a person signs an urgent decision of a body today."""
    rule = UrgentRule.objects.on(clock.today()).filter(body=body).first()
    held = memberships_of(user).filter(seat__body=body, seat__slug__in=rule.signed_by if rule else [])
    return held.select_related("seat").first()


@rules.predicate
def answers_for(user: Any, action: Action | None) -> bool:
    """Somebody with a role at the organisation that owns an action."""
    return action is not None and works_at(user, action.owner)


@rules.predicate
def keeps_record_of(user: Any, action: Action | None) -> bool:
    return action is not None and keeps(user, action.item.body)


rules.add_perm("meetings.keep", keeps)
rules.add_perm("meetings.chair", chairs)
rules.add_perm("meetings.decide", keeps | chairs)
rules.add_perm("meetings.sit", sits_on)
rules.add_perm("meetings.score", sits_on | keeps)
rules.add_perm("meetings.sign", signs_for)
rules.add_perm("meetings.close_action", answers_for | keeps_record_of)
