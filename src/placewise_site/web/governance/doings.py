"""When each body meets next and what it decided last, as a person may see it on a day."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max
from django.utils import timezone

from placewise_site.governance.models import Body
from placewise_site.meetings.lifecycle import MeetingState
from placewise_site.meetings.models import Decision, Meeting

NOT_CANCELLED = (MeetingState.SCHEDULED, MeetingState.OPEN, MeetingState.CLOSED)


def find_next_meetings(user: Any, bodies: Collection[Body], on: date) -> dict[int, Meeting]:
    """Primary key of a body -> its first meeting from a day on that was not cancelled."""
    from_then = datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
    held = Meeting.objects.visible_to(user).in_state(*NOT_CANCELLED).filter(starts_at__gte=from_then)
    first = held.order_by("starts_at")
    return {each.pk: found for each in bodies if (found := first.filter(body=each).first()) is not None}


def find_last_decisions(user: Any, bodies: Collection[Body], on: date) -> dict[int, Decision]:
    """Primary key of a body -> the newest decision it had made by a day."""
    made = Decision.objects.visible_to(user).filter(decided_on__lte=on, item__body__in=bodies)
    days = made.order_by().values_list("item__body").annotate(last=Max("decided_on"))  # one look at all of them
    of_body = made.select_related("item").order_by("-pk")
    return {body: of_body.filter(item__body=body, decided_on=last)[0] for body, last in days}
