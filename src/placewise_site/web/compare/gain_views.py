"""Where most people would gain, in one area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.accounts.queries import practices_open_to
from placewise_site.care.queries import ListCard, available_lists
from placewise_site.evidence.sight import Area
from placewise_site.web.compare.gains import LEVELS, find_opportunities, opportunity_table
from placewise_site.web.figures.files import csv_file
from placewise_site.web.opening import Opening, opens_release


@opens_release
def most_to_gain_page(request: HttpRequest, opening: Opening) -> HttpResponse:
    sight = opening.sight
    area = sight.area(request.GET.get("area") or sight.whole.code)
    least = int(sight.manifest.disclosure["suppress_below"])
    found = find_opportunities(sight, area, lists_for(request, area))
    table = opportunity_table(found, least).sort(request.GET.get("sort", ""))
    if request.GET.get("format") == "csv":
        return csv_file(table, f"most-to-gain-{area.code}-{sight.last_month}")
    asked = {"area": area.code if area != sight.whole else ""}
    context = {
        "opening": opening,
        "area": area,
        "table": table,
        "least": least,
        "levels": LEVELS,
        "peers": sight.peers(area),
        "peers_told": sight.manifest.peers.get("told", ""),
        "sort": opening.sorting("most_to_gain", asked),
        "file": opening.pinned("most_to_gain", {**asked, "sort": table.sorted_by, "format": "csv"}),
    }
    return render(request, "compare/gains.jinja", context)


def lists_for(request: HttpRequest, area: Area) -> list[ListCard]:
    """The call lists of an area that this person may open: none unless it is a practice of theirs."""
    return available_lists() if practices_open_to(request.user).filter(code=area.code).exists() else []
