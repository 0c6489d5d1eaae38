"""When each body meets next and what it decided last, as a person may see it on a day."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from placewise_site.meetings.lifecycle import MeetingState
from placewise_site.meetings.models import Decision, Meeting


def find_next_meetings(user: Any, on: date) -> dict[int, Meeting]:
    """Primary key of a body -> its first meeting from a day on that has not been cancelled."""
    from_then = datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
    rows = Meeting.objects.in_state(MeetingState.SCHEDULED, MeetingState.OPEN, MeetingState.CLOSED).visible_to(user)
    found: dict[int, Meeting] = {}
    for each in rows.filter(starts_at__gte=from_then).order_by("starts_at"):
        found.setdefault(each.body_id, each)
    return found


def find_last_decisions(user: Any, on: date) -> dict[int, Decision]:
    """Primary key of a body -> the newest decision it had made by a day."""
    found: dict[int, Decision] = {}
    rows = Decision.objects.visible_to(user).filter(decided_on__lte=on).select_related("item")
    for each in rows.order_by("-decided_on", "-pk"):
        found.setdefault(each.item.body_id, each)
    return found
