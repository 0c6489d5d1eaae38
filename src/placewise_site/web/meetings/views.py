"""Pages of meetings: the calendar, a meeting, an item, a paper, a decision, actions and the forward plan."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.accounts.queries import get_grants
from placewise_site.governance.models import Body
from placewise_site.meetings import clock, past
from placewise_site.meetings.lifecycle import WAITING
from placewise_site.meetings.models import Action, Decision, Item, Meeting, Minute
from placewise_site.meetings.queries.agendas import find_agenda
from placewise_site.meetings.queries.bids import find_bids
from placewise_site.meetings.queries.evidence import find_cited
from placewise_site.meetings.queries.follow_up import find_actions, find_missed_reports, find_reopened, find_to_review
from placewise_site.meetings.queries.looks import open_decision, open_item, open_meeting_page, open_paper
from placewise_site.meetings.queries.rooms import find_room
from placewise_site.meetings.queries.scope import bodies_kept_by, bodies_open_to
from placewise_site.meetings.rules.interests import get_part
from placewise_site.meetings.rules.publication import PRIVACY_WORDS
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.meetings.day import of_a_day
from placewise_site.web.meetings.deeds import OF_BODY, OF_DECISION, OF_ITEM, OF_MEETING, OF_PAPER, Deed, permissions_for
from placewise_site.web.meetings.rows import (
    aims_of,
    current_version,
    evidence_rows,
    papers_of,
    refusals_of,
    signed_by,
    votes_of,
)

A_PAGE = 50


@of_a_day
def meetings_page(request: HttpRequest, day: AskedDay) -> HttpResponse:
    body = _asked_body(request)
    meetings = Meeting.objects.visible_to(request.user).stated().select_related("body")
    if body:
        meetings = meetings.filter(body=body)
    now = day.known_by or clock.now()
    held = meetings.filter(starts_at__lte=now).order_by("-starts_at")
    context = {
        "day": day,
        "asked": body,
        "bodies": Body.objects.visible_to(request.user).filter(
            pk__in=Meeting.objects.visible_to(request.user).values("body")
        ),
        "to_come": meetings.filter(starts_at__gt=now),
        "past": _page(request, held),
        "missed": [each for each in find_missed_reports(request.user, body) if not each.told],
        "to_review": find_to_review(request.user) if request.user.is_authenticated and not day.known_by else [],
        "late": find_actions(request.user, only_late=True).count(),
        "deeds": _deeds(OF_BODY, request.user, body, body) if body and not day.known_by else {},
    }
    return render(request, "meetings/meetings.jinja", context)


@of_a_day
def meeting_page(request: HttpRequest, day: AskedDay, meeting: int) -> HttpResponse:
    found = open_meeting_page(request.user, meeting)
    minutes = Minute.objects.visible_to(request.user).filter(meeting=found, item=None)
    context = {
        "day": day,
        "meeting": found,
        "agenda": find_agenda(request.user, found),
        "room": find_room(None, found),
        "minute": minutes.select_related("words__text", "words__destruction").last(),
        "decisions": Decision.objects.visible_to(request.user).filter(meeting=found).select_related("item"),
        "missed": find_missed_reports(request.user, found.body),
        "deeds": {} if day.known_by else _deeds(OF_MEETING, request.user, found, found.body),
    }
    return render(request, "meetings/meeting.jinja", context)


@of_a_day
def item_page(request: HttpRequest, day: AskedDay, item: int) -> HttpResponse:
    found = open_item(request.user, item)
    placed = found.placements.select_related("meeting__body").order_by("-pk").first()
    is_own = bodies_open_to(request.user).filter(pk=found.body_id).exists()
    minutes = Minute.objects.visible_to(request.user).filter(item=found)
    context = {
        "day": day,
        "item": found,
        "is_own": is_own,
        "meeting": placed.meeting if placed else None,
        "papers": papers_of(request.user, found),
        "room": find_room(found, placed.meeting) if placed else None,
        "votes": votes_of(request.user, found),
        "aims": aims_of(found),
        "bids": find_bids(request.user, found),
        "assessed": list(found.assessed.all()),
        "reasons": list(found.system_reasons.all()),
        "steps": list(found.steps.all()),
        "refusals": refusals_of(found) if is_own else [],
        "actions": Action.objects.visible_to(request.user).stated().filter(item=found).select_related("owner"),
        "decision": Decision.objects.visible_to(request.user).filter(item=found).first(),
        "minute": minutes.select_related("words__text", "words__destruction").last(),
        "signatures": signed_by(found),
        "privacy": PRIVACY_WORDS,
        "part": get_part,
        "deeds": {} if day.known_by else _deeds(OF_ITEM, request.user, found, found.body),
    }
    return render(request, "meetings/item.jinja", context)


@of_a_day
def paper_page(request: HttpRequest, day: AskedDay, paper: int) -> HttpResponse:
    """Its newest version, or the one asked for by `?version=`."""
    found = open_paper(request.user, paper)
    version = current_version(found, request.GET.get("version", ""))
    if version is None:
        raise Http404("the paper has no such version")
    context = {
        "day": day,
        "paper": found,
        "version": version,
        "versions": list(found.versions.all()),
        "cited": evidence_rows(version),
        "last_step": found.steps.last(),
        "deeds": {} if day.known_by else _deeds(OF_PAPER, request.user, found, found.item.body),
    }
    return render(request, "meetings/paper.jinja", context)


@of_a_day
def decisions_page(request: HttpRequest, day: AskedDay) -> HttpResponse:
    body, words = _asked_body(request), request.GET.get("words", "").strip()
    decisions = Decision.objects.visible_to(request.user).select_related("item__body", "meeting")
    if body:
        decisions = decisions.filter(item__body=body)
    if words:
        decisions = decisions.filter(resolved__icontains=words)
    page = _page(request, decisions)
    context = {
        "day": day,
        "page": page,
        "asked": body,
        "words": words,
        "bodies": Body.objects.visible_to(request.user).order_by("sort_name"),
        "reopened": {each.decision.pk for each in find_reopened(page.object_list) if each.review is None},
    }
    return render(request, "meetings/decisions.jinja", context)


@of_a_day
def decision_page(request: HttpRequest, day: AskedDay, decision: int) -> HttpResponse:
    """With its evidence as it stood when it was made, and as it stood on the day asked for."""
    found = open_decision(request.user, decision)
    addresses = [each["address"] for each in found.evidence]
    now = {each.address: each for each in find_cited(addresses, day.on, day.known_by)}
    if day.known_by:  # what was withdrawn since is told of no day
        now |= {each.address: each for each in find_cited(addresses, clock.today()) if each.standing == "withdrawn"}
    context = {
        "day": day,
        "decision": found,
        "item": found.item,
        "now": now,
        "overrides": found.overrides.select_related("words__text", "words__destruction"),
        "votes": votes_of(request.user, found.item),
        "actions": Action.objects.visible_to(request.user).stated().filter(item=found.item).select_related("owner"),
        "reopened": find_reopened([found]),
        "report": Item.objects.visible_to(request.user).stated().filter(reports=found).first(),
        "deeds": {} if day.known_by else _deeds(OF_DECISION, request.user, found, found.item.body),
    }
    return render(request, "meetings/decision.jinja", context)


@of_a_day
def actions_page(request: HttpRequest, day: AskedDay) -> HttpResponse:
    body = _asked_body(request)
    found = _page(request, find_actions(request.user, body=body.slug if body else ""))
    kept = set() if day.known_by else set(bodies_kept_by(request.user).values_list("pk", flat=True))
    own = set() if day.known_by else {grant.organisation_id for grant in get_grants(request.user)}
    context = {
        "day": day,
        "closable": {each.pk for each in found.object_list if each.item.body_id in kept or each.owner_id in own},
        "page": found,
        "today": past.get_day(),
        "asked": body,
        "late": find_actions(request.user, only_late=True).count(),
        "bodies": Body.objects.visible_to(request.user).order_by("sort_name"),
    }
    return render(request, "meetings/actions.jinja", context)


@of_a_day
def plan_page(request: HttpRequest, day: AskedDay) -> HttpResponse:
    body = _asked_body(request)
    items = Item.objects.visible_to(request.user).in_state(*WAITING).select_related("body", "function")
    if body:
        items = items.filter(body=body)
    context = {
        "day": day,
        "page": _page(request, items.order_by("expected_on", "pk")),
        "asked": body,
        "bodies": Body.objects.visible_to(request.user).order_by("sort_name"),
        "deeds": _deeds(OF_BODY, request.user, body, body) if body and not day.known_by else {},
    }
    return render(request, "meetings/plan.jinja", context)


def _asked_body(request: HttpRequest) -> Body | None:
    return Body.objects.visible_to(request.user).filter(slug=request.GET.get("body", "")).first()


def _page(request: HttpRequest, rows: Any) -> Any:
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


def _deeds(deeds: dict[str, Deed], user: Any, about: Any, body: Body) -> dict[str, Deed]:
    """Those that this person may do to it as it stands."""
    if not user.is_authenticated:
        return {}
    held = permissions_for(user, deeds.values(), about, body)
    return {slug: deed for slug, deed in deeds.items() if deed.is_open_to(held, about)}
