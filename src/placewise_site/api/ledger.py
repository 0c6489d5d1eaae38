"""REST over stated claims and what stands against them: the same as the pages of evidence, by the same rules."""

from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from placewise_site.api.resources import PageNumber, PageSize, answers, api
from placewise_site.evidence.ledger.lifecycle import Standing
from placewise_site.evidence.ledger.models import StatedClaim
from placewise_site.evidence.ledger.queries.conflicts import find_conflicts
from placewise_site.evidence.ledger.queries.listing import ReadClaim, find_claim, find_claims, read_claims_of
from placewise_site.evidence.releases import NotReleased
from placewise_site.web.evidence.day import read_day

AsOf = Annotated[date | None, Field(description="As the record stood at the end of this day; now where none is given")]


class Against(Schema):
    """What is found against a claim. severity: block, or warn, and then it is printed beside the figure."""

    type: str
    severity: str
    claims: list[str]
    sentence: str


class StatedFigure(Schema):
    """One stated figure with every column. All but name, standing and told are null where it was removed."""

    name: str
    version: int
    standing: str = Field(description="proposed, agreed, disputed, superseded or withdrawn")
    told: str = Field(description="How it stands, a sentence")
    superseded_by: str
    against: list[Against]
    statement: str | None = None
    value: float | str | None = None
    value_high: float | None = None
    unit: str | None = None
    kind: str | None = None
    bound: str | None = Field(default=None, description="exact, at least, at most or about")
    lower: float | None = None
    upper: float | None = None
    basis: str | None = Field(default=None, description="What exactly is counted, or that it is not stated")
    population: str | None = None
    geography: str | None = None
    geography_edition: str | None = None
    as_of: str | None = None
    cumulative: bool | None = None
    period_from: date | None = None
    period_to: date | None = None
    part_of: str | None = None
    nesting: str | None = None
    target_by: date | None = None
    measurand: str | None = None
    family: str | None = None
    measure: str | None = Field(default=None, description="Our own measure of the same thing, or empty")
    method: str | None = None
    method_version: str | None = None
    document: str | None = None
    section: str | None = None
    document_date: date | None = None
    source_file: str | None = None
    source_sha256: str | None = None
    recorded_at: datetime


class Found(Schema):
    """What is found among claims: a contradiction blocks decisions, everything else warns. A figure of our own is named
    by its address."""

    type: str = Field(description="contradiction, definition, unit, footprint, overlap, misprint or overdue")
    blocks: bool
    claims: list[str]
    told: str
    remedy: str


class StatedFigures(Schema):
    count: int = Field(description="How many there are in all")
    next: str | None = Field(description="The address of the next page, or null on the last")
    items: list[StatedFigure]


class Conflicts(Schema):
    count: int = Field(description="How many there are in all")
    next: str | None = Field(description="The address of the next page, or null on the last")
    items: list[Found]


@api.get("/claims", response=answers(StatedFigures), summary="Stated claims, found by their words")
def claims(
    request: HttpRequest, words: str = "", as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    """Those that hold every word, or one that begins so; all where none is given."""
    day = read_day(request)
    count, rows = find_claims(request.user, words, day.known_by, (page - 1) * page_size, page_size)
    items = [_figure(each) for each in read_claims_of(rows, day.on, day.known_by)]
    return {"count": count, "next": _next(request, page, page_size, count), "items": items}


@api.get("/claims/{claim}", response=answers(StatedFigure), summary="One stated claim")
def claim(request: HttpRequest, claim: str, as_of: AsOf = None) -> dict[str, Any]:
    day = read_day(request)
    try:
        return _figure(find_claim(request.user, claim, day.on, day.known_by))
    except StatedClaim.DoesNotExist:
        raise NotReleased(f"no claim {claim} is for you to read") from None


@api.get(
    "/conflicts", response=answers(Conflicts), summary="What is found among stated claims, and against our own figures"
)
def conflicts(
    request: HttpRequest, type: str = "", as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    """What blocks first, and what is overdue last: all that had fallen due is one finding, by each document's own day,
    or by the day asked."""
    day = read_day(request)
    count, _, found = find_conflicts(request.user, type, day.clock, day.known_by, (page - 1) * page_size, page_size)
    items = [{name: getattr(each, name) for name in Found.model_fields} for each in found]
    return {"count": count, "next": _next(request, page, page_size, count), "items": items}


def _figure(read: ReadClaim) -> dict[str, Any]:
    cited = read.cited
    said: dict[str, Any] = {
        "name": read.row.name,
        "version": read.row.version,
        "standing": cited.standing,
        "told": cited.told,
        "superseded_by": cited.superseded_by,
        "against": [
            {"type": each.type, "severity": each.severity, "claims": list(each.claims), "sentence": each.sentence}
            for each in cited.conflicts
        ],
        "recorded_at": read.row.recorded_at,
    }
    if read.content is None or cited.standing == Standing.WITHDRAWN:
        return said
    columns = {name: getattr(read.content, name) for name in StatedFigure.model_fields if hasattr(read.content, name)}
    value = read.content.word if read.content.value is None else read.content.value
    file = {"source_file": read.row.source_file, "source_sha256": read.row.source_sha256}
    return columns | said | file | {"value": value}


def _next(request: HttpRequest, page: int, page_size: int, count: int) -> str | None:
    if page * page_size >= count:
        return None
    asked = {**request.GET.dict(), "page": str(page + 1)}
    return request.build_absolute_uri(f"{request.path}?{urlencode(asked)}")
