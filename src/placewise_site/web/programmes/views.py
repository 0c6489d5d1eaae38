"""A page for each programme, built from its file; and what there is to do in an area, in released counts alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from placewise_site.care.queries import available_lists, find_handed_by
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import MeasureCard
from placewise_site.web.figures.files import FigureLinks, answer, in_order, with_source
from placewise_site.web.homes.standing import Standing
from placewise_site.web.impact.prize import impact_sentence
from placewise_site.web.levels import levels_shown
from placewise_site.web.opening import Opening, opens_release
from placewise_site.web.programmes.figures import find_figure, programme_figures
from placewise_site.web.programmes.told import (
    Programme,
    find_listed_measures,
    find_programmes,
    measure_all,
    standings_for,
)
from placewise_site.web.promises import find_judged


@opens_release
def programme_list(request: HttpRequest, opening: Opening) -> HttpResponse:
    programmes = find_programmes(opening.sight, available_lists())
    return render(request, "programmes/list.jinja", {"opening": opening, "programmes": programmes})


@opens_release
def programme(request: HttpRequest, opening: Opening, programme: str) -> HttpResponse:
    sight, found = opening.sight, _find(opening, programme)
    prizes = [impact_sentence(sight, card, sight.whole) for card in found.cards]
    sort = request.GET.get("sort", "")
    figures = [in_order(each, sort) for each in programme_figures(sight, found)]
    drawn = {figure.key for figure in figures}
    context = {
        "opening": opening,
        "programme": found,
        "handed": find_handed_by(programme),
        "measures": measure_all(sight, found),
        "figures": [
            FigureLinks(opening, figure, "programme", "programme_file", {"programme": programme}, {})
            for figure in figures
        ],
        "awaited": [each for each in found.series if each.slug not in drawn],
        "indicators": sight.indicators(),
        "judged": [(card, each) for card in found.series if (each := find_judged(card, sight))],
        "not_measured": [each for each in sight.manifest.not_measured if each.programme == programme],
        "prizes": [(card, told) for card, told in zip(found.cards, prizes, strict=True) if told],
        "is_overdue": found.is_overdue(timezone.localdate()),
    }
    return render(request, "programmes/page.jinja", context)


@opens_release
def programme_file(request: HttpRequest, opening: Opening, programme: str, figure: str, format: str) -> HttpResponse:
    made = find_figure(opening.sight, _find(opening, programme), figure)
    made = in_order(made, request.GET.get("sort", ""))
    return answer(request, with_source(made, opening), format, f"{programme}-{figure}-{opening.release}")


def _find(opening: Opening, slug: str) -> Programme:
    for each in find_programmes(opening.sight, available_lists()):
        if each.slug == slug:
            return each
    raise Http404("this release has no such programme")


@opens_release
def to_do_in(request: HttpRequest, opening: Opening, code: str) -> HttpResponse:
    """How many people each call list is about in an area and in the areas within it: rounded, and never who."""
    sight = opening.sight
    area = sight.area(code)
    below = levels_shown(sight, area)[:1]
    lists = find_listed_measures(sight, available_lists())
    rows = [
        (each, standings_for(sight, card, [sight.latest(card.measure, area.code)])[0], _within(opening, card, code))
        for each, card in lists
    ]
    context = {"opening": opening, "area": area, "rows": rows, "level": sight.level_title(below[0]) if below else ""}
    return render(request, "programmes/to_do.jinja", context)


def _within(opening: Opening, card: MeasureCard, code: str) -> list[Standing]:
    sight = opening.sight
    area = sight.area(code)
    try:
        cells = [
            cell for level in levels_shown(sight, area)[:1] for cell in sight.at_level(card.measure, area.code, level)
        ]
    except NotReleased:
        return []
    return standings_for(sight, card, cells)
