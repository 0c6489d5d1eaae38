"""Take a claim away: withdrawn, erased or recalled, at every past day too. That it was there, and why it went, stay."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.evidence.ledger.lifecycle import DESTROYS, Removed
from placewise_site.evidence.ledger.models import Content, Removal, StatedClaim
from placewise_site.evidence.ledger.policies import REMOVE, find_role
from placewise_site.evidence.ledger.queries.holding import held_anew_backwards
from placewise_site.evidence.ledger.search import forget_destroyed


@transaction.atomic
def remove_claim(*, by: User, name: str, kind: Removed, reason: str) -> list[Removal]:
    """Of every version that still stands. reason: names nobody, since it stays.

    Raises PermissionDenied, and ValidationError without a reason or where nothing is left to remove.
    """
    role = find_role(by, REMOVE)
    if not role:
        raise PermissionDenied("Your role does not remove claims: ask the board secretary or the Caldicott Guardian.")
    if not reason.strip():
        raise ValidationError("Say why it is removed. Everybody will read it: name nobody.")
    rows = list(StatedClaim.objects.filter(name=name, removal=None))
    if not rows:
        raise ValidationError(f"Nothing is left of {name} to remove.")
    words, now = write_words(by=by, words=reason, most_letters=200), timezone.now()
    with held_anew_backwards([name]):
        removals = [
            Removal.objects.create(claim=row, kind=kind, reason=words, role=role, at=now, by=by) for row in rows
        ]
        if kind in DESTROYS:
            Content.objects.filter(claim__in=rows).delete()
            forget_destroyed()
    record_event(by=by, action="claim_removed", subject=name, kind=str(kind))
    return removals
