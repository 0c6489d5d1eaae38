"""REST over who decides: bodies, the scheme of delegation and agreements, as their pages tell them on a day."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from placewise_site.api.resources import answers, api
from placewise_site.evidence.releases import NotReleased
from placewise_site.governance.models import Body, Engagement
from placewise_site.governance.queries import (
    Decider,
    find_version,
    get_bodies,
    get_body,
    get_delegations_of,
    get_matrix,
    get_memberships,
    get_progress,
    get_quorum_rule,
    get_seats,
    get_versions,
    register_of,
)
from placewise_site.governance.queries.engagement import Answered, Progress
from placewise_site.governance.rules.delegation import Gap, Overlap
from placewise_site.governance.rules.instruments import NoOneAnswer
from placewise_site.web.evidence.day import read_day

AsOf = Annotated[date | None, Field(description="A day, YYYY-MM-DD; today where none is given")]


class BodyRow(Schema):
    body: str = Field(description="Its slug")
    name: str
    kind: str
    remit: str
    meets_in_public: bool
    open_from: date | None
    open_to: date | None


class SeatRow(Schema):
    seat: str
    title: str
    kind: str
    votes: bool
    represents: str = Field(description="The kind of partner it is for; empty where it is for none")
    members: list[str] = Field(description="Who holds it on the day, deputies after; names that were removed say so")


class PowerRow(Schema):
    function: str
    place: str | None = Field(description="A code; null for every place")
    limit_pounds: int | None = Field(description="Null for no limit")
    above: str | None = Field(description="The body that decides above the limit")
    expires_on: date | None
    is_invented: bool


class InterestRow(Schema):
    member: str
    kind: str
    told: str
    held_from: date
    held_to: date | None


class BodyInFull(BodyRow):
    part_of: str | None
    covers: list[str] = Field(description="Codes of organisations; none for the whole system")
    successors: list[str]
    papers_published_days_before: int | None
    has_invented_terms: bool = Field(description="Seats, skills and days of papers are made up for a demonstration")
    quorum: dict[str, Any] | None
    seats: list[SeatRow]
    powers: list[PowerRow]
    interests: list[InterestRow]


class DeciderRow(Schema):
    """One function in one place. deciders: one slug, none for a gap, more for an overlap."""

    function: str
    title: str
    place: str
    deciders: list[str]
    limit_pounds: int | None
    expires_on: date | None
    state: str = Field(description="decided, gap or overlap")
    is_invented: bool = Field(description="The power, its limit or its dates are made up for a demonstration")


class VersionRow(Schema):
    instrument: str
    version: str
    name: str
    parties: list[str]
    in_force_from: date
    in_force_to: date | None
    is_invented: bool
    source: str


class CommentRow(Schema):
    speaker: str = Field(description="A role or a group, never a person's name")
    words: str = Field(description="What was said; what was removed says so")
    received_on: date
    is_late: bool
    disposition: str | None = Field(
        description="accepted, accepted_in_part, not_accepted or out_of_scope; null where nobody responded yet"
    )
    reason: str | None


class ClauseRow(Schema):
    clause: str
    title: str
    says: str
    is_invented: bool
    comments: list[CommentRow]


class EngagementRow(Schema):
    engagement: str = Field(description="The slug of the version that is out for comment")
    version: str
    opens_on: date
    closes_on: date
    comments: int
    responses: int
    closed_at: datetime | None
    is_invented: bool
    source: str


class EngagementInFull(EngagementRow):
    clauses: list[ClauseRow]


@api.get("/engagements", response=answers(list[EngagementRow]), summary="Drafts that are or were out for comment")
def engagements(request: HttpRequest, as_of: AsOf = None) -> list[dict[str, Any]]:
    day = read_day(request)
    found = Engagement.objects.visible_to(request.user).select_related("version")
    if day.known_by:
        found = found.filter(at__lte=day.known_by)
    return [_engagement(each, get_progress(each, day.known_by)) for each in found]


@api.get(
    "/engagements/{engagement}",
    response=answers(EngagementInFull),
    summary="One draft by its clauses, with responses",
)
def one_engagement(request: HttpRequest, engagement: str, as_of: AsOf = None) -> dict[str, Any]:
    day = read_day(request)
    found = Engagement.objects.visible_to(request.user).select_related("version").filter(slug=engagement).first()
    if found is None or (day.known_by and found.at > day.known_by):
        raise NotReleased(f"no draft {engagement} is out for comment")
    progress = get_progress(found, day.known_by)
    clauses = [
        {
            "clause": clause.slug,
            "title": clause.title,
            "says": clause.says,
            "is_invented": clause.is_invented,
            "comments": [_comment(each) for each in said],
        }
        for clause, said in progress.clauses
    ]
    return _engagement(found, progress) | {"clauses": clauses}


@api.get("/bodies", response=answers(list[BodyRow]), summary="Every body that is in being on a day")
def bodies(request: HttpRequest, as_of: AsOf = None) -> list[dict[str, Any]]:
    return [_row(each) for each in get_bodies(_day(as_of))]


@api.get("/bodies/{body}", response=answers(BodyInFull), summary="One body: seats, members, powers, interests")
def body(request: HttpRequest, body: str, as_of: AsOf = None) -> dict[str, Any]:
    on = _day(as_of)
    try:
        found = get_body(body)
    except Body.DoesNotExist:
        raise NotReleased(f"there is no body {body}") from None
    sitting = list(get_memberships(found, on))
    return _row(found) | {
        "part_of": found.part_of.slug if found.part_of else None,
        "covers": found.covers,
        "successors": found.successors,
        "papers_published_days_before": found.papers_published_days_before,
        "has_invented_terms": found.has_invented_terms,
        "quorum": _quorum(found, on),
        "seats": [
            {
                "seat": seat.seat.slug,
                "title": seat.title,
                "kind": seat.kind,
                "votes": seat.votes,
                "represents": seat.represents,
                "members": [each.member.shown_name for each in sitting if each.seat_id == seat.seat_id],
            }
            for seat in get_seats(found, on)
        ],
        "powers": [
            {
                "function": each.function.slug,
                "place": each.place.code if each.place else None,
                "limit_pounds": each.limit_pounds,
                "above": each.above.slug if each.above else None,
                "expires_on": each.expires_on,
                "is_invented": each.is_invented,
            }
            for each in get_delegations_of(found, on)
        ],
        "interests": [
            {
                "member": each.member.shown_name,
                "kind": each.kind,
                "told": each.told,
                "held_from": each.held_from,
                "held_to": each.held_to,
            }
            for each in register_of([each.member for each in sitting], on)
        ],
    }


@api.get("/delegation", response=answers(list[DeciderRow]), summary="Who decides each function in each place")
def delegation(request: HttpRequest, as_of: AsOf = None) -> list[dict[str, Any]]:
    """Each function has one decider in each place; what has none or two is told as gap or overlap."""
    matrix = get_matrix(_day(as_of))
    return [
        {"function": function.slug, "title": function.title, "place": place.code, **_told(found)}
        for function, deciders in matrix.rows
        for place, found in zip(matrix.places, deciders, strict=True)
    ]


@api.get("/agreements", response=answers(list[VersionRow]), summary="Every version of every agreement")
def agreements(request: HttpRequest, as_of: AsOf = None) -> list[dict[str, Any]]:
    """Of any time, as the record had them on the day."""
    return [_version(each) for each in get_versions(_day(as_of))]


@api.get("/agreements/{instrument}", response=answers(VersionRow), summary="The one version that applied on a day")
def agreement(
    request: HttpRequest,
    instrument: str,
    as_of: AsOf = None,
    party: Annotated[str | None, Field(description="The code of an organisation that it bound")] = None,
) -> dict[str, Any]:
    """404, naming the versions that claim the day, where there is not one."""
    try:
        return _version(find_version(instrument, [party] if party else [], _day(as_of)))
    except NoOneAnswer as none:
        raise NotReleased(str(none)) from None


def _day(as_of: date | None) -> date:
    return as_of or timezone.localdate()


def _row(body: Body) -> dict[str, Any]:
    copied = ("name", "kind", "remit", "meets_in_public", "open_from", "open_to")
    return {"body": body.slug, **{name: getattr(body, name) for name in copied}}


def _quorum(body: Body, on: date) -> dict[str, Any] | None:
    try:
        rule = get_quorum_rule(body, on)
    except NoOneAnswer:
        return None
    if rule is None:
        return None
    return {
        "at_least": rule.at_least,
        "of_kinds": dict(rule.of_kinds),
        "said_by": rule.said_by,
        "is_invented": rule.is_invented,
    }


def _told(found: Decider | Gap | Overlap) -> dict[str, Any]:
    nothing = {"limit_pounds": None, "expires_on": None, "is_invented": False}
    if isinstance(found, Gap):
        return nothing | {"deciders": [], "state": "gap"}
    if isinstance(found, Overlap):
        return nothing | {"deciders": list(found.deciders), "state": "overlap"}
    return {
        "deciders": [found.body.slug],
        "limit_pounds": found.limit,
        "expires_on": found.expires,
        "state": "decided",
        "is_invented": found.is_invented,
    }


def _version(each: Any) -> dict[str, Any]:
    copied = ("name", "parties", "in_force_from", "in_force_to", "is_invented", "source")
    return {
        "instrument": each.instrument.slug,
        "version": each.slug,
        **{name: getattr(each, name) for name in copied},
    }


def _engagement(row: Engagement, progress: Progress) -> dict[str, Any]:
    return {
        "engagement": row.slug,
        "version": row.version.name,
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "comments": progress.comments,
        "responses": progress.responses,
        "closed_at": progress.closing.at if progress.closing else None,
        "is_invented": row.is_invented,
        "source": row.source,
    }


def _comment(each: Answered) -> dict[str, Any]:
    return {
        "speaker": each.comment.speaker,
        "words": str(each.comment.words),
        "received_on": each.comment.received_on,
        "is_late": each.comment.is_late,
        "disposition": each.response.disposition if each.response else None,
        "reason": str(each.response.reason) if each.response else None,
    }
