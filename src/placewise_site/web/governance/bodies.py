"""Bodies, and one with all that says what it may decide and who decides it, on a day."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.governance.models import Body, Membership
from placewise_site.governance.queries import (
    get_bodies,
    get_body,
    get_delegations_of,
    get_memberships,
    get_quorum_rule,
    get_seats,
    get_skills,
    register_of,
)
from placewise_site.governance.rules.composition import find_gaps_opened, find_skill_gaps
from placewise_site.governance.rules.instruments import NoOneAnswer
from placewise_site.organisations.models import Organisation
from placewise_site.web.evidence.day import AskedDay, read_day
from placewise_site.web.governance import wording
from placewise_site.web.governance.doings import find_last_decisions, find_next_meetings
from placewise_site.web.opening import tells_what_is_closed


@tells_what_is_closed
def bodies(request: HttpRequest) -> HttpResponse:
    day = read_day(request)
    by_kind: dict[str, list[Body]] = defaultdict(list)
    shown = list(get_bodies(day.on))
    for each in shown:
        by_kind[each.kind].append(each)
    order = list(wording.KIND_WORDS)
    kinds = sorted(by_kind, key=lambda kind: (order.index(kind) if kind in order else len(order), kind))
    closed = Body.objects.visible_to(request.user).filter(open_to__lt=day.on)
    context = {
        "day": day,
        "kinds": [(kind, by_kind[kind]) for kind in kinds],
        "closed": closed,
        "wording": wording,
        "meetings": find_next_meetings(request.user, shown, day.on),
        "decisions": find_last_decisions(request.user, shown, day.on),
    }
    return render(request, "governance/bodies.jinja", context)


@tells_what_is_closed
def body(request: HttpRequest, body: str) -> HttpResponse:
    day = read_day(request)
    try:
        found = get_body(body)
    except Body.DoesNotExist:
        raise Http404(f"there is no body {body}") from None
    sitting = list(get_memberships(found, day.on))
    seats = [(seat, [each for each in sitting if each.seat_id == seat.seat_id]) for seat in get_seats(found, day.on)]
    context = {
        "day": day,
        "wording": wording,
        "body": found,
        "is_closed": found.open_to is not None and found.open_to < day.on,
        "is_to_come": found.open_from is not None and found.open_from > day.on,
        "successors": list(Body.objects.visible_to(request.user).filter(slug__in=found.successors)),
        "next_meeting": find_next_meetings(request.user, [found], day.on).get(found.pk),
        "last_decision": find_last_decisions(request.user, [found], day.on).get(found.pk),
        "passes_on_to": Body.objects.visible_to(request.user).filter(slug=found.escalates_to).first(),
        "covers": Organisation.objects.visible_to(request.user).filter(code__in=found.covers),
        "partners": _partners(request, found, day.on),
        "seats": seats,
        "skills": _skills(found, sitting, day.on),
        "powers": list(get_delegations_of(found, day.on)),
        **_may(request, day, sitting),
        "interests": register_of([each.member for each in sitting], day.on),
        **_quorum(found, day.on),
    }
    return render(request, "governance/body.jinja", context)


def _may(request: HttpRequest, day: AskedDay, sitting: list[Membership]) -> dict[str, Any]:
    """What this reader may write into the registers, on the page as it is now; nobody rewrites a past day."""
    if day.known_by is not None:
        return {"may_keep": False, "own": set(), "own_seat": False}
    own = {each.member_id for each in sitting if request.user.has_perm("governance.declare_interests", each.member)}
    own_seat = any(each.member.person == request.user for each in sitting)
    return {"may_keep": request.user.has_perm("governance.keep_registers"), "own": own, "own_seat": own_seat}


def _partners(request: HttpRequest, body: Body, on: date) -> list[tuple[str, list[str]]]:
    """Kind of partner -> the organisations or seats by which it belongs."""
    partners: dict[str, list[str]] = defaultdict(list)
    for each in Organisation.objects.visible_to(request.user).filter(code__in=body.partners):
        partners[each.kind].append(each.name)
    for seat in get_seats(body, on).exclude(represents=""):
        named = seat.organisation.name if seat.organisation else f"{seat.title} (seat)"
        if named not in partners[seat.represents]:
            partners[seat.represents].append(named)
    return [(wording.plain(kind).capitalize(), names) for kind, names in sorted(partners.items())]


def _quorum(body: Body, on: date) -> dict[str, Any]:
    try:
        return {"quorum": get_quorum_rule(body, on), "no_one_quorum": ""}
    except NoOneAnswer as told:
        return {"quorum": None, "no_one_quorum": str(told)}


def _skills(body: Body, sitting: list[Membership], on: date) -> list[dict[str, Any]]:
    """A row a skill the body needs: who has it, how many are missing, and whose leaving would open a gap."""
    held = get_skills(sitting, on)
    missing = find_skill_gaps(body.skills, held)
    opened = {each.member_id: find_gaps_opened(body.skills, held, each.member_id) for each in sitting}
    return [
        {
            "skill": wording.plain(skill).capitalize(),
            "needed": number,
            "held_by": [each.seat.title for each in sitting if skill in held[each.member_id]],
            "missing": missing.get(skill, 0),
            "opens": [each.seat.title for each in sitting if skill in opened[each.member_id]],
        }
        for skill, number in body.skills.items()
    ]
