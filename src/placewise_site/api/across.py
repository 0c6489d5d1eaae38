"""REST over what looks across measures and areas: the pages' own words and numbers."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from placewise_site.api import schemas
from placewise_site.api.resources import Code, PageNumber, PageSize, ReleaseName, answers, api, paged, sight_of
from placewise_site.evidence.gains import Gain
from placewise_site.evidence.releases import NotReleased
from placewise_site.web.compare.gains import find_opportunities
from placewise_site.web.compare.rug import build_rug
from placewise_site.web.levels import levels_shown


class Patch(Schema):
    """One measure in one area, in one word beside the whole system."""

    measure: str
    title: str
    programme: str
    better: str
    area: str
    area_name: str
    beside: str = Field(
        description="worse, perhaps worse, similar, perhaps better, better; or lower, perhaps lower, perhaps higher, "
        "higher; or why there is no word: hidden, not reported, not complete yet, nobody to count, not compared"
    )
    month: str = Field(description="YYYY-MM, the newest that is complete")
    value: float | None
    numerator: int | None
    denominator: int | None
    whole: float | None = Field(description="The whole system's value")
    address: str | None


class GainOf(Schema):
    """What is gained at one level; null where there is no level to reach."""

    level: float = Field(description="The share to be reached, 0 to 1")
    people: int | None = Field(description="About so many more people; null where they are too few to be told, or none")
    lower: int = Field(description="95% limit")
    upper: int
    is_reached: bool


class OpportunityOf(Schema):
    measure: str
    title: str
    area: str
    area_name: str
    month: date
    value: float | None
    denominator: int | None
    address: str
    peers: GainOf | None = Field(description="At the level each of the best quarter of the area's peers reaches")
    whole: GainOf | None = Field(description="At the whole system's level")
    ambition: GainOf | None = Field(description="At the level of the programme's ambition")


class Peer(Schema):
    rank: int = Field(description="1 is the most alike")
    area: str
    area_name: str
    level: str


@api.get("/rug", response=answers(schemas.Page[Patch]), summary="Every measure in each area of a level, in one word")
def rug(
    request: HttpRequest,
    area: Code | None = None,
    level: Annotated[str | None, Field(description="Of the areas within it; the first below it if none")] = None,
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """How each area stands beside the whole system, worked out from the released counts."""
    sight = sight_of(request, release)
    where = sight.area(area or sight.whole.code)
    wanted = level or next(iter([*levels_shown(sight, where), where.level]))
    areas = sight.below(where, wanted)
    if not areas:
        sight.at_level(sight.measures()[0].measure, where.code, wanted)  # says why: not there, or not for this person
        raise NotReleased(f"there is nothing at the level {wanted} within {where.code}")
    rows = [
        {
            "measure": thread.card.measure,
            "title": thread.card.title,
            "programme": thread.card.programme,
            "better": thread.card.better,
            "area": patch.area.code,
            "area_name": patch.area.name,
            "beside": str(patch.word),
            "month": thread.month,
            "value": patch.cell.value if patch.cell else None,
            "numerator": patch.cell.numerator if patch.cell else None,
            "denominator": patch.cell.denominator if patch.cell else None,
            "whole": thread.whole.value,
            "address": patch.cell.address if patch.cell else None,
        }
        for thread in build_rug(sight, areas).threads
        for patch in thread.patches
    ]
    return paged(request, sight, rows, page, page_size)


@api.get(
    "/opportunities", response=answers(schemas.Page[OpportunityOf]), summary="Where most people of an area would gain"
)
def opportunities(
    request: HttpRequest,
    area: Code | None = None,
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """Shares of people with a better direction, the largest opportunity first."""
    sight = sight_of(request, release)
    rows = [
        {
            "measure": each.card.measure,
            "title": each.card.title,
            "area": each.cell.area,
            "area_name": each.cell.area_name,
            "month": each.cell.month,
            "value": each.cell.value,
            "denominator": each.cell.denominator,
            "address": each.cell.address,
            **{to: _gain(gain) for to, gain in each.gains.items()},
        }
        for each in find_opportunities(sight, sight.area(area or sight.whole.code))
    ]
    return paged(request, sight, rows, page, page_size)


@api.get("/peers", response=answers(schemas.Page[Peer]), summary="The areas most alike an area")
def peers(
    request: HttpRequest,
    area: Annotated[str, Field(description="An organisation's code")],
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """Of its own level, by who is registered there; the release says how they were found."""
    sight = sight_of(request, release)
    found = sight.peers(sight.area(area))
    rows = [
        {"rank": rank, "area": each.code, "area_name": each.name, "level": each.level}
        for rank, each in enumerate(found, 1)
    ]
    return paged(request, sight, rows, page, page_size)


def _gain(gain: Gain | None) -> dict[str, Any] | None:
    if gain is None:
        return None
    return {name: getattr(gain, name) for name in ("level", "people", "lower", "upper", "is_reached")}
