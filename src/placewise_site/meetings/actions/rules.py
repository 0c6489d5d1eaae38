"""Record the rules that partners agreed: from when equality is assessed, and who decides between meetings."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.governance.models import Body, Seat
from placewise_site.meetings.actions.steps import KEEP, check_may, check_said, written
from placewise_site.meetings.models import EqualityThreshold, UrgentRule


@transaction.atomic
def set_equality_threshold(*, by: User | None, from_amount: int, since: date, source: str) -> EqualityThreshold:
    """From so many pounds, and so until another threshold takes its place."""
    if by is not None and not by.has_perm("governance.keep_registers"):
        raise PermissionDenied("Only the board secretary of the whole system may do this.")
    said = check_said(source, "Say where the threshold was agreed.")
    threshold = EqualityThreshold.objects.create(from_amount=from_amount, since=since, source=said, **written(by))
    record_event(by=by, action="equality_threshold_set", subject="all bodies", from_amount=from_amount)
    return threshold


@transaction.atomic
def set_urgent_rule(
    *, by: User | None, body: Body, signed_by: Sequence[str], limit: int | None, since: date, source: str
) -> UrgentRule:
    """signed_by: slugs of the seats that sign together. Raises ValidationError for a seat the body does not have."""
    check_may(by, KEEP, body)
    held = set(Seat.objects.filter(body=body, slug__in=signed_by).values_list("slug", flat=True))
    if missing := [each for each in signed_by if each not in held] or not signed_by:
        raise ValidationError(f"{body.name} has no such seat: {missing}. Name seats of the body.")
    rule = UrgentRule.objects.create(
        body=body,
        signed_by=list(signed_by),
        limit=limit,
        since=since,
        source=check_said(source, "Say where the power was agreed."),
        **written(by),
    )
    record_event(by=by, action="urgent_rule_set", subject=body.slug, signed_by=list(signed_by), limit=limit)
    return rule
