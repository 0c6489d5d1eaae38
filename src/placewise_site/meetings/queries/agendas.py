"""The agenda of a meeting as one person may see it."""

from dataclasses import dataclass
from typing import Any

from placewise_site.meetings.lifecycle import ItemState
from placewise_site.meetings.models import Item, Meeting
from placewise_site.meetings.queries.scope import bodies_open_to, keep_from


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """number: on the agenda; item: None where its papers are kept from this person; state: its label."""

    number: int
    item: Item | None
    state: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """in_private: how many items are taken in private and are not told of here."""

    rows: tuple[AgendaRow, ...]
    in_private: int


def find_agenda(user: Any, meeting: Meeting) -> Agenda:
    """The public sees public items; the body's own all of them, but of what is kept from them only that it is there."""
    placed = list(Item.objects.placed_in(meeting))
    here = Item.objects.filter(pk__in=[item.pk for item, _ in placed])
    seen = set(here.visible_to(user).values_list("pk", flat=True))
    own = bodies_open_to(user).filter(pk=meeting.body_id).exists()
    kept = set(keep_from(here, user).values_list("pk", flat=True))
    rows = [
        AgendaRow(number, item if item.pk in seen else None, _label(item, meeting))
        for item, number in placed
        if item.pk in seen or (own and item.pk in kept)
    ]
    return Agenda(tuple(rows), 0 if own else sum(item.is_private for item, _ in placed))


def _label(item: Any, meeting: Meeting) -> str:
    """What became of it; put off from this meeting and placed anew, it reads put off here."""
    if item.placed_at != meeting.pk:
        return ItemState.DEFERRED.label
    return ItemState(item.state).label
