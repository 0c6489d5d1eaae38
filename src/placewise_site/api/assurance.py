"""REST over assurance: the pages' registers by the pages' rules."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from placewise_site.accounts.policies import holds_a_role
from placewise_site.api.meetings import AsOf, of_a_past_day
from placewise_site.api.resources import PageNumber, PageSize, answers, api
from placewise_site.assurance.models import Commitment, Risk
from placewise_site.assurance.queries.assessments import find_assessments, find_unsaid
from placewise_site.assurance.queries.commitments import get_owed
from placewise_site.assurance.queries.packs import find_packs
from placewise_site.assurance.queries.risks import get_cards
from placewise_site.evidence.sight import NotAllowed
from placewise_site.meetings import past


class RiskRow(Schema):
    risk: int
    title: str
    programme: str = Field(description="Empty for the whole system")
    owner: str = Field(description="An organisation's code")
    likelihood: int
    impact: int
    score: int
    colour: str = Field(description="red, amber or green; red whatever the score where a control is not tested in time")
    because: list[str] = Field(description="What makes it red besides its score")
    gaps: list[str] = Field(description="Lines of assurance of which no control is tested in time")
    is_invented: bool


class OwedRow(Schema):
    commitment: int
    kind: str = Field(description="recommendation, review_finding or promise")
    title: str
    source: str
    owner: str = Field(description="Code of the organisation that owes it")
    owed_to: str
    due: date
    measure: str = Field(description="By which it will be seen to have worked; empty where there is none")
    no_measure_because: str
    state: str = Field(description="open, in_hand, evidenced or closed")
    last_evidence: date | None
    is_overdue: bool
    is_invented: bool


class PackRow(Schema):
    pack: int
    programme: str
    release: str
    built_at: datetime
    sha256: str = Field(description="Of the pack's bytes, which can be built again")
    challenges: int
    answered: int


class AssessmentRow(Schema):
    assessment: int
    title: str
    programme: str
    area: str
    release: str
    unsaid: list[str] = Field(description="Characteristics of which nothing is said yet")
    is_signed: bool
    is_invented: bool


class Risks(Schema):
    count: int
    next: str | None
    items: list[RiskRow]


class Owed(Schema):
    count: int
    next: str | None
    items: list[OwedRow]


class Packs(Schema):
    count: int
    next: str | None
    items: list[PackRow]


class Assessments(Schema):
    count: int
    next: str | None
    items: list[AssessmentRow]


@api.get("/risks", response=answers(Risks), summary="The register of risks, the worst first")
@of_a_past_day
def risks(request: HttpRequest, as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100) -> dict[str, Any]:
    """For people with a role here."""
    check_role(request)
    rows = [
        {
            "risk": card.risk.pk,
            "title": card.risk.title,
            "programme": card.risk.programme,
            "owner": card.risk.owner.code,
            "likelihood": card.score.likelihood,
            "impact": card.score.impact,
            "score": card.rating.score,
            "colour": str(card.rating.colour),
            "because": list(card.rating.because),
            "gaps": [line.name.lower() for line in card.gaps],
            "is_invented": card.risk.is_invented,
        }
        for card in get_cards(Risk.objects.visible_to(request.user), past.get_day())
    ]
    return page_of(request, rows, page, page_size)


@api.get("/owed", response=answers(Owed), summary="Who owes whom what, what is due first")
@of_a_past_day
def owed(request: HttpRequest, as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100) -> dict[str, Any]:
    """Recommendations for everybody; findings of reviews and promises for people with a role here."""
    rows = [
        {
            "commitment": each.commitment.pk,
            "kind": each.commitment.kind,
            "title": each.commitment.title,
            "source": each.commitment.source,
            "owner": each.commitment.owner.code,
            "owed_to": each.commitment.owed_to.code,
            "due": each.commitment.due,
            "measure": each.commitment.measure,
            "no_measure_because": each.commitment.no_measure_because,
            "state": str(each.state),
            "last_evidence": each.last_evidence,
            "is_overdue": each.is_overdue,
            "is_invented": each.commitment.is_invented,
        }
        for each in get_owed(Commitment.objects.visible_to(request.user), past.get_day())
    ]
    return page_of(request, rows, page, page_size)


@api.get("/packs", response=answers(Packs), summary="Packs of check-and-confirm sessions, the newest first")
@of_a_past_day
def packs(request: HttpRequest, as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100) -> dict[str, Any]:
    """For people with a role here."""
    check_role(request)
    found = find_packs(request.user).defer("content")
    rows = [
        {
            "pack": pack.pk,
            "programme": pack.programme,
            "release": pack.release,
            "built_at": pack.at,
            "sha256": pack.sha256,
            "challenges": len(asked := pack.challenges.all()),
            "answered": sum(hasattr(each, "answer") for each in asked),
        }
        for pack in found
    ]
    return page_of(request, rows, page, page_size)


@api.get(
    "/equality-assessments", response=answers(Assessments), summary="Equality impact assessments, the newest first"
)
@of_a_past_day
def assessments(
    request: HttpRequest, as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    """For people with a role here."""
    check_role(request)
    found = find_assessments(request.user).defer("prefilled")
    rows = [
        {
            "assessment": each.pk,
            "title": each.title,
            "programme": each.programme,
            "area": each.area,
            "release": each.release,
            "unsaid": find_unsaid(each),
            "is_signed": hasattr(each, "sign_off"),
            "is_invented": each.is_invented,
        }
        for each in found
    ]
    return page_of(request, rows, page, page_size)


def check_role(request: HttpRequest) -> None:
    if not holds_a_role(request.user):
        raise NotAllowed("this is for people with a role here; sign in to see it")


def page_of(request: HttpRequest, rows: Sequence[Any], page: int, page_size: int) -> dict[str, Any]:
    start = (page - 1) * page_size
    following = {**request.GET.dict(), "page": str(page + 1)}
    has_more = start + page_size < len(rows)
    return {
        "count": len(rows),
        "next": request.build_absolute_uri(f"{request.path}?{urlencode(following)}") if has_more else None,
        "items": rows[start : start + page_size],
    }
