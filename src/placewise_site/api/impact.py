"""REST over what treating more people would bring, and over whether something worked: the pages' own numbers."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from placewise_site.api import schemas
from placewise_site.api.resources import Code, PageNumber, PageSize, ReleaseName, answers, api, paged, sight_of
from placewise_site.evidence.impact import Prize, as_row
from placewise_site.web.impact.prize import prize_of, prizes_below, prizes_by_fifth
from placewise_site.web.impact.views import get_section


class PrizeOf(Schema):
    area: str
    area_name: str
    split: str
    group: str
    group_title: str
    month: str = Field(description="YYYY-MM")
    untreated: int | None = Field(description="People whom the measure misses now; null where hidden")
    level: float | None = Field(description="The share to be reached: the programme's ambition, else everybody")
    impact: dict[str, Any] | None = Field(
        description="People, what is prevented beside what is caused, the net as a range, horizons and sources; null "
        "where too few would gain to be told"
    )
    address: str


@api.get("/impact", response=answers(schemas.Page[PrizeOf]), summary="What treating more people would bring")
def impact(
    request: HttpRequest,
    measure: Annotated[str, Field(description="A measure of which its programme says so")],
    area: Code | None = None,
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """An area, those within it, and its deprivation fifths: benefit and harm side by side, never added up."""
    sight = sight_of(request, release)
    card = sight.measure(measure)
    section, where = get_section(card), sight.area(area or sight.whole.code)
    prizes = [prize_of(sight, card, section, where)]
    prizes += [*prizes_below(sight, card, section, where), *prizes_by_fifth(sight, card, section, where)]
    return paged(request, sight, [_row(each) for each in prizes], page, page_size)


def _row(prize: Prize) -> dict[str, Any]:
    cell = prize.cell
    return {
        "area": cell.area,
        "area_name": cell.area_name,
        "split": cell.split,
        "group": cell.group,
        "group_title": cell.group_title,
        "month": f"{cell.month:%Y-%m}",
        "untreated": prize.untreated,
        "level": prize.gain.level if prize.gain else None,
        "impact": as_row(prize.impact) if prize.impact else None,
        "address": cell.address,
    }
