"""Where every number comes from: files, loads, checks, releases, facts, published figures."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.releases import past_releases
from placewise_site.web.figures.files import csv_file
from placewise_site.web.opening import Opening, opens_release
from placewise_site.web.sources.facts import fact_rows
from placewise_site.web.sources.published import published_table

ROWS_A_PAGE = 200


@opens_release
def sources(request: HttpRequest, opening: Opening) -> HttpResponse:
    manifest = opening.sight.manifest
    context = {
        "opening": opening,
        "manifest": manifest,
        "tables": [each for each in manifest.sources if "table" in each],
        "files": [each for each in manifest.sources if "table" not in each],
        "rows_in": sum(each["rows_in"] or 0 for each in manifest.sources),
        "failed": [each for each in manifest.checks if not each["passed"]],
    }
    return render(request, "sources/sources.jinja", context)


@opens_release
def releases(request: HttpRequest, opening: Opening) -> HttpResponse:
    return render(request, "sources/releases.jinja", {"opening": opening, "releases": past_releases()})


@opens_release
def facts(request: HttpRequest, opening: Opening) -> HttpResponse:
    return render(request, "sources/facts.jinja", {"opening": opening, "facts": fact_rows(opening.sight)})


@opens_release
def published_list(request: HttpRequest, opening: Opening) -> HttpResponse:
    return render(
        request, "sources/published_list.jinja", {"opening": opening, "indicators": opening.sight.indicators()}
    )


@opens_release
def published(request: HttpRequest, opening: Opening, indicator: str, as_csv: bool = False) -> HttpResponse:
    table = published_table(opening.sight, indicator, request.GET.get("area", ""), request.GET.get("split", ""))
    ordered = table.sort(request.GET.get("sort", ""))
    if as_csv:
        return csv_file(ordered, indicator)
    page = Paginator(ordered.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    chosen = {key: request.GET.get(key, "") for key in ("area", "split")}
    asked = {**chosen, "sort": request.GET.get("sort", "")}

    def to_page(number: int | None) -> str:
        return opening.link("published", {**asked, "page": str(number)}, indicator=indicator) if number else ""

    context = {
        "opening": opening,
        "indicator": indicator,
        "said": opening.sight.manifest.indicators[indicator],
        "table": ordered,
        "page": page,
        "asked": asked,
        "sort_address": opening.sorting("published", chosen, indicator=indicator),
        "previous_page": to_page(page.previous_page_number() if page.has_previous() else None),
        "next_page": to_page(page.next_page_number() if page.has_next() else None),
    }
    return render(request, "sources/published.jinja", context)
