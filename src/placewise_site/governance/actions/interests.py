"""Declare an interest, end it, withdraw one declared in error, and destroy those whose years are over."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import destroy_words, write_words
from placewise_site.governance.actions.members import check_keeps_registers
from placewise_site.governance.models import Interest, InterestEnd, InterestKind, Member
from placewise_site.governance.rules.interests import Stage, get_stage
from placewise_site.organisations.models import Organisation

MAY_DECLARE = "governance.declare_interests"
KEPT_SIX_YEARS = "kept for six years after it ended, as the retention schedule says"


@transaction.atomic
def declare_interest(
    *,
    by: User | None,
    member: Member,
    kind: InterestKind,
    words: str,
    held_from: date,
    organisation: Organisation | None = None,
) -> Interest:
    """By the member, or by a board secretary for them. organisation: in which it lies, if it is one of ours."""
    _check_may_declare(by, member)
    interest = Interest(
        member=member,
        kind=kind,
        organisation=organisation,
        held_from=held_from,
        words=write_words(by=by, words=words),
        at=timezone.now(),
        by=by,
    )
    interest.validate_constraints()
    interest.save()
    record_event(by=by, action="interest_declared", subject=f"member {member.pk}", interest=interest.pk, kind=str(kind))
    return interest


@transaction.atomic
def end_interest(*, by: User | None, interest: Interest, last_day: date) -> InterestEnd:
    """From the day after it is no longer held. Once only: the first end stands."""
    _check_may_declare(by, interest.member)
    if (ended := InterestEnd.objects.filter(interest=interest).first()) is not None:
        return ended
    if last_day < interest.held_from:
        raise ValidationError("The interest would end before it began. Give a later day.")
    end = InterestEnd.objects.create(interest=interest, last_day=last_day, at=timezone.now(), by=by)
    subject = f"member {interest.member_id}"
    record_event(by=by, action="interest_ended", subject=subject, interest=interest.pk, last_day=f"{last_day}")
    return end


@transaction.atomic
def withdraw_interest(*, by: User | None, interest: Interest, reason: str) -> None:
    """Destroy what was declared in error, on every past page too. That it was declared, and why it is gone, stay."""
    check_keeps_registers(by)
    destroy_words(by=by, words=interest.words, reason=reason)
    record_event(by=by, action="interest_withdrawn", subject=f"member {interest.member_id}", interest=interest.pk)


@transaction.atomic
def destroy_expired_interests(*, by: User | None, on: date) -> int:
    """Destroy the words of every interest whose years are over on a day, and give how many they were."""
    check_keeps_registers(by)
    ended = Interest.objects.filter(end__isnull=False, words__destruction=None).select_related("end", "words")
    due = [each for each in ended if get_stage(each.held_to, on) is Stage.DUE]
    for interest in due:
        destroy_words(by=by, words=interest.words, reason=KEPT_SIX_YEARS)
    if due:
        record_event(by=by, action="interests_destroyed", subject=f"{on}", interests=[each.pk for each in due])
    return len(due)


def _check_may_declare(by: User | None, member: Member) -> None:
    if by is not None and not by.has_perm(MAY_DECLARE, member):
        raise PermissionDenied("Only the member or a board secretary of the system declares an interest.")
