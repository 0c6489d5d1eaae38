"""REST over what treating more people would bring, and over whether something worked: the pages' own numbers."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from placewise_site.api import schemas
from placewise_site.api.resources import Code, PageNumber, PageSize, ReleaseName, answers, api, paged, sight_of
from placewise_site.evidence.effects import as_row as tell_effect_row
from placewise_site.evidence.effects import find_effect
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


class MethodOf(Schema):
    method: str
    change: float | None = Field(description="A difference of shares; null where the method was not used")
    lower: float | None = Field(description="95% limit")
    upper: float | None
    told: str


class MonthOf(Schema):
    month: str = Field(description="YYYY-MM")
    observed: float
    expected: float = Field(description="As the areas beside went")


class EffectOf(Schema):
    release: str
    measure: str
    start: str = Field(description="The first month in which something had begun, YYYY-MM")
    word: str
    told: str
    deciding: str | None = Field(description="The method that decides, settled by how many areas there are")
    methods: list[MethodOf]
    areas: list[str]
    beside: list[str]
    left_out: dict[str, str] = Field(description="Area -> why it is on neither side")
    months: list[MonthOf]


@api.get("/effect", response=answers(EffectOf), summary="What became of a measure where something began")
def effect(
    request: HttpRequest,
    measure: str,
    areas: Annotated[str, Field(description="Codes of one level, with commas between them")],
    start: Annotated[str, Query(alias="from", description="The first month in which it had begun, YYYY-MM")],
    release: ReleaseName = None,
) -> dict[str, Any]:
    """Matched or synthetic controls decide; an interrupted series is told beside them. Of released numbers alone."""
    sight = sight_of(request, release)
    sight.measure(measure)
    codes = [each.strip() for each in areas.split(",") if each.strip()]
    row = tell_effect_row(find_effect(sight, measure, codes, start))
    return {"release": sight.manifest.release, "start": row.pop("from"), **row}
