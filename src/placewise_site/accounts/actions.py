"""Everything that changes who may see what, each with its own row in the record of actions, in one transaction."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.models import (
    AccessEvent,
    AccessHead,
    Agreement,
    Event,
    Grant,
    Purpose,
    Role,
    SignInRole,
    User,
)
from placewise_site.organisations.models import Organisation


def record_event(*, by: User | None, action: str, subject: str, **detail: Any) -> Event:
    """The audit row of an action; called inside the action's own transaction."""
    return Event.objects.create(at=timezone.now(), by=by, action=action, subject=subject[:200], detail=detail)


@transaction.atomic
def add_person(
    *, by: User | None, email: str, name: str, password: str | None = None, administrator: bool = False
) -> User:
    """Without a password the person signs in through their organisation, or sets one by e-mail."""
    first, _, last = name.partition(" ")
    person = User.objects.create_user(
        email, password, first_name=first, last_name=last, is_staff=administrator, is_superuser=administrator
    )
    record_event(by=by, action="person_added", subject=person.email, administrator=administrator)
    return person


@transaction.atomic
def close_account(*, by: User | None, user: User) -> User:
    """The person is out at once, also where they are signed in; the account stays, since logs point to it."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    record_event(by=by, action="account_closed", subject=user.email)
    return user


@transaction.atomic
def give_grant(
    *,
    by: User | None,
    user: User,
    role: Role,
    organisation: Organisation,
    purpose: Purpose,
    starts_on: date,
    ends_on: date | None = None,
    by_sign_in: bool = False,
) -> Grant:
    """by_sign_in: said by the server of the person's organisation. Raises ValidationError where the dates are out of
    order or the same grant exists."""
    grant = Grant(
        user=user,
        role=role,
        organisation=organisation,
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
        by_sign_in=by_sign_in,
    )
    grant.full_clean()
    grant.save()
    record_event(
        by=by,
        action="grant_given",
        subject=user.email,
        role=role.slug,
        organisation=organisation.code,
        purpose=str(purpose),
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat() if ends_on else None,
    )
    return grant


@transaction.atomic
def end_grant(*, by: User | None, grant: Grant) -> Grant:
    """From this moment it opens nothing, also where the person is signed in. Once only: the first end stands."""
    if grant.ended_at is None:
        grant.ended_at = timezone.now()
        grant.save(update_fields=["ended_at"])
        record_event(by=by, action="grant_ended", subject=grant.user.email, grant=grant.pk)
    return grant


@transaction.atomic
def match_sign_in_role(*, by: User | None, said: str, role: Role, purpose: Purpose) -> SignInRole:
    """From now on whoever signs in as `said` is this here. Raises ValidationError where it is matched already."""
    matched = SignInRole(said=said, role=role, purpose=purpose)
    matched.full_clean()
    matched.save()
    record_event(by=by, action="sign_in_role_matched", subject=said, role=role.slug, purpose=str(purpose))
    return matched


@transaction.atomic
def keep_to_sign_in(*, user: User, held: Collection[tuple[Role, Organisation, str]]) -> None:
    """A person is what their organisation's server says at this sign-in, and no longer what it said at an earlier one;
    what an administrator gave them stands."""
    in_force = list(user.grants.in_force().select_related("role", "organisation"))
    for grant in in_force:
        if grant.by_sign_in and (grant.role, grant.organisation, grant.purpose) not in held:
            end_grant(by=user, grant=grant)
    had = {(grant.role, grant.organisation, grant.purpose) for grant in in_force}
    for role, organisation, purpose in dict.fromkeys(held):
        if (role, organisation, purpose) not in had:
            give_grant(
                by=user,
                user=user,
                role=role,
                organisation=organisation,
                purpose=Purpose(purpose),
                starts_on=timezone.localdate(),
                by_sign_in=True,
            )


@transaction.atomic
def refuse_sign_in(*, user: User, reason: str) -> None:
    """Recorded, since a person who is turned away may ask why. reason: a few words, never what the server sent."""
    record_event(by=None, action="sign_in_refused", subject=user.email, reason=reason)


@transaction.atomic
def record_agreement(
    *,
    by: User | None,
    practice: Organisation,
    network: Organisation,
    reference: str,
    starts_on: date,
    ends_on: date | None = None,
) -> Agreement:
    """Raises ValidationError unless the network is the one the practice belongs to."""
    if practice.parent_id != network.pk:
        raise ValidationError(f"{practice} does not belong to {network}")
    agreement = Agreement(practice=practice, network=network, reference=reference, starts_on=starts_on, ends_on=ends_on)
    agreement.full_clean()
    agreement.save()
    record_event(by=by, action="agreement_recorded", subject=practice.code, network=network.code, reference=reference)
    return agreement


@transaction.atomic
def end_agreement(*, by: User | None, agreement: Agreement) -> Agreement:
    """From this moment the network opens none of the practice's lists. Once only: the first end stands."""
    if agreement.ended_at is None:
        agreement.ended_at = timezone.now()
        agreement.save(update_fields=["ended_at"])
        record_event(by=by, action="agreement_ended", subject=agreement.practice.code, agreement=agreement.pk)
    return agreement


@transaction.atomic
def record_access(
    *,
    by: User | None,
    at: datetime,
    name: str,
    role: str,
    purpose: str,
    place: str,
    practice: str,
    what: str,
    rows: int,
    denied: str,
    starts: str,
    chained: Callable[[str], str],
) -> AccessEvent:
    """Add one row to the access log.

    starts: what stands before the first row; chained: the digest of the row before -> the digest of this one. The head
    is locked first, so that the chain cannot fork.
    """
    head, _ = AccessHead.objects.select_for_update().get_or_create(pk=1, defaults={"digest": starts})
    event = AccessEvent.objects.create(
        number=head.number + 1,
        at=at,
        user=by,
        name=name,
        role=role,
        purpose=purpose,
        place=place,
        practice=practice,
        what=what,
        rows=rows,
        denied=denied,
        previous=head.digest,
        digest=chained(head.digest),
    )
    head.number, head.digest = event.number, event.digest
    head.save()
    return event
