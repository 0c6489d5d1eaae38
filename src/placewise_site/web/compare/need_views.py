"""Needs and strengths of one area, and of the areas within it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.beside import RULE
from placewise_site.web.compare.needs import build_needs
from placewise_site.web.levels import levels_shown
from placewise_site.web.opening import Opening, opens_release


@opens_release
def needs_and_strengths(request: HttpRequest, opening: Opening) -> HttpResponse:
    sight = opening.sight
    area = sight.area(request.GET.get("area") or sight.whole.code)
    below = levels_shown(sight, area)[:1]
    context = {
        "opening": opening,
        "area": area,
        "need": build_needs(sight, [area], is_past=opening.is_past)[0],
        "level": sight.level_title(below[0]) if below else "",
        "within": build_needs(sight, sight.below(area, below[0]), is_past=opening.is_past) if below else [],
        "is_whole": area == sight.whole,
        "rule": RULE,
    }
    return render(request, "compare/needs.jinja", context)
