"""REST over meetings: the same record as the pages, seen by the same person."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Annotated, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from placewise_site.api.resources import PageNumber, PageSize, answers, api
from placewise_site.meetings import past
from placewise_site.meetings.models import Decision, Item, Meeting
from placewise_site.meetings.queries.agendas import find_agenda
from placewise_site.meetings.queries.bids import find_bids
from placewise_site.meetings.queries.follow_up import find_actions
from placewise_site.meetings.queries.looks import open_decision, open_item, open_meeting_page
from placewise_site.web.evidence.day import read_day
from placewise_site.web.meetings.rows import VoteRow, papers_of, votes_of

BodySlug = Annotated[str, Field(description="The slug of a body; every body where none is given")]
AsOf = Annotated[date | None, Field(description="As the record stood at the end of this day; now where none is given")]


def of_a_past_day(view: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """For a resource that takes as_of and answers with values, not with what is still to be asked of the record."""

    @wraps(view)
    def seen(request: HttpRequest, *parts: Any, **named: Any) -> dict[str, Any]:
        with past.as_it_stood(read_day(request).known_by):
            return view(request, *parts, **named)

    return seen


class MeetingRow(Schema):
    meeting: int
    body: str
    body_name: str
    starts_at: datetime
    ends_at: datetime
    where: str
    state: str = Field(description="scheduled, open, closed or cancelled")
    is_invented: bool = Field(description="Made up for a demonstration")


class AgendaItem(Schema):
    """title and item are null where its papers are kept from the reader."""

    number: int
    item: int | None
    title: str | None
    state: str


class MeetingInFull(MeetingRow):
    agenda: list[AgendaItem]
    in_private: int = Field(description="Items taken in private, of which this reader is told no more")


class PaperRow(Schema):
    paper: int
    title: str
    state: str
    version: int
    words: str
    cites: list[str]


class BidRow(Schema):
    """scores: of one person each, with every capacity they held; conflicts: of those whose own bid it is."""

    bid: int
    title: str
    bidder: str
    place: str | None
    scores: list[dict[str, str]]
    conflicts: list[dict[str, str]]


class AssessedRow(Schema):
    kind: str = Field(description="equality, or involvement")
    reference: str = Field(description="An address here, or where an account of it is held elsewhere")
    engagement: str | None = Field(description="The slug of the recorded engagement; null where it is held elsewhere")


class ItemInFull(Schema):
    item: int
    body: str
    title: str
    purpose: str
    function: str | None
    places: list[str]
    amount: int | None = Field(description="Whole pounds")
    state: str
    papers: list[PaperRow]
    votes: list[dict[str, str]]
    bids: list[BidRow]
    assessed: list[AssessedRow]


class DecisionRow(Schema):
    decision: int
    item: int
    body: str
    title: str
    decided_on: date
    route: str = Field(description="meeting, or urgent")
    is_carried: bool
    resolved: str


class DecisionInFull(DecisionRow):
    evidence: list[dict[str, Any]] = Field(description="Each cited claim as it stood on the day")
    overrides: list[dict[str, str]] = Field(description="Each warning that was overridden, by whom and why")
    tally: dict[str, int]
    reasons: dict[str, str] = Field(description="Why it was not left to a place")


class ActionRow(Schema):
    action: int
    item: int
    body: str
    title: str
    owner: str
    role: str
    due_on: date
    is_late: bool


class Meetings(Schema):
    count: int
    next: str | None
    items: list[MeetingRow]


class Decisions(Schema):
    count: int
    next: str | None
    items: list[DecisionRow]


class Actions(Schema):
    count: int
    next: str | None
    items: list[ActionRow]


@api.get("/meetings", response=answers(Meetings), summary="The calendar of meetings")
def meetings(
    request: HttpRequest, body: BodySlug = "", page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    rows = Meeting.objects.visible_to(request.user).stated().select_related("body")
    return _page(request, rows.filter(body__slug=body) if body else rows, page, page_size, _meeting)


@api.get("/meetings/{meeting}", response=answers(MeetingInFull), summary="One meeting with its agenda")
@of_a_past_day
def one_meeting(request: HttpRequest, meeting: int, as_of: AsOf = None) -> dict[str, Any]:
    found = open_meeting_page(request.user, meeting)
    agenda = find_agenda(request.user, found)
    rows = [
        {
            "number": each.number,
            "item": each.item.pk if each.item else None,
            "title": each.item.title if each.item else None,
            "state": each.state,
        }
        for each in agenda.rows
    ]
    return {**_meeting(found), "agenda": rows, "in_private": agenda.in_private}


@api.get("/meeting-items/{item}", response=answers(ItemInFull), summary="One agenda item with its papers and votes")
@of_a_past_day
def one_item(request: HttpRequest, item: int, as_of: AsOf = None) -> dict[str, Any]:
    """404 for an item whose papers are kept from the reader, and the look is logged."""
    found = open_item(request.user, item)
    return {
        "item": found.pk,
        "body": found.body.slug,
        "title": found.title,
        "purpose": found.purpose,
        "function": found.function.slug if found.function else None,
        "places": found.places,
        "amount": found.amount,
        "state": _state(found),
        "papers": [_paper(each) for each in papers_of(request.user, found)],
        "votes": [_vote(each) for each in votes_of(request.user, found).rows],
        "bids": [_bid(each) for each in find_bids(request.user, found)],
        "assessed": [
            {
                "kind": each.kind,
                "reference": each.reference,
                "engagement": each.engagement.slug if each.engagement else None,
            }
            for each in found.assessed.select_related("engagement")
        ],
    }


@api.get("/decisions", response=answers(Decisions), summary="Decisions, the newest first")
def decisions(
    request: HttpRequest, body: BodySlug = "", page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    rows = Decision.objects.visible_to(request.user).select_related("item__body")
    return _page(request, rows.filter(item__body__slug=body) if body else rows, page, page_size, _decision)


@api.get("/decisions/{decision}", response=answers(DecisionInFull), summary="One decision with its evidence")
@of_a_past_day
def one_decision(request: HttpRequest, decision: int, as_of: AsOf = None) -> dict[str, Any]:
    found = open_decision(request.user, decision)
    overrides = found.overrides.select_related("words__text", "words__destruction")
    return {
        **_decision(found),
        "evidence": found.evidence,
        "overrides": [
            {"slug": each.slug, "sentence": each.sentence, "role": each.role, "reason": str(each.words)}
            for each in overrides
        ],
        "tally": found.tally,
        "reasons": found.reasons,
    }


@api.get("/actions", response=answers(Actions), summary="Open actions, the earliest due first")
@of_a_past_day
def actions(
    request: HttpRequest, body: BodySlug = "", as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    return _page(request, find_actions(request.user, body=body), page, page_size, _action)


def _page(request: HttpRequest, rows: QuerySet[Any], page: int, page_size: int, told: Any) -> dict[str, Any]:
    start, count = (page - 1) * page_size, rows.count()
    following = {**request.GET.dict(), "page": str(page + 1)}
    has_more = start + page_size < count
    return {
        "count": count,
        "next": request.build_absolute_uri(f"{request.path}?{urlencode(following)}") if has_more else None,
        "items": [told(each) for each in rows[start : start + page_size]],
    }


def _meeting(row: Any) -> dict[str, Any]:
    return {
        "meeting": row.pk,
        "body": row.body.slug,
        "body_name": row.body.name,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "where": row.where,
        "state": row.state,
        "is_invented": row.is_invented,
    }


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "decision": row.pk,
        "item": row.item_id,
        "body": row.item.body.slug,
        "title": row.item.title,
        "decided_on": row.decided_on,
        "route": row.route,
        "is_carried": row.is_carried,
        "resolved": row.resolved,
    }


def _action(row: Any) -> dict[str, Any]:
    return {
        "action": row.pk,
        "item": row.item_id,
        "body": row.item.body.slug,
        "title": row.title,
        "owner": row.owner.name,
        "role": row.role,
        "due_on": row.due_on,
        "is_late": row.due_on < past.get_day(),
    }


def _paper(row: Any) -> dict[str, Any]:
    version = row.versions.select_related("words__text", "words__destruction").last()
    return {
        "paper": row.pk,
        "title": row.title,
        "state": row.state,
        "version": version.number,
        "words": str(version.words),
        "cites": list(version.citations.values_list("address", flat=True)),
    }


def _bid(row: Any) -> dict[str, Any]:
    rulings = {True: "may score it", False: "does not score it", None: "none yet"}
    return {
        "bid": row.bid.pk,
        "title": row.bid.title,
        "bidder": row.bid.bidder.code,
        "place": row.bid.place.code if row.bid.place else None,
        "scores": [
            {"aim": each.aim, "score": each.score, "told": each.told, "capacities": each.capacities}
            for _, each in row.scores
        ],
        "conflicts": [
            {
                "capacities": each.capacities,
                "own": each.own,
                "ruling": rulings[each.ruling.may_score if each.ruling else None],
            }
            for each in row.conflicts
        ],
    }


def _vote(row: VoteRow) -> dict[str, str]:
    return {"seat": row.seat, "vote": row.choice, "dissent": str(row.dissent) if row.dissent else ""}


def _state(item: Item) -> str:
    newest = item.steps.last()
    return newest.state if newest else ""
