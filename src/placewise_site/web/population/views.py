"""Who lives here: the registered people by area and group, beside the official figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.web.compare.needs import read_strengths
from placewise_site.web.figures.files import FigureLinks, answer, in_order, with_source
from placewise_site.web.figures.published_words import published_words
from placewise_site.web.opening import Opening, opens_release
from placewise_site.web.population.expected import case_notes
from placewise_site.web.population.figures import figure_keys, population_figure, register_table
from placewise_site.web.population.official import official_figures


@opens_release
def population(request: HttpRequest, opening: Opening) -> HttpResponse:
    sight = opening.sight
    area = sight.area(request.GET.get("area") or sight.whole.code)
    context = {"opening": opening, "area": area, "official": official_figures(sight, area.code)}
    if sight.manifest.last_month is None:
        return render(request, "population/published_only.jinja", context)
    asked = {"area": area.code if area != sight.whole else ""}
    figures = [
        in_order(population_figure(sight, area, key), request.GET.get("sort", "")) for key in figure_keys(sight, area)
    ]
    registers = register_table(sight, area)
    notes = case_notes(sight, area)
    below = [("registers-by-area", "Registers by area")] if registers else []
    below += [("case-finding", "Expected, known, unprotected")] if notes else []
    context |= {
        "people": sight.people(area.code)[0],
        "figures": [FigureLinks(opening, each, "population", "population_file", {}, asked) for each in figures],
        "registers": registers,
        "strengths": read_strengths(sight, area, is_past=opening.is_past),
        "notes": notes,
        "parts": [
            *((each.key, each.title) for each in figures),
            *below,
            ("strengths", "Strengths"),
            ("official", published_words(sight.manifest.mode).figures.capitalize()),
        ],
    }
    return render(request, "population/page.jinja", context)


@opens_release
def population_file(request: HttpRequest, opening: Opening, figure: str, format: str) -> HttpResponse:
    sight = opening.sight
    area = sight.area(request.GET.get("area") or sight.whole.code)
    made = in_order(population_figure(sight, area, figure), request.GET.get("sort", ""))
    return answer(request, with_source(made, opening), format, f"people-{figure}-{area.code}-{sight.last_month}")
