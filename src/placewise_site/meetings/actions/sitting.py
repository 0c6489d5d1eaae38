"""A meeting from its date to its minutes."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.governance.models import Body, Membership
from placewise_site.governance.queries import get_memberships
from placewise_site.meetings import clock
from placewise_site.meetings.actions.planning import place_item
from placewise_site.meetings.actions.steps import (
    DECIDE,
    KEEP,
    check_may,
    check_said,
    lock_meeting,
    step_item,
    step_meeting,
    written,
)
from placewise_site.meetings.lifecycle import WAITING, ItemState, MeetingState
from placewise_site.meetings.models import Attendance, Item, Meeting, MeetingStep, Minute

MOST_LETTERS = 20_000


@transaction.atomic
def schedule_meeting(
    *, by: User | None, body: Body, starts_at: datetime, ends_at: datetime, where: str, is_invented: bool = False
) -> Meeting:
    """Urgent decisions that the body has not been told of yet go onto its agenda by themselves."""
    check_may(by, KEEP, body)
    if ends_at <= starts_at:
        raise ValidationError("The meeting ends before it starts. Correct one of the times.")
    if Meeting.objects.filter(body=body, starts_at=starts_at).exists():
        raise ValidationError("This body meets then already.")
    said = check_said(where, "Say where it meets, or that it meets online.")
    meeting = Meeting.objects.create(
        body=body, starts_at=starts_at, ends_at=ends_at, where=said, is_invented=is_invented, **written(by)
    )
    MeetingStep.objects.create(meeting=meeting, state=MeetingState.SCHEDULED, **written(by))
    place_reports(body)
    record_event(by=by, action="meeting_scheduled", subject=body.slug, meeting=meeting.pk)
    return meeting


@transaction.atomic
def cancel_meeting(*, by: User | None, meeting: Meeting, reason: str) -> MeetingStep:
    """What was on its agenda is put off."""
    check_may(by, KEEP, meeting.body)
    step = step_meeting(
        by=by, meeting=meeting, state=MeetingState.CANCELLED, reason=check_said(reason, "Say why it is cancelled.")
    )
    _put_off_rest(by, meeting, "The meeting was cancelled.")
    record_event(by=by, action="meeting_cancelled", subject=meeting.body.slug, meeting=meeting.pk)
    return step


@transaction.atomic
def open_meeting(*, by: User | None, meeting: Meeting) -> MeetingStep:
    """On its day or later: what is decided is dated by the day."""
    check_may(by, DECIDE, meeting.body)
    if clock.today() < timezone.localdate(meeting.starts_at):
        raise ValidationError("The meeting is not today. Open it on its day.")
    step = step_meeting(by=by, meeting=meeting, state=MeetingState.OPEN)
    record_event(by=by, action="meeting_opened", subject=meeting.body.slug, meeting=meeting.pk)
    return step


@transaction.atomic
def close_meeting(*, by: User | None, meeting: Meeting) -> MeetingStep:
    """What was not settled is put off to a later meeting."""
    check_may(by, DECIDE, meeting.body)
    step = step_meeting(by=by, meeting=meeting, state=MeetingState.CLOSED)
    _put_off_rest(by, meeting, "It was not reached.")
    record_event(by=by, action="meeting_closed", subject=meeting.body.slug, meeting=meeting.pk)
    return step


@transaction.atomic
def record_attendance(*, by: User | None, meeting: Meeting, present: Collection[Membership]) -> list[Attendance]:
    """Who of the body's members is there now; whoever is not named is not. Written for those for whom it changed.

    Raises ValidationError for somebody who does not sit on the body on that day.
    """
    check_may(by, DECIDE, meeting.body)
    if lock_meeting(meeting) not in (MeetingState.SCHEDULED, MeetingState.OPEN):
        raise ValidationError("The meeting is over, and its attendance stays as it was.")
    members = set(get_memberships(meeting.body, meeting.starts_at.date()))
    there = set(present)
    if there - members:
        raise ValidationError("Somebody named does not sit on the body on that day.")
    last = dict(Attendance.objects.filter(meeting=meeting).order_by("pk").values_list("membership", "is_present"))
    changed = [each for each in members if last.get(each.pk) is not (each in there)]
    written_now = Attendance.objects.bulk_create(
        Attendance(meeting=meeting, membership=each, is_present=each in there, **written(by)) for each in changed
    )
    record_event(
        by=by,
        action="attendance_recorded",
        subject=meeting.body.slug,
        meeting=meeting.pk,
        present=sorted(each.pk for each in there),
    )
    return written_now


@transaction.atomic
def write_minute(*, by: User | None, meeting: Meeting, words: str, item: Item | None = None) -> Minute:
    """Of an item, or of the meeting as a whole. Written again, the newer one is read and the older kept."""
    check_may(by, DECIDE, meeting.body)
    if lock_meeting(meeting) in (MeetingState.SCHEDULED, MeetingState.CANCELLED):
        raise ValidationError("There is nothing to minute yet: the meeting has not been opened.")
    text = write_words(by=by, words=words, most_letters=MOST_LETTERS)
    minute = Minute.objects.create(meeting=meeting, item=item, words=text, **written(by))
    record_event(by=by, action="minute_written", subject=meeting.body.slug, meeting=meeting.pk, minute=minute.pk)
    return minute


def place_reports(body: Body) -> None:
    """Reports of urgent decisions that wait go onto the agenda of the body's next meeting, of themselves."""
    waiting = Item.objects.in_state(*WAITING).filter(body=body, reports__isnull=False).order_by("pk")
    to_come = Meeting.objects.in_state(MeetingState.SCHEDULED).filter(body=body)
    for item in waiting:
        assert item.reports is not None
        meeting = to_come.filter(starts_at__date__gte=item.reports.decided_on).order_by("starts_at").first()
        if meeting is not None:
            place_item(by=None, item=item, meeting=meeting)


def _put_off_rest(by: User | None, meeting: Meeting, reason: str) -> None:
    for item in Item.objects.on_agenda_of(meeting).in_state(ItemState.ON_AGENDA):
        step_item(by=by, item=item, state=ItemState.DEFERRED, reason=reason)
    place_reports(meeting.body)
