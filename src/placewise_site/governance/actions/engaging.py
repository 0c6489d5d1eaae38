"""Put a draft out for comment, comment on a clause, respond to each comment, and close once all have a response."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.queries import get_grants
from placewise_site.accounts.words import destroy_words, write_words
from placewise_site.evidence.deployment import Engagement as Said
from placewise_site.governance.actions.members import check_keeps_registers
from placewise_site.governance.models import (
    Clause,
    ClauseComment,
    ClauseResponse,
    Disposition,
    Engagement,
    EngagementClosing,
    InstrumentVersion,
)
from placewise_site.governance.queries.engagement import get_progress

MAY_REMOVE = "governance.remove_comments"
NO_ROLE = "Somebody with an account"


@transaction.atomic
def open_engagement(*, by: User | None, version: InstrumentVersion, said: Said) -> Engagement:
    """From now on its clauses stand as they are put out. Raises ValidationError where it was put out before, or binds
    people already."""
    check_keeps_registers(by)
    if Engagement.objects.filter(slug=version.slug).exists():
        raise ValidationError("This draft was put out for comment already.")
    if by is not None and version.in_force_from <= timezone.localdate():
        raise ValidationError("This version is in force. Only a draft is put out for comment.")
    engagement = Engagement.objects.create(
        slug=version.slug,
        version=version,
        opens_on=said.opens_on,
        closes_on=said.closes_on,
        is_invented=said.synthetic,
        source=said.source,
        at=timezone.now(),
        by=by,
    )
    Clause.objects.bulk_create(
        Clause(
            engagement=engagement, slug=slug, title=each.title, says=each.says, rank=rank, is_invented=each.synthetic
        )
        for rank, (slug, each) in enumerate(said.clauses.items())
    )
    record_event(by=by, action="engagement_opened", subject=version.slug, closes_on=f"{said.closes_on}")
    return engagement


@transaction.atomic
def comment_on_clause(
    *, by: User | None, clause: Clause, words: str, received_on: date, on_behalf_of: str = ""
) -> ClauseComment:
    """By somebody for themselves, who is told by their role; or by a board secretary on behalf of a group.

    received_on: for oneself the day it is written. One that comes after the closing day is taken, and is late.
    Raises ValidationError once the engagement is closed.
    """
    engagement = _lock(clause.engagement)
    _check_is_open(engagement)
    if received_on < engagement.opens_on:
        raise ValidationError(f"It was not out for comment before {engagement.opens_on}. Give a later day.")
    if received_on > timezone.localdate():
        raise ValidationError("Give the day it was received, not one to come.")
    group = on_behalf_of.strip()
    if group or by is None:
        check_keeps_registers(by)
        if not group:
            raise ValidationError("Say on behalf of which group.")
    comment = ClauseComment.objects.create(
        clause=clause,
        speaker=group or _role_of(by),
        words=write_words(by=by, words=words),
        received_on=received_on,
        at=timezone.now(),
        by=by,
    )
    record_event(by=by, action="clause_commented", subject=engagement.slug, clause=clause.slug, comment=comment.pk)
    return comment


@transaction.atomic
def respond_to_comment(
    *, by: User | None, comment: ClauseComment, disposition: Disposition, reason: str
) -> ClauseResponse:
    """Takes the place of an earlier response until the engagement is closed."""
    check_keeps_registers(by)
    engagement = _lock(comment.clause.engagement)
    _check_is_open(engagement)
    response = ClauseResponse.objects.create(
        comment=comment,
        disposition=disposition,
        reason=write_words(by=by, words=reason),
        at=timezone.now(),
        by=by,
    )
    record_event(
        by=by, action="comment_responded", subject=engagement.slug, comment=comment.pk, disposition=str(disposition)
    )
    return response


@transaction.atomic
def destroy_comment(*, by: User | None, comment: ClauseComment, reason: str) -> None:
    """By whoever wrote it or a board secretary, on every past page too. That it was made, and its response, stay."""
    if by is not None and not by.has_perm(MAY_REMOVE, comment):
        raise PermissionDenied("Only whoever wrote a comment or a board secretary of the system removes it.")
    destroy_words(by=by, words=comment.words, reason=reason)
    record_event(by=by, action="clause_comment_removed", subject=f"comment {comment.pk}")


@transaction.atomic
def close_engagement(*, by: User | None, engagement: Engagement, on: date) -> EngagementClosing:
    """Once only. Raises ValidationError while people may still comment in time, or a comment lacks a response."""
    check_keeps_registers(by)
    engagement = _lock(engagement)
    progress = get_progress(engagement)
    if progress.closing is not None:
        return progress.closing
    if on <= engagement.closes_on:
        raise ValidationError(f"People may comment until {engagement.closes_on:%-d %B %Y}. Close it after that day.")
    if lacking := progress.comments - progress.responses:
        raise ValidationError(
            f"{lacking} of {progress.comments} comments {'lacks' if lacking == 1 else 'lack'} a response. "
            "Respond to each, then close."
        )
    closing = EngagementClosing.objects.create(engagement=engagement, at=timezone.now(), by=by)
    record_event(by=by, action="engagement_closed", subject=engagement.slug, comments=progress.comments)
    return closing


def _lock(engagement: Engagement) -> Engagement:
    """A comment and the closing at once: one waits, so that none slips in without a response."""
    return Engagement.objects.select_for_update().get(pk=engagement.pk)


def _check_is_open(engagement: Engagement) -> None:
    if EngagementClosing.objects.filter(engagement=engagement).exists():
        raise ValidationError("This engagement is closed, with a response to every comment. Write to the secretary.")


def _role_of(person: User | None) -> str:
    grants = get_grants(person) if person else ()
    return grants[0].role.title if grants else NO_ROLE
