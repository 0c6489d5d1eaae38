"""Chosen areas side by side, or an area among its peers: a dot with its interval for each, a table and files."""

from contextlib import suppress
from dataclasses import replace
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import MeasureCard, Sight
from placewise_site.web.compare.chosen import Chosen, read_chosen
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.comparison import comparison
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.files import FigureLinks, answer, in_order, with_source
from placewise_site.web.opening import Opening, opens_release


@opens_release
def side_by_side(request: HttpRequest, opening: Opening) -> HttpResponse:
    sight = opening.sight
    chosen = read_chosen(sight, request.GET)
    figures = []
    for card in chosen.cards:
        with suppress(NotReleased):  # a measure that no area of this level reported
            figures.append(in_order(_figure(sight, chosen, card), request.GET.get("sort", "")))
    context = {
        "opening": opening,
        "chosen": chosen,
        "figures": [
            FigureLinks(opening, each, "side_by_side", "side_by_side_file", {}, chosen.query) for each in figures
        ],
        "areas": sight.below(sight.whole, chosen.level),
        "levels": {each: sight.level_title(each) for each in sight.levels[1:]},
        "programmes": [
            (title, slug, list(cards))
            for (title, slug), cards in groupby(
                sorted(sight.measures(), key=lambda card: (card.programme_title, card.programme)),
                key=lambda card: (card.programme_title, card.programme),
            )
        ],
        "peers_told": sight.manifest.peers.get("told", ""),
    }
    return render(request, "compare/side_by_side.jinja", context)


@opens_release
def side_by_side_file(request: HttpRequest, opening: Opening, figure: str, format: str) -> HttpResponse:
    sight = opening.sight
    made = _figure(sight, read_chosen(sight, request.GET), sight.measure(figure))
    made = with_source(in_order(made, request.GET.get("sort", "")), opening)
    return answer(request, made, format, f"{figure}-side-by-side-{sight.last_month}")


def _figure(sight: Sight, chosen: Chosen, card: MeasureCard) -> Figure:
    order = {each.code: place for place, each in enumerate(chosen.areas)}
    everybody = sight.at_level(card.measure, sight.whole.code, chosen.level)
    cells = sorted((each for each in everybody if each.area in order), key=lambda each: order[each.area])
    if not cells:
        raise NotReleased(f"none of these areas reported {card.title}")
    whole = sight.latest(card.measure, sight.whole.code)
    ambition = read_ambition(card.ambition, scale_of(card))
    made = comparison(card.measure, sight.level_title(chosen.level), card.title, cells, whole, ambition)
    return replace(made, title=card.title)  # several measures stand on one page
