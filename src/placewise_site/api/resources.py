"""REST over the release: the same numbers as the pages, by the same computation and the same rules."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from pydantic import Field

from placewise_site.api import schemas
from placewise_site.evidence.releases import (
    NotReleased,
    Withdrawal,
    Withdrawn,
    current_release,
    find_release,
    find_withdrawals,
    past_releases,
)
from placewise_site.evidence.sight import Area, NotAllowed, Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.measures.figures import measure_figures
from placewise_site.web.opening import address_of, sentence

MOST_ITEMS = 1000

T = TypeVar("T")
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="YYYY-MM")]
PageNumber = Annotated[int, Field(ge=1, description="From 1")]
PageSize = Annotated[int, Field(ge=1, le=MOST_ITEMS, description="Items a page")]
Code = Annotated[str, Field(description="An organisation's code; the whole system where none is given")]
Split = Annotated[str, Field(description="all, or what the measure is compared by: sex, ethnicity ...")]
ReleaseName = Annotated[str | None, Field(description="A past release, r-...; the one in force where none is given")]


class DescribedOnce(NinjaAPI):
    """Its description never changes once the process has started, and takes long to build."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return self._description

    @cached_property
    def _description(self) -> OpenAPISchema:
        return super().get_openapi_schema()


api = DescribedOnce(
    title="Placewise",
    version="1",
    description=(
        "Measures, people and published figures of the release in force, or of any past one. Small numbers are hidden "
        "and others rounded. Without a role nothing below the level above practice is given."
    ),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)

PROBLEMS: dict[int, Any] = {404: schemas.Problem, 403: schemas.Problem, 410: schemas.Gone}


def answers(schema: Any) -> dict[int, Any]:
    return {200: schema, **PROBLEMS}


@api.exception_handler(NotReleased)
def not_released(request: HttpRequest, error: NotReleased) -> HttpResponse:
    return api.create_response(request, {"detail": sentence(str(error))}, status=404)


@api.exception_handler(Withdrawn)
def withdrawn(request: HttpRequest, error: Withdrawn) -> HttpResponse:
    said = {"detail": error.withdrawal.sentence, "withdrawn": _withdrawal(error.withdrawal)}
    return api.create_response(request, said, status=410)


def _withdrawal(gone: Withdrawal) -> dict[str, Any]:
    return {"release": gone.release, "on": gone.at, "because": gone.because, "replaced_by": gone.replaced_by or None}


@api.exception_handler(NotAllowed)
def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    return api.create_response(request, {"detail": sentence(str(error))}, status=403)


def sight_of(request: HttpRequest, release: str | None) -> Sight:
    opened = find_release(release) if release else current_release()
    if opened is None:
        raise NotReleased("nothing has been released yet")
    return Sight(opened, request.user)


def paged(request: HttpRequest, sight: Sight, items: Sequence[Any], page: int, page_size: int) -> dict[str, Any]:
    """One page of the items, with the address of the next."""
    start = (page - 1) * page_size
    following = None
    if start + page_size < len(items):
        asked = {**request.GET.dict(), "page": str(page + 1)}
        following = request.build_absolute_uri(f"{request.path}?{urlencode(asked)}")
    return {
        "release": sight.manifest.release,
        "count": len(items),
        "next": following,
        "items": items[start : start + page_size],
    }


