"""The page of one published indicator: its chart where it has one, its figures, its files and where they come from."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.releases import NotReleased
from placewise_site.web.figures.files import FigureLinks, answer, csv_file, in_order, with_source
from placewise_site.web.figures.points import NotDrawn
from placewise_site.web.opening import Opening, opens_release
from placewise_site.web.sources.charts import Chart, find_chart
from placewise_site.web.sources.published import published_table

ROWS_A_PAGE = 200


@opens_release
def published(request: HttpRequest, opening: Opening, indicator: str, as_csv: bool = False) -> HttpResponse:
    sight, sort = opening.sight, request.GET.get("sort", "")
    table = published_table(sight, indicator, request.GET.get("area", ""), request.GET.get("split", ""))
    ordered = table.sort(sort)
    if as_csv:
        return csv_file(ordered, indicator)
    page = Paginator(ordered.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    chosen = {key: request.GET.get(key, "") for key in ("area", "split")}
    asked = {**chosen, "sort": sort}

    def to_page(number: int | None) -> str:
        return opening.link("published", {**asked, "page": str(number)}, indicator=indicator) if number else ""

    chart = find_chart(opening, indicator, request.GET)
    said = sight.manifest.indicators[indicator]
    known = {each["source"]: each for each in sight.manifest.sources if "source" in each}
    context = {
        "opening": opening,
        "indicator": indicator,
        "said": said,
        "table": ordered,
        "page": page,
        "asked": asked,
        "chart": chart,
        **_drawn(opening, indicator, chart, sort),
        "sources": [known[each] for each in said.get("sources", ()) if each in known],
        "sort_address": opening.sorting("published", chosen, indicator=indicator),
        "previous_page": to_page(page.previous_page_number() if page.has_previous() else None),
        "next_page": to_page(page.next_page_number() if page.has_next() else None),
    }
    return render(request, "sources/published.jinja", context)


@opens_release
def published_file(request: HttpRequest, opening: Opening, indicator: str, figure: str, format: str) -> HttpResponse:
    """The chart of an indicator, or its table, to take away."""
    published_table(opening.sight, indicator)  # raises NotReleased for an indicator that is none
    chart = find_chart(opening, indicator, request.GET)
    if chart is None or chart.key != figure:
        raise NotReleased(f"{indicator} has no such chart")
    try:
        made = in_order(chart.draw(), request.GET.get("sort", ""))
    except NotDrawn as reason:
        raise NotReleased(str(reason)) from reason
    return answer(request, with_source(made, opening), format, "-".join([indicator, *chart.asked.values()]))


def _drawn(opening: Opening, indicator: str, chart: Chart | None, sort: str) -> dict[str, object]:
    """The chart's figure with its addresses, or why it is not drawn."""
    if chart is None:
        return {"figure": None, "not_drawn": ""}
    try:
        figure = in_order(chart.draw(), sort)
    except NotDrawn as reason:
        return {"figure": None, "not_drawn": str(reason)}
    links = FigureLinks(opening, figure, "published", "published_file", {"indicator": indicator}, chart.asked)
    return {"figure": links, "not_drawn": ""}
