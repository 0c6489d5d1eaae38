"""What bodies are to decide next, and what waits for somebody since they last decided."""

from dataclasses import dataclass
from typing import Any

from placewise_site.meetings import clock
from placewise_site.meetings.lifecycle import MeetingState
from placewise_site.meetings.models import Item, Meeting
from placewise_site.meetings.queries.agendas import find_agenda
from placewise_site.meetings.queries.follow_up import (
    MissedReport,
    Reopened,
    find_actions,
    find_missed_reports,
    find_to_review,
)

MOST_MEETINGS = 5


@dataclass(frozen=True, slots=True)
class DecisionsDue:
    """to_come: the next meetings, each with those items of its agenda that this person may see; late: actions."""

    to_come: tuple[tuple[Meeting, tuple[Item, ...]], ...]
    late: int
    missed: tuple[MissedReport, ...]
    to_review: tuple[Reopened, ...]


def find_decisions_due(user: Any) -> DecisionsDue:
    meetings = Meeting.objects.visible_to(user).stated().select_related("body")
    meetings = meetings.filter(starts_at__gte=clock.now(), state=MeetingState.SCHEDULED).order_by("starts_at")
    return DecisionsDue(
        to_come=tuple(
            (meeting, tuple(row.item for row in find_agenda(user, meeting).rows if row.item))
            for meeting in meetings[:MOST_MEETINGS]
        ),
        late=find_actions(user, only_late=True).count(),
        missed=tuple(each for each in find_missed_reports(user) if not each.told),
        to_review=tuple(find_to_review(user)),
    )
