"""Open one thing of the record as a person may see it. A look at what is kept from them is refused and logged."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from placewise_site.evidence.access_log import record_refused_look
from placewise_site.meetings.models import Action, Decision, Item, Meeting, Paper
from placewise_site.meetings.queries.scope import keep_from

Found = TypeVar("Found", bound=Model)
KEPT = "a ruling on an interest, or the rule until there is one, keeps this item's papers from this member"


def open_item(user: Any, pk: int) -> Item:
    return _open(Item.objects.stated().visible_to(user).select_related("body", "function"), user, pk, pk)


def open_paper(user: Any, pk: int) -> Paper:
    held = Paper.objects.filter(pk=pk).values_list("item", flat=True).first()
    return _open(Paper.objects.stated().visible_to(user).select_related("item__body"), user, pk, held)


def open_decision(user: Any, pk: int) -> Decision:
    held = Decision.objects.filter(pk=pk).values_list("item", flat=True).first()
    found = Decision.objects.visible_to(user).select_related("item__body", "item__function", "meeting")
    return _open(found, user, pk, held)


def open_action(user: Any, pk: int) -> Action:
    held = Action.objects.filter(pk=pk).values_list("item", flat=True).first()
    return _open(Action.objects.stated().visible_to(user).select_related("item__body", "owner"), user, pk, held)


def open_meeting_page(user: Any, pk: int) -> Meeting:
    return _open(Meeting.objects.stated().visible_to(user).select_related("body"), user, pk, None)


def _open(found: QuerySet[Found], user: Any, pk: int, item: int | None) -> Found:
    """Raises Http404 for what is not there and for what this person may not see: only the log tells them apart."""
    row = found.filter(pk=pk).first()
    if row is not None:
        return row
    if item is not None and user.is_authenticated:
        kept = keep_from(Item.objects.filter(pk=item), user).select_related("body").first()
        if kept is not None:
            record_refused_look(by=user, what=f"papers of item {item}", place=kept.body.slug, why=KEPT)
    raise Http404("nothing is here that you may read")
