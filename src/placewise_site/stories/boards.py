"""What public meetings bring to a week's message: those to come, and what was decided.

Days are told by their names, never in digits: the message names a claim for each figure, and a meeting is none.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from placewise_site.meetings.lifecycle import MeetingState
from placewise_site.meetings.models import Decision, Meeting, Rest


def find_meetings(first: date, last: date) -> list[tuple[date, str]]:
    """The day and body of each meeting that everybody may come to, between two days, both included."""
    found = Meeting.objects.visible_to(AnonymousUser()).in_state(MeetingState.SCHEDULED).select_related("body")
    starts = found.filter(starts_at__date__range=(first, last)).values_list("starts_at", "body__name")
    return [(timezone.localtime(start).date(), name) for start, name in starts]


def iter_decisions(first: date, last: date) -> Iterator[tuple[str, list[str]]]:
    """What was decided in public between two days, both included, and the stated claims that each rests on."""
    found = Decision.objects.visible_to(AnonymousUser()).filter(decided_on__range=(first, last))
    for decision in found.select_related("item__body").order_by("decided_on", "pk"):
        rests = Rest.objects.visible_to(AnonymousUser()).filter(decision=decision).values_list("address", flat=True)
        outcome = "" if decision.is_carried else "Not carried: "
        yield f"{decision.item.body.name}: {outcome}{decision.resolved}", [name for name in rests if "/" not in name]


def tell_meeting(day: date, body: str, week: date) -> str:
    """Tuesday: Heart Board meets in public."""
    when = f"{day:%A}" if day <= week + timedelta(days=7) else f"In {day:%B}"
    return f"{when}: {body} meets in public."
