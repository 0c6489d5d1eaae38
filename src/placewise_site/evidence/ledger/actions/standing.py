"""Agree or dispute a claim, settle a conflict, and note what rests on a claim."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User, Words
from placewise_site.accounts.words import write_words
from placewise_site.evidence.ledger.lifecycle import FOLLOWS, NO_GROUND, Standing
from placewise_site.evidence.ledger.models import Resolution, StandingRow, StatedClaim, Use
from placewise_site.evidence.ledger.policies import AGREE, find_role
from placewise_site.evidence.ledger.queries.cited import get_findings
from placewise_site.evidence.ledger.queries.holding import find_around, held_anew


@transaction.atomic
def set_standing(*, by: User, citation: str, state: Standing, reason: str) -> StandingRow:
    """Agree or dispute a claim, stated or computed. Raises PermissionDenied, and ValidationError where the one does not
    follow the other or no reason is given. Whoever proposed a claim does not agree it."""
    role = _check_may_agree(by)
    row = StatedClaim.objects.as_known().filter(name=citation).first()
    version = row.version if row else 0
    now = _get_state(citation, version)
    if state not in (Standing.AGREED, Standing.DISPUTED) or state not in FOLLOWS[now]:
        raise ValidationError(f"{citation} is {now.label.lower()}: it cannot become {state.label.lower()} here.")
    if row is None and (found := get_findings([citation])[citation]).standing in NO_GROUND:
        raise ValidationError(found.told)
    if state == Standing.AGREED and row is not None and row.recorded_by_id == by.pk:
        raise ValidationError(f"You proposed {citation}: somebody else agrees it.")
    words = write_words(by=by, words=reason)
    record_event(by=by, action=f"claim_{state}", subject=citation, version=version)
    return _stand(by, role, citation, version, state, reason=words)


@transaction.atomic
def settle_conflict(
    *, by: User, type: str, claims: Collection[str], stands: Collection[str], source: str
) -> Resolution:
    """Settle what was found among claims: on a source, by a role that agrees claims.

    stands: those that hold, from now on agreed; the others are superseded by the first of them, and whatever used
    either is marked (queries.find_uses). Raises PermissionDenied, and ValidationError where no such conflict was found,
    no source is named, or those that stand still contradict each other.
    """
    role = _check_may_agree(by)
    kept = [each for each in claims if each in stands]
    gone = [each for each in claims if each not in stands]
    found = [each for each in find_around(claims) if each.type == type]
    if not any(set(each.claims) == set(claims) for each in found):
        raise ValidationError("This conflict is no longer found: read the list anew.")
    if not kept or not gone:
        raise ValidationError("Say which claim stands, and which does not.")
    resolution = Resolution.objects.create(
        type=type, source=_write_source(by, source), role=role, at=timezone.now(), by=by
    )
    versions = dict(StatedClaim.objects.as_known().filter(name__in=claims).values_list("name", "version"))
    with held_anew(claims):
        for name in kept:
            _stand(by, role, name, versions[name], Standing.AGREED, resolution=resolution)
        for name in gone:
            _stand(by, role, name, versions[name], Standing.SUPERSEDED, kept[0], resolution=resolution)
    left = [each for each in find_around(kept) if each.type == type and len(set(each.claims) & set(kept)) > 1]
    if left:
        both = " and ".join(each for each in left[0].claims if each in kept)
        raise ValidationError(f"{both} cannot both stand: {left[0].told}. Choose again, or correct one with a source.")
    record_event(by=by, action="conflict_settled", subject=" ".join(claims), type=type, stands=kept)
    return resolution


@transaction.atomic
def record_use(*, by: User | None, citation: str, kind: str, title: str, address: str) -> Use:
    """Note that something rests on a claim. kind: decision, paper, message ...; address: of its page."""
    version = StatedClaim.objects.as_known().filter(name=citation).values_list("version", flat=True).first() or 0
    return Use.objects.create(
        citation=citation, version=version, kind=kind, title=title[:200], address=address, at=timezone.now(), by=by
    )


def _check_may_agree(by: User) -> str:
    role = find_role(by, AGREE)
    if not role:
        raise PermissionDenied("Your role does not agree claims: ask a director or the board secretary.")
    return role


def _write_source(by: User, source: str) -> Words:
    if not source.strip():
        raise ValidationError("Name the source that settles it: a document and the place in it, or who answered.")
    return write_words(by=by, words=source)


def _get_state(citation: str, version: int) -> Standing:
    last = StandingRow.objects.filter(citation=citation, version=version).last()
    return Standing(last.state) if last else Standing.PROPOSED


def _stand(
    by: User,
    role: str,
    citation: str,
    version: int,
    state: Standing,
    superseded_by: str = "",
    *,
    reason: Words | None = None,
    resolution: Resolution | None = None,
) -> StandingRow:
    return StandingRow.objects.create(
        citation=citation,
        version=version,
        state=state,
        superseded_by=superseded_by,
        reason=reason,
        resolution=resolution,
        role=role,
        at=timezone.now(),
        by=by,
    )
