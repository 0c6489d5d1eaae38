"""A step of an item, paper, meeting or action: checked against the state it is in, which is locked meanwhile."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from placewise_site.accounts.models import User
from placewise_site.governance.models import Body
from placewise_site.meetings import clock
from placewise_site.meetings.lifecycle import (
    ITEM_MOVES,
    MEETING_MOVES,
    ItemState,
    MeetingState,
    check_move,
)
from placewise_site.meetings.models import Item, ItemStep, Meeting, MeetingStep
from placewise_site.meetings.queries.rooms import find_rulings
from placewise_site.meetings.queries.scope import memberships_of
from placewise_site.meetings.rules.interests import get_part

KEEP, CHAIR, DECIDE, SCORE = "meetings.keep", "meetings.chair", "meetings.decide", "meetings.score"
WHO = {
    KEEP: "the board secretary",
    CHAIR: "the chair",
    DECIDE: "the chair or the board secretary",
    SCORE: "a member or the board secretary",
}


def check_may(by: User | None, permission: str, body: Body) -> None:
    """Raises PermissionDenied. by None: the system's own set-up."""
    if by is not None and not by.has_perm(permission, body):
        raise PermissionDenied(f"Only {WHO[permission]} of {body.name} may do this.")


def check_said(words: str, asked: str) -> str:
    """Raises ValidationError with what is asked for where nothing is said."""
    if not words.strip():
        raise ValidationError(asked)
    return words.strip()


def lock_item(item: Item) -> ItemState:
    """Nobody else steps this item until the transaction ends. Gives its state."""
    Item.objects.select_for_update().get(pk=item.pk)
    newest = ItemStep.objects.filter(item=item).order_by("-pk").values_list("state", flat=True).first()
    return ItemState(newest or ItemState.PLANNED)


def step_item(*, by: User | None, item: Item, state: ItemState, reason: str = "") -> ItemStep:
    check_move(ITEM_MOVES, lock_item(item), state)
    return ItemStep.objects.create(item=item, state=state, reason=reason, **written(by))


def lock_meeting(meeting: Meeting) -> MeetingState:
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    newest = MeetingStep.objects.filter(meeting=meeting).order_by("-pk").values_list("state", flat=True).first()
    return MeetingState(newest or MeetingState.SCHEDULED)


def step_meeting(*, by: User | None, meeting: Meeting, state: MeetingState, reason: str = "") -> MeetingStep:
    check_move(MEETING_MOVES, lock_meeting(meeting), state)
    return MeetingStep.objects.create(meeting=meeting, state=state, reason=reason, **written(by))


def check_takes_part(by: User, item: Item) -> None:
    """Raises ValidationError for a member who by a ruling, or by the rule until there is one, does not even speak."""
    held = list(memberships_of(by).filter(seat__body=item.body).select_related("seat"))
    if any(not get_part(ruling).speaks for ruling, *_ in find_rulings(item, held).values()):
        raise ValidationError("You were ruled out of this item because of an interest: leave it to somebody else.")


def check_open(meeting: Meeting) -> None:
    """Raises ValidationError unless the meeting is under way."""
    if lock_meeting(meeting) is not MeetingState.OPEN:
        raise ValidationError("The meeting is not under way. Open it first.")


def written(by: User | None) -> dict[str, Any]:
    return {"at": clock.now(), "by": by}
