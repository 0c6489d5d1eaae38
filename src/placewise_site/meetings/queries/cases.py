"""What a decision is judged by, gathered from the record."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from placewise_site.governance.models import Body
from placewise_site.governance.queries import get_powers, places_on
from placewise_site.governance.rules.delegation import Power
from placewise_site.meetings.lifecycle import WAITING, ItemState
from placewise_site.meetings.models import Assessed, EqualityThreshold, Item, Paper, Placement, Purpose, SystemReason
from placewise_site.meetings.queries.evidence import find_addresses, find_cited, newest_versions
from placewise_site.meetings.rules.assessments import STRICTEST, Assessment, AssessmentRule
from placewise_site.meetings.rules.judging import Case
from placewise_site.meetings.rules.objections import Objection
from placewise_site.meetings.rules.powers import Asked, find_power_objections
from placewise_site.meetings.rules.publication import find_lateness
from placewise_site.meetings.rules.subsidiarity import Level, Reason


def build_case(item: Item, on: date, resolved: str, route: Iterable[Objection]) -> Case:
    """resolved: what is to be decided, in words; route: what speaks against the way it is decided."""
    versions = newest_versions(item)
    threshold = EqualityThreshold.objects.on(on).first()
    powers = _powers_of(item)
    return Case(
        on=on,
        asked=_asked(item, on),
        powers=powers,
        names=_names(),
        text="\n".join([*(str(each.words) for each in versions), resolved]),
        cited=find_cited(find_addresses(versions), on),
        decided_at=level_of(item.body),
        reasons={Reason(each.reason): each.told for each in SystemReason.objects.filter(item=item)},
        changes_service=item.changes_service,
        assessed=frozenset(
            Assessment(each) for each in Assessed.objects.filter(item=item).values_list("kind", flat=True)
        ),
        assessment_rule=AssessmentRule(threshold.from_amount) if threshold else STRICTEST,
        route=tuple(route),
    )


def find_items_to_assess(user: Any) -> Any:
    """What waits for a decision, of what a person may read; everything for the system's own set-up (None)."""
    items = Item.objects.all() if user is None else Item.objects.visible_to(user)
    return items.in_state(ItemState.ON_AGENDA, *WAITING).filter(purpose=Purpose.DECIDE).select_related("body")


def find_power_refusals(item: Item, on: date) -> list[Objection]:
    """Why the body may not decide this on that day; nothing for an item that is not to be decided."""
    if item.purpose != Purpose.DECIDE:
        return []
    powers = _powers_of(item)
    return list(find_power_objections(_asked(item, on), powers, _names(), on))


def find_late_papers(item: Item, placed: Placement) -> tuple[Objection, ...]:
    """A warning where public papers were issued too late to be read before the meeting."""
    if item.is_private or not item.body.meets_in_public:
        return ()
    issued = Paper.objects.issue_times(item)
    if not issued:
        return ()
    last = None if None in issued else timezone.localdate(max(each for each in issued if each))
    day = timezone.localdate(placed.meeting.starts_at)
    return find_lateness(last, day, item.body.papers_published_days_before or 0)


def level_of(body: Body) -> Level:
    return Level.PLACE if len(body.covers) == 1 else Level.SYSTEM


def _asked(item: Item, on: date) -> Asked:
    assert item.function is not None  # an item to decide names one
    return Asked(
        body=item.body.slug,
        function=item.function.slug,
        title=item.function.title,
        places=tuple(item.places) or tuple(places_on(on).values_list("code", flat=True)),
        amount=item.amount,
        open_from=item.body.open_from,
        open_to=item.body.open_to,
    )


def _powers_of(item: Item) -> list[Power]:
    assert item.function is not None
    return get_powers(item.function.slug)


def _names() -> dict[str, str]:
    return dict(Body.objects.values_list("slug", "name"))
