"""REST over who decides: bodies, the scheme of delegation and agreements, as their pages tell them on a day."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from placewise_site.api.resources import answers, api
from placewise_site.evidence.releases import NotReleased
from placewise_site.governance.models import Body
from placewise_site.governance.queries import (
    Decider,
    find_version,
    get_bodies,
    get_body,
    get_delegations_of,
    get_matrix,
    get_memberships,
    get_quorum_rule,
    get_seats,
    get_versions,
    register_of,
)
from placewise_site.governance.rules.delegation import Gap, Overlap
from placewise_site.governance.rules.instruments import NoOneAnswer

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
