"""Every measure beside the whole system: in every area of a level (the rug), and in one area."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from placewise_site.evidence.beside import RULE
from placewise_site.evidence.sight import Area
from placewise_site.web.compare.rug import build_rug, by_parent, rug_table
from placewise_site.web.figures.files import csv_file
from placewise_site.web.figures.wording import BETTER_WORDS
from placewise_site.web.levels import levels_shown, levels_too_long
from placewise_site.web.opening import Opening, opens_release


@opens_release
def all_measures(request: HttpRequest, opening: Opening) -> HttpResponse:
    """The areas of a level within an area; the first level below it unless another is asked for.

    A release of published figures only has no measures: there is the map of those.
    """
    sight = opening.sight
    if sight.manifest.last_month is None:
        return HttpResponseRedirect(opening.link("map"))
    area = sight.area(request.GET.get("area") or sight.whole.code)
    levels = levels_shown(sight, area) or [area.level]
    level = next((each for each in levels if each == request.GET.get("level")), levels[0])
    rug = build_rug(sight, sight.below(area, level))
    if request.GET.get("format") == "csv":
        return csv_file(rug_table(rug), f"all-measures-{area.code}-{level}-{sight.last_month}")
    context = {
        "opening": opening,
        "area": area,
        "level": level,
        "levels": {each: sight.level_title(each) for each in levels},
        "too_long": [sight.level_title(each) for each in levels_too_long(sight, area)],
        "parts": [(parent, rug.within(areas)) for parent, areas in by_parent(sight, rug.areas)],
        "rug": rug,
        "rule": RULE,
        "better": BETTER_WORDS,
        "file": _file(opening, area, level),
    }
    return render(request, "compare/rug.jinja", context)


@opens_release
def all_measures_of(request: HttpRequest, opening: Opening, code: str) -> HttpResponse:
    area = opening.sight.area(code)
    rug = build_rug(opening.sight, [area])
    context = {"opening": opening, "area": area, "rug": rug, "rule": RULE, "better": BETTER_WORDS}
    return render(request, "compare/rug_of_area.jinja", context)


def _file(opening: Opening, area: Area, level: str) -> str:
    return opening.pinned("compare", {"area": area.code, "level": level, "format": "csv"})