@api.get("/measures", response=answers(schemas.Page[schemas.Measure]), summary="Every measure")
def measures(
    request: HttpRequest, release: ReleaseName = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    sight = sight_of(request, release)
    return paged(request, sight, [asdict(card) for card in sight.measures()], page, page_size)


@api.get("/measures/{measure}", response=answers(schemas.MeasureInFull), summary="One measure with its definition")
def measure(request: HttpRequest, measure: str, release: ReleaseName = None) -> dict[str, Any]:
    return asdict(sight_of(request, release).measure(measure))


@api.get(
    "/measures/{measure}/values",
    response=answers(schemas.Page[schemas.Value]),
    summary="The values of a measure",
)
def values(
    request: HttpRequest,
    measure: str,
    level: Annotated[
        str | None, Field(description="Every area of this level within the area: place, network ...")
    ] = None,
    area: Code | None = None,
    split: Split = "all",
    month: Month | None = None,
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """Without a level: the area itself, month by month, or in one month. With a level: its areas in one month."""
    sight = sight_of(request, release)
    where = area or sight.whole.code
    sight.measure(measure)
    if level is not None:
        cells = sight.at_level(measure, where, level, month, split)
    elif month is not None:
        cells = sight.groups(measure, where, split, month)
    else:
        cells = sight.history(measure, where, split)
    return paged(request, sight, [asdict(cell) for cell in cells], page, page_size)


@api.get(
    "/measures/{measure}/figures",
    response=answers(schemas.Page[schemas.Figure]),
    summary="The charts of a measure, and their files",
)
def figures(
    request: HttpRequest,
    measure: str,
    area: Code | None = None,
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """Those of the measure's page: control chart, funnel plot, slope of inequality, and the measure by level and split.
    A chart that its numbers do not carry is left out."""
    sight = sight_of(request, release)
    where = sight.area(area) if area else sight.whole
    made, _ = measure_figures(sight, measure, where)
    return paged(request, sight, [_figure(sight, measure, where, each) for each in made], page, page_size)


def _figure(sight: Sight, measure: str, area: Area, figure: Figure) -> dict[str, Any]:
    def file(format_: str) -> str:
        query = {"area": area.code, "release": sight.manifest.release}
        return address_of("measure_file", query, {"measure": measure, "figure": figure.key, "format": format_})

    return {
        "figure": figure.key,
        "title": figure.full_title,
        "sentence": figure.sentence,
        "method": figure.caption,
        "csv": file("csv"),
        "svg": file("svg"),
        "png": file("png"),
        "vega_lite": file("json"),
    }


@api.get("/population", response=answers(schemas.Page[schemas.People]), summary="Registered people")
def population(
    request: HttpRequest,
    area: Code | None = None,
    split: Split = "all",
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """The people of an area at the last month of the release, a row a group of the split."""
    sight = sight_of(request, release)
    cells = sight.people(area or sight.whole.code, split)
    return paged(request, sight, [asdict(cell) for cell in cells], page, page_size)


@api.get(
    "/case-finding",
    response=answers(schemas.Page[schemas.Expectation]),
    summary="People expected and known on registers, and the gap",
)
def case_finding(
    request: HttpRequest,
    area: Code | None = None,
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    """Each register and basis in an area at the last month. Several bases make a range."""
    sight = sight_of(request, release)
    where = sight.area(area or sight.whole.code)
    rows = [
        {
            "register_name": finding.register,
            "register_title": finding.title,
            "area": where.code,
            "area_name": where.name,
            **each.basis.model_dump(include={"title", "from_age", "kind", "source", "note"}),
            "expected_share": each.basis.expected_share,
            "expected": each.expected,
            "known": each.known.people,
            "gap": each.gap,
            "state": each.known.state,
            "address": each.known.address,
        }
        for finding in sight.manifest.case_finding
        for each in sight.expectations(finding.register, where.code)
    ]
    return paged(request, sight, rows, page, page_size)


@api.get("/published", response=answers(schemas.Page[schemas.Indicator]), summary="Every published indicator")
def published_indicators(
    request: HttpRequest, release: ReleaseName = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    sight = sight_of(request, release)
    cards = [{"indicator": indicator, **said} for indicator, said in sight.indicators().items()]
    return paged(request, sight, cards, page, page_size)


@api.get(
    "/published/{indicator}",
    response=answers(schemas.Page[schemas.PublishedValue]),
    summary="The figures of one published indicator",
)
def published(
    request: HttpRequest,
    indicator: str,
    area: Code | None = None,
    period: Annotated[str | None, Field(description="As the publisher writes it: 2026-01, 2020-21")] = None,
    split: Split | None = None,
    release: ReleaseName = None,
    page: PageNumber = 1,
    page_size: PageSize = 100,
) -> dict[str, Any]:
    sight = sight_of(request, release)
    asked = {"area": area, "period": period, "split": split}
    table = sight.published(indicator, **{key: value for key, value in asked.items() if value is not None})
    rows = [{**row, "address": sight.published_address(row)} for row in table.to_pylist()]
    return paged(request, sight, rows, page, page_size)


@api.get("/releases", response=list[schemas.Release], summary="Every release, the one in force first")
def releases(request: HttpRequest) -> list[dict[str, Any]]:
    in_force, gone = current_release(), find_withdrawals()
    return [
        {
            **asdict(each),
            "in_force": in_force is not None and each.release == in_force.manifest.release,
            "withdrawn": _withdrawal(gone[each.release]) if each.release in gone else None,
        }
        for each in past_releases()
    ]
