"""What was promised: every ambition in a row, a page for each, and the files of its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.ambitions import address_of, ambitions, find_ambition, statements
from placewise_site.web.ambitions.figures import beside_table, find_figure, target_figures
from placewise_site.web.ambitions.table import NOBODY, TAGS, summary, targets_table
from placewise_site.web.figures.files import FigureLinks, answer, csv_file, in_order, with_source
from placewise_site.web.figures.wording import BETTER_WORDS
from placewise_site.web.opening import Opening, opens_release


@opens_release
def ambition_list(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Every ambition, and the vision with what each of its statements is traced to."""
    cards = ambitions(opening.sight)
    if request.GET.get("format") == "csv":
        return csv_file(targets_table(cards), f"ambitions-{opening.release}")
    context = {
        "opening": opening,
        "cards": cards,
        "summary": summary(cards) if cards else "",
        "statements": statements(opening.sight),
        "file": opening.pinned("ambitions", {"format": "csv"}),
        "tags": TAGS,
        "nobody": NOBODY,
    }
    return render(request, "ambitions/list.jinja", context)


@opens_release
def ambition_page(request: HttpRequest, opening: Opening, ambition: str) -> HttpResponse:
    card = find_ambition(opening.sight, ambition)
    sort = request.GET.get("sort", "")
    targets = [
        {
            "key": f"part-{number}",
            "card": target,
            "figures": [
                FigureLinks(opening, in_order(figure, sort), "ambition", "ambition_file", {"ambition": ambition}, {})
                for figure in target_figures(number, target)
            ],
            "beside": beside_table(target),
            "latest": address_of(opening.sight, ambition, number, target.latest) if target.latest else "",
        }
        for number, target in enumerate(card.targets, start=1)
    ]
    context = {
        "opening": opening,
        "card": card,
        "targets": targets,
        "tags": TAGS,
        "nobody": NOBODY,
        "better": BETTER_WORDS,
        "measures": {each.measure for each in opening.sight.measures()},
    }
    return render(request, "ambitions/page.jinja", context)


@opens_release
def ambition_file(request: HttpRequest, opening: Opening, ambition: str, figure: str, format: str) -> HttpResponse:
    made = in_order(find_figure(find_ambition(opening.sight, ambition), figure), request.GET.get("sort", ""))
    return answer(request, with_source(made, opening), format, f"{ambition}-{figure}-{opening.release}")
