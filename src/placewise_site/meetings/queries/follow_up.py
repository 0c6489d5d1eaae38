"""What waits for somebody: decisions whose evidence moved, urgent decisions not reported, actions that are late."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from placewise_site.governance.models import Body
from placewise_site.meetings.lifecycle import ItemState
from placewise_site.meetings.models import Action, Decision, Item, ItemStep, Meeting, Rest, Review
from placewise_site.meetings.past import get_day, get_moment
from placewise_site.meetings.queries.evidence import find_cited, find_corrected, find_moved
from placewise_site.meetings.queries.scope import bodies_kept_by
from placewise_site.meetings.rules.evidence import STANDINGS_THAT_REOPEN, Cited, Standing
from placewise_site.meetings.rules.urgency import is_missed

CORRECTED = "was corrected since this was decided: a new version was recorded"


@dataclass(frozen=True, slots=True)
class Reopened:
    """A decision that rests on a claim which no longer stands. review: what was settled since, or None."""

    decision: Decision
    claim: Cited
    review: Review | None


@dataclass(frozen=True, slots=True)
class MissedReport:
    """An urgent decision that the first meeting after it was not told of."""

    decision: Decision
    told: bool


def find_reopened(decisions: Iterable[Decision]) -> list[Reopened]:
    """Those of the decisions that rest on a claim which was superseded, corrected since or withdrawn, once for each."""
    held = {each.pk: each for each in decisions}
    rests: dict[str, list[int]] = defaultdict(list)
    for decision, address in Rest.objects.filter(decision__in=held).values_list("decision", "address"):
        rests[address].append(decision)
    moved = find_cited(find_moved(rests), get_day(), get_moment())
    corrected = find_corrected((each.address for each in moved), get_moment())
    reviews = {
        (each.decision_id, each.address, each.standing): each
        for each in Review.objects.filter(decision__in=held).select_related("words__text", "words__destruction")
    }
    found = []
    for each in moved:
        at = corrected.get(each.address)
        for pk in rests[each.address]:
            if each.standing in STANDINGS_THAT_REOPEN:
                found.append(Reopened(held[pk], each, reviews.get((pk, each.address, each.standing))))
            elif at and at > held[pk].at:
                claim = replace(each, standing=Standing.SUPERSEDED, told=f"{each.address} {CORRECTED} on {_day(at)}.")
                review = reviews.get((pk, claim.address, claim.standing))
                found.append(Reopened(held[pk], claim, review if review and review.at > at else None))
    return found


def find_to_review(user: Any) -> list[Reopened]:
    """For a secretary: the re-opened decisions of the bodies they keep that nobody has settled."""
    moved = find_moved(
        Rest.objects.filter(decision__item__body__in=bodies_kept_by(user).values("pk"))
        .values_list("address", flat=True)
        .distinct()
    )
    decisions = Decision.objects.visible_to(user).filter(rests_on__address__in=moved).distinct()
    return [each for each in find_reopened(decisions.select_related("item__body")) if each.review is None]


def find_missed_reports(user: Any, body: Body | None = None) -> list[MissedReport]:
    """Urgent decisions that a person may see and that were reported too late, or not yet though the body has met."""
    reports = Item.objects.visible_to(user).filter(reports__isnull=False).select_related("reports__item__body")
    if body is not None:
        reports = reports.filter(body=body)
    found = list(reports)
    told = {
        step.item_id: timezone.localdate(step.at)
        for step in ItemStep.objects.filter(item__in=found, state=ItemState.NOTED)
    }
    held: dict[int, list[date]] = defaultdict(list)
    bodies = {each.body_id for each in found}
    for of, starts_at in Meeting.objects.held().filter(body__in=bodies).values_list("body", "starts_at"):
        held[of].append(timezone.localdate(starts_at))
    return [
        MissedReport(each.reports, each.pk in told)
        for each in found
        if each.reports and is_missed(each.reports.decided_on, told.get(each.pk), held[each.body_id])
    ]


def find_actions(user: Any, *, body: str = "", only_late: bool = False) -> Any:
    """Open actions that a person may see, the earliest due first."""
    actions = Action.objects.open().visible_to(user).select_related("owner", "item__body")
    if body:
        actions = actions.filter(item__body__slug=body)
    return actions.filter(due_on__lt=get_day()) if only_late else actions


def _day(at: datetime) -> str:
    return f"{timezone.localdate(at):%-d %B %Y}"


def is_late(due: date) -> bool:
    return due < get_day()
