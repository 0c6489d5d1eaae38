"""The call lists of the build in force and the work with the people on them. What lists are is no secret; who is on
them is, and so is the work: only a practice's own, asked for after its list was opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q

from placewise_site.care.lifecycle import LATELY, UNDER_WAY
from placewise_site.care.models import Reached, Step
from placewise_site.care.standing import NOTHING, Work
from placewise_site.evidence.persons import find_call_lists, find_handed_lists, find_lists_name
from placewise_site.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class ListCard:
    slug: str
    title: str
    measure: str
    programme: str
    next_action: str
    order: str  # the published rule that ranks the list
    columns: tuple[str, ...]
    recipient: str  # the code of the organisation that it goes to in place of practices, or ""
    build: str  # by which a row of it is named, so that no row of a later list is taken for it


def available_lists() -> list[ListCard]:
    """Those of every practice."""
    return _build_cards(find_call_lists())


def handed_lists(recipient: Organisation) -> list[ListCard]:
    """Those that go to this organisation in place of practices."""
    return [each for each in _build_cards(find_handed_lists()) if each.recipient == recipient.code]


def find_handed_by(programme: str) -> list[tuple[ListCard, Organisation]]:
    """The lists of a programme that go to a recipient in place of practices, and to whom."""
    cards = [each for each in _build_cards(find_handed_lists()) if each.programme == programme]
    recipients = Organisation.objects.in_bulk([each.recipient for each in cards], field_name="code")
    return [(each, recipients[each.recipient]) for each in cards if each.recipient in recipients]


def _build_cards(lists: dict[str, dict[str, Any]]) -> list[ListCard]:
    build = find_lists_name()
    return [
        ListCard(
            slug=slug,
            title=said["title"],
            measure=said["measure"],
            programme=said["programme"],
            next_action=said["next_action"],
            order=_words(said["order"]),
            columns=tuple(said["columns"]),
            recipient=said.get("recipient", ""),
            build=build,
        )
        for slug, said in lists.items()
    ]


def find_list(holder: Organisation, slug: str) -> ListCard | None:
    """A list of a practice or recipient."""
    return next((each for each in (*handed_lists(holder), *available_lists()) if each.slug == slug), None)


def works_of(practice: Organisation, list_slug: str) -> dict[str, Work]:
    """Row key -> where that person of a practice stands on a list, of everybody with whom something was done."""
    return _replay(Step.objects.filter(practice=practice, list_slug=list_slug)).get(list_slug, {})


def works_by_list(practice: Organisation) -> dict[str, dict[str, Work]]:
    """List -> works_of it, of all lists of a practice."""
    return _replay(Step.objects.filter(practice=practice))


def steps_of(practice: Organisation, row_key: str) -> list[Step]:
    """What was done with one person, the newest first."""
    return list(Step.objects.filter(practice=practice, row_key=row_key).select_related("by").order_by("-pk"))


def steps_since(practice: Organisation, day: date) -> list[str]:
    """The state of each step of a practice on and after a day."""
    return list(Step.objects.filter(practice=practice, on__gte=day).values_list("state", flat=True))


def contacts_for_others(practice: Organisation, list_slug: str, today: date) -> dict[str, date]:
    """Row key -> the last day, of late, of a contact for any list but this one."""
    of_others = Step.objects.filter(Q(practice=practice) & ~Q(list_slug=list_slug))
    lately = of_others.filter(state__in=UNDER_WAY, on__gt=today - LATELY).order_by()
    return dict(lately.values("row_key").annotate(last=Max("on")).values_list("row_key", "last"))


def reach_of(practice: Organisation) -> dict[str, str]:
    """Row key -> how that person can be reached, of everybody of whom it is known."""
    return dict(Reached.objects.filter(practice=practice).values_list("row_key", "reach"))


def _replay(steps: Any) -> dict[str, dict[str, Work]]:
    works: dict[str, dict[str, Work]] = {}
    for list_slug, row_key, state, route, on in steps.values_list("list_slug", "row_key", "state", "route", "on"):
        of_list = works.setdefault(list_slug, {})
        of_list[row_key] = of_list.get(row_key, NOTHING).after(state, route, on)
    return works


def _words(order: str | Iterable[str]) -> str:
    return order if isinstance(order, str) else ", then ".join(order)
