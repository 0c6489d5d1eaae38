"""The list of measures, a page for each, and the files of its figures."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.care.queries import available_lists
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.outreach import can_plan
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import MeasureCard
from placewise_site.web.figures.ambition import Ambition, read_ambition
from placewise_site.web.figures.completeness import completeness_sentence
from placewise_site.web.figures.files import FigureLinks, answer, in_order, with_source
from placewise_site.web.figures.growth import growth_note, growth_sentence
from placewise_site.web.figures.points import NotDrawn
from placewise_site.web.figures.stated import dispute_sentences, own_counts, stated_rows
from placewise_site.web.figures.trend import latest_sentence
from placewise_site.web.figures.wording import BETTER_WORDS
from placewise_site.web.findings.rows import verdict_of
from placewise_site.web.impact.prize import impact_sentence
from placewise_site.web.levels import levels_too_long
from placewise_site.web.measures.figures import measure_figure, measure_figures
from placewise_site.web.opening import Opening, opens_release
from placewise_site.web.population.expected import case_notes
from placewise_site.web.promises import find_judged, read_promises

WORDS_BELOW = (("next", "What to do next"), ("definition", "Definition"), ("source", "Source"))
"""The parts of a measure's page after its figures."""

SHARE_OF_PEOPLE, SHARE_OF_UNITS = ("Everyone who", "Counts if the person"), ("All", "Counts where")
DEFINITION_HEADINGS = {
    "rate": ("For", "Counts"),
    "mean": ("Of", "The mean of"),
    "median": ("Of", "The median of"),
}
"""What stands before the two sentences of a definition that is no share."""


@opens_release
def measure_list(request: HttpRequest, opening: Opening) -> HttpResponse:
    sight = opening.sight
    by_programme = sorted(sight.measures(), key=lambda card: (card.programme_title, card.programme, not card.lead))
    whole = sight.whole.code if sight.manifest.last_month else ""
    programmes = [
        (title, [_listed(card, sight.latest(card.measure, whole)) for card in cards])
        for (title, _), cards in groupby(by_programme, key=lambda card: (card.programme_title, card.programme))
    ]
    context = {
        "opening": opening,
        "programmes": programmes,
        "better": BETTER_WORDS,
        "not_measured": sight.manifest.not_measured,
        "with_measures": {card.programme for card in by_programme},
        "series": [(card, find_judged(card, sight)) for card in sight.series()],
    }
    return render(request, "measures/list.jinja", context)


def _share_headings(latest: Cell) -> tuple[str, str]:
    return SHARE_OF_PEOPLE if latest.scale.of_people else SHARE_OF_UNITS


def _listed(card: MeasureCard, latest: Cell) -> tuple[MeasureCard, Cell, Ambition | None]:
    return card, latest, read_ambition(card.ambition, scale_of(card))


@opens_release
def measure_page(request: HttpRequest, opening: Opening, measure: str) -> HttpResponse:
    sight = opening.sight
    card = sight.measure(measure)
    area = sight.area(request.GET.get("area") or sight.whole.code)
    asked = {"area": area.code if area != sight.whole else ""}
    made, not_drawn = measure_figures(sight, measure, area)
    figures = [in_order(figure, request.GET.get("sort", "")) for figure in made]
    latest = sight.latest(measure, area.code)
    notes = case_notes(sight, area, measure)
    finding = [("case-finding", "Expected, known, unprotected")] if notes else []
    changed = growth_note(sight, measure, area.code)
    growing = [("growth", "How the register changed")] if changed else []
    stated = sight.stated_beside(measure)
    said = [("stated", "What was stated")] if stated else []
    impact = impact_sentence(sight, card, area)
    brought = [("impact", "What treating more would bring")] if impact else []
    context = {
        "opening": opening,
        "card": card,
        "area": area,
        "latest": latest,
        "sentence": latest_sentence(latest),
        "completeness": completeness_sentence(sight, card, area.code),
        "headings": DEFINITION_HEADINGS.get(card.statistic, _share_headings(latest)),
        "better": BETTER_WORDS[card.better],
        "verdict": verdict_of(request.user, sight, measure, area),
        "ambition": read_ambition(card.ambition, scale_of(card)),
        "promises": read_promises(sight, measure),
        "figures": [
            FigureLinks(opening, figure, "measure", "measure_file", {"measure": measure}, asked) for figure in figures
        ],
        "not_drawn": not_drawn,
        "parts": [*((each.key, each.title) for each in figures), *growing, *said, *brought, *finding, *WORDS_BELOW],
        "notes": notes,
        "growth": growth_sentence(sight.growth(measure, area.code)),
        "changed": changed,
        "stated": stated_rows(sight, stated),
        "own": own_counts(sight, stated, area.code),
        "disputes": dispute_sentences(sight, stated),
        "impact": impact,
        "can_plan": can_plan(card),
        "too_long": levels_too_long(sight, area),
        "lists": [each for each in available_lists() if each.measure == measure],
    }
    return render(request, "measures/page.jinja", context)


@opens_release
def measure_file(request: HttpRequest, opening: Opening, measure: str, figure: str, format: str) -> HttpResponse:
    sight = opening.sight
    area = sight.area(request.GET.get("area") or sight.whole.code)
    try:
        made = in_order(measure_figure(sight, measure, area, figure), request.GET.get("sort", ""))
    except NotDrawn as reason:
        raise NotReleased(str(reason)) from reason
    return answer(request, with_source(made, opening), format, f"{measure}-{figure}-{area.code}-{sight.last_month}")
