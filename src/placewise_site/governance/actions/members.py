"""Appoint somebody to a seat, end it early, and remove a name that should no longer be told."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import destroy_words, write_words
from placewise_site.governance.models import Ending, Member, Membership, MemberSkill, Seat

MOST_LETTERS = 200


@transaction.atomic
def add_member(*, by: User | None, name: str, person: User | None = None) -> Member:
    """Somebody who may sit on bodies. Raises PermissionDenied but for those who keep the registers."""
    check_keeps_registers(by)
    member = Member.objects.create(person=person, name=write_words(by=by, words=name, most_letters=MOST_LETTERS))
    record_event(by=by, action="member_added", subject=f"member {member.pk}")
    return member


@transaction.atomic
def appoint(
    *,
    by: User | None,
    seat: Seat,
    member: Member,
    term_from: date,
    term_to: date | None = None,
    deputy_for: Membership | None = None,
) -> Membership:
    """Put a member in a seat. Raises ValidationError where somebody else holds it in that time, but for deputies."""
    check_keeps_registers(by)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)  # two appointments to one seat at once: one waits
    if seat.is_closed:
        raise ValidationError(f"The seat {seat} is closed. Choose one that is open.")
    if deputy_for is not None and deputy_for.seat_id != seat.pk:
        raise ValidationError("A deputy sits in the seat of the member they stand in for.")
    if deputy_for is None and (held := _find_holder(seat, term_from, term_to)) is not None:
        raise ValidationError(
            f"{held.member} holds the seat {seat} from {held.term_from}. End that first, or begin after it."
        )
    membership = Membership(
        seat=seat,
        member=member,
        term_from=term_from,
        term_to=term_to,
        deputy_for=deputy_for,
        at=timezone.now(),
        by=by,
    )
    membership.validate_constraints()
    membership.save()
    record_event(
        by=by,
        action="member_appointed",
        subject=seat.body.slug,
        seat=seat.slug,
        member=member.pk,
        term_from=term_from.isoformat(),
        term_to=term_to.isoformat() if term_to else None,
    )
    return membership


@transaction.atomic
def end_membership(*, by: User | None, membership: Membership, last_day: date, reason: str) -> Ending:
    """End it before its term. Once only: the first end stands. Raises ValidationError for a day outside the term."""
    check_keeps_registers(by)
    if (ended := Ending.objects.filter(membership=membership).first()) is not None:
        return ended
    if last_day < membership.term_from or (membership.term_to and last_day > membership.term_to):
        raise ValidationError("The last day lies outside the term. Give a day within it.")
    if not reason.strip():
        raise ValidationError("Say why the membership ends.")
    ending = Ending.objects.create(
        membership=membership, last_day=last_day, reason=reason.strip()[:200], at=timezone.now(), by=by
    )
    subject = membership.seat.body.slug
    record_event(by=by, action="membership_ended", subject=subject, membership=membership.pk, last_day=f"{last_day}")
    return ending


@transaction.atomic
def declare_skill(*, by: User | None, member: Member, skill: str, on: date) -> MemberSkill:
    check_keeps_registers(by)
    declared, is_new = MemberSkill.objects.get_or_create(member=member, skill=skill, defaults={"declared_on": on})
    if is_new:
        record_event(by=by, action="skill_declared", subject=f"member {member.pk}", skill=skill)
    return declared


@transaction.atomic
def remove_name(*, by: User | None, member: Member, reason: str) -> None:
    """Destroy a member's name. Where they sat and when stays, and so does why the name is gone."""
    check_keeps_registers(by)
    destroy_words(by=by, words=member.name, reason=reason)
    record_event(by=by, action="member_name_removed", subject=f"member {member.pk}")


def check_keeps_registers(by: User | None) -> None:
    """Raises PermissionDenied for anybody but a board secretary of the system. None: the system's own set-up."""
    if by is not None and not by.has_perm("governance.keep_registers"):
        raise PermissionDenied("Only a board secretary of the system keeps the registers of members.")


def _find_holder(seat: Seat, term_from: date, term_to: date | None) -> Membership | None:
    held = Membership.objects.dated().filter(seat=seat, deputy_for=None, ends_on__gte=term_from)
    if term_to is not None:
        held = held.filter(term_from__lte=term_to)
    return held.select_related("member__name").first()
