"""The states of items, papers, meetings and actions, and which follows which. The slugs are for ever.

A change of state is a row of its own; the state of a thing is that of its newest row.
"""

from collections.abc import Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices


class ItemState(TextChoices):
    PLANNED = "planned", "On the forward plan"
    ON_AGENDA = "on_agenda", "On an agenda"
    RETURNED = "returned", "Returned with a question"
    DEFERRED = "deferred", "Put off to a later meeting"
    NOTED = "noted", "Noted"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = {
    ItemState.PLANNED: frozenset({ItemState.ON_AGENDA, ItemState.DECIDED, ItemState.WITHDRAWN}),
    ItemState.ON_AGENDA: frozenset(
        {ItemState.DECIDED, ItemState.NOTED, ItemState.RETURNED, ItemState.DEFERRED, ItemState.WITHDRAWN}
    ),
    ItemState.RETURNED: frozenset({ItemState.ON_AGENDA, ItemState.WITHDRAWN}),
    ItemState.DEFERRED: frozenset({ItemState.ON_AGENDA, ItemState.DECIDED, ItemState.WITHDRAWN}),
    ItemState.NOTED: frozenset(),
    ItemState.DECIDED: frozenset(),
    ItemState.WITHDRAWN: frozenset(),
}
"""From the plan, or put off, straight to decided is the urgent route."""

WAITING = frozenset({ItemState.PLANNED, ItemState.RETURNED, ItemState.DEFERRED})
"""On the forward plan: not on any agenda now, and not settled."""


SETTLED = frozenset({ItemState.DECIDED, ItemState.NOTED, ItemState.WITHDRAWN})
"""What was said of an item before stays as it was."""


class PaperState(TextChoices):
    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued"
    RECALLED = "recalled", "Recalled"


PAPER_MOVES: Mapping[PaperState, frozenset[PaperState]] = {
    PaperState.DRAFT: frozenset({PaperState.ISSUED}),
    PaperState.ISSUED: frozenset({PaperState.RECALLED}),
    PaperState.RECALLED: frozenset({PaperState.ISSUED}),
}
"""An issued paper is frozen. To correct one, recall it with the reason, write a new version and issue that."""


class MeetingState(TextChoices):
    SCHEDULED = "scheduled", "To come"
    OPEN = "open", "Under way"
    CLOSED = "closed", "Held"
    CANCELLED = "cancelled", "Cancelled"


MEETING_MOVES: Mapping[MeetingState, frozenset[MeetingState]] = {
    MeetingState.SCHEDULED: frozenset({MeetingState.OPEN, MeetingState.CANCELLED}),
    MeetingState.OPEN: frozenset({MeetingState.CLOSED}),
    MeetingState.CLOSED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}


class ActionState(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


ACTION_MOVES: Mapping[ActionState, frozenset[ActionState]] = {
    ActionState.OPEN: frozenset({ActionState.DONE, ActionState.STOPPED}),
    ActionState.DONE: frozenset({ActionState.OPEN}),
    ActionState.STOPPED: frozenset({ActionState.OPEN}),
}

State = TypeVar("State", ItemState, PaperState, MeetingState, ActionState)


def check_move(moves: Mapping[State, frozenset[State]], now: State, then: State) -> None:
    """Raises ValidationError where one state does not follow the other."""
    if then not in moves[now]:
        raise ValidationError(f"It stands at “{now.label}”, so it cannot become “{then.label}” now.")
