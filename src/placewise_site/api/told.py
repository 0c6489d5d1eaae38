"""REST over what a release says in words: what stands out, and what became of each ambition."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from placewise_site.api import schemas
from placewise_site.api.resources import PageNumber, PageSize, ReleaseName, answers, api, paged, sight_of
from placewise_site.evidence.ambitions import AmbitionCard, ambitions, find_ambition
from placewise_site.programmes.queries import findings_seen
from placewise_site.web.findings.rows import FindingRow, build_rows


class Finding(Schema):
    """One thing that stands out. The numbers behind it are those of the measure's figures."""

    level: str
    area: str
    area_name: str
    measure: str
    title: str
    kind: str
    word: str = Field(description="improved, sustained, deteriorated, not yet known; or worse, better, more, fewer")
    month: str = Field(description="YYYY-MM")
    sentence: str
    since: str = Field(description="What changed since the release before; empty where nothing did")
    is_gone: bool = Field(description="It stood in the release before and is found no longer")
    is_open: bool = Field(description="Others than the practice that it is about may read it")
    comments: list[str] = Field(description="What the practice said to it")


COPIED = ("level", "area", "area_name", "measure", "title", "month", "sentence")


class AmbitionRow(Schema):
    ambition: str
    title: str
    wording: str
    owner: str = Field(description="The body that answers for it; empty where nobody does")
    targets: int
    verdicts: list[str] = Field(
        description="One a target, in order: met, missed, on course, off course, not measured, not yet known"
    )
    due: list[date | None] = Field(description="The day by which each target was promised; null where none was named")


@api.get("/findings", response=answers(schemas.Page[Finding]), summary="What stands out, in words")
def findings(
    request: HttpRequest,
    measure: Annotated[str | None, Field(description="Of this measure alone")] = None,
    area: Annotated[str | None, Field(description="Of this area alone: a code")] = None,
    level: Annotated[str | None, Field(description="Of areas of this level alone")] = None,
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """Worse before better. A practice reads what was found of it first, others when it has commented or its time is
    over; areas of which no change is known yet are left out."""
    sight = sight_of(request, release)
    asked = {"measure": measure, "area": area, "level": level}
    rows = [
        _finding(row)
        for row in build_rows(findings_seen(request.user, sight))
        if all(wanted is None or getattr(row.finding, name) == wanted for name, wanted in asked.items())
    ]
    return paged(request, sight, rows, page, page_size)


@api.get("/ambitions", response=answers(schemas.Page[AmbitionRow]), summary="What was promised, with its verdicts")
def every_ambition(
    request: HttpRequest, release: ReleaseName = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    sight = sight_of(request, release)
    rows = [
        {
            **card.model_dump(include={"ambition", "title", "wording", "owner"}),
            "targets": len(card.targets),
            "verdicts": [str(target.verdict) for target in card.targets],
            "due": [target.due for target in card.targets],
        }
        for card in ambitions(sight)
    ]
    return paged(request, sight, rows, page, page_size)


@api.get("/ambitions/{ambition}", response=answers(AmbitionCard), summary="One ambition with what each target rests on")
def one_ambition(request: HttpRequest, ambition: str, release: ReleaseName = None) -> AmbitionCard:
    return find_ambition(sight_of(request, release), ambition)


def _finding(row: FindingRow) -> dict[str, Any]:
    told = row.finding
    said = row.heard.comments if row.heard else ()
    return {
        **{
            name: getattr(told, name)
            for name in ("level", "area", "area_name", "measure", "title", "month", "sentence")
        },
        "kind": str(told.kind),
        "word": str(told.word),
        "since": row.since,
        "is_gone": row.is_gone,
        "is_open": row.is_open,
        "comments": [comment.text.words for comment in said if hasattr(comment, "text")],
    }
