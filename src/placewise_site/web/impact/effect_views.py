"""Did it work: choose where and when something began, and see what became of a measure there beside other areas."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from placewise_site.evidence.effects import LEAST_AFTER, LEAST_BEFORE, Effect, find_effect
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Area, Sight
from placewise_site.web.figures.files import FigureLinks, answer, in_order, with_source
from placewise_site.web.impact.effect_figure import KEY, effect_figure, method_table
from placewise_site.web.opening import Opening, opens_release, sentence


@dataclass(frozen=True, slots=True)
class Began:
    """What an address asks: areas of one level, and the first month, YYYY-MM."""

    level: str
    areas: tuple[Area, ...]
    start: str

    @property
    def query(self) -> dict[str, str]:
        return {"level": self.level, "from": self.start, "with": ",".join(each.code for each in self.areas)}


@opens_release
def effect_page(request: HttpRequest, opening: Opening, measure: str) -> HttpResponse:
    sight = opening.sight
    card = sight.measure(measure)
    began = read_began(sight, request.GET)
    effect, refused = _judge(sight, measure, began)
    figure = in_order(effect_figure(effect, card.title), request.GET.get("sort", "")) if effect else None
    context = {
        "opening": opening,
        "card": card,
        "began": began,
        "levels": {each: sight.level_title(each) for each in sight.levels[1:]},
        "areas": sight.below(sight.whole, began.level),
        "months": sight.release.months[LEAST_BEFORE : len(sight.release.months) - LEAST_AFTER + 1],
        "effect": effect,
        "refused": refused,
        "methods": method_table(effect) if effect else None,
        "left_out": [(sight.area(code).name, why) for code, why in effect.left_out.items()] if effect else [],
        "links": FigureLinks(opening, figure, "effect", "effect_file", {"measure": measure}, began.query)
        if figure
        else None,
    }
    return render(request, "impact/effect.jinja", context)


@opens_release
def effect_file(request: HttpRequest, opening: Opening, measure: str, figure: str, format: str) -> HttpResponse:
    sight = opening.sight
    began = read_began(sight, request.GET)
    if figure != KEY:
        raise NotReleased(f"there is no figure {figure} here")
    effect = find_effect(sight, measure, [each.code for each in began.areas], began.start)
    made = in_order(effect_figure(effect, sight.measure(measure).title), request.GET.get("sort", ""))
    return answer(request, with_source(made, opening), format, f"{measure}-effect-{began.start}")


def read_began(sight: Sight, asked: QueryDict) -> Began:
    """Areas named are of one level; without any, the level above practice that has most. Raises as Sight does."""
    named = [sight.area(code) for each in asked.getlist("with") for code in each.split(",") if code]
    below = sight.levels[1:] or sight.levels
    level = asked.get("level", "")
    if level not in below:
        level = named[0].level if named else max(below, key=lambda each: len(sight.below(sight.whole, each)))
    return Began(level, tuple(each for each in named if each.level == level), asked.get("from", ""))


def _judge(sight: Sight, measure: str, began: Began) -> tuple[Effect | None, str]:
    """The effect, or why there is none; neither before anything is asked."""
    if not (began.areas and began.start):
        return None, ""
    try:
        return find_effect(sight, measure, [each.code for each in began.areas], began.start), ""
    except NotReleased as reason:
        return None, sentence(str(reason))
