"""What treating more people would bring: a sentence, the effects with their sources, and who would gain where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.impact import ImpactSection, build_impact, read_impact, tell_net
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import MeasureCard
from placewise_site.web.figures.files import csv_file
from placewise_site.web.figures.table import Table
from placewise_site.web.impact.prize import (
    effect_table,
    prize_of,
    prize_sentence,
    prize_table,
    prizes_below,
    prizes_by_fifth,
)
from placewise_site.web.levels import levels_shown
from placewise_site.web.opening import Opening, opens_release

MANY = 1_000
"""So many people the effects are told of, where an area's own are hidden or too few."""


@opens_release
def impact_page(request: HttpRequest, opening: Opening, measure: str) -> HttpResponse:
    sight = opening.sight
    card = sight.measure(measure)
    section = get_section(card)
    area = sight.area(request.GET.get("area") or sight.whole.code)
    least = int(sight.manifest.disclosure["suppress_below"])
    whole = prize_of(sight, card, section, area)
    levels = levels_shown(sight, area)[:1]
    tables: dict[str, tuple[str, Table]] = {}
    if whole.impact:
        tables["effects"] = ("What is known of each effect", effect_table(whole.impact))
    else:  # it is known whatever may be told of this area
        of_many = build_impact(card.measure, section, MANY)
        tables["effects"] = (f"What is known of each effect, if {MANY:,} were treated", effect_table(of_many))
    if levels and (below := prizes_below(sight, card, section, area)):
        title = sight.level_title(levels[0])
        tables["areas"] = (f"Size of the prize by {title.lower()}", prize_table(title, below, least))
    if by_fifth := prizes_by_fifth(sight, card, section, area):
        tables["fifths"] = ("Size of the prize by deprivation", prize_table("Deprivation fifth", by_fifth, least))
    if asked := request.GET.get("table"):
        if asked not in tables:
            raise NotReleased(f"there is no table {asked} of what {measure} would bring in {area.name}")
        return csv_file(tables[asked][1], f"{measure}-{asked}-{area.code}-{sight.last_month}")
    here = {"area": area.code if area != sight.whole else ""}
    context = {
        "opening": opening,
        "card": card,
        "area": area,
        "section": section,
        "sentence": prize_sentence(whole, least),
        "net": tell_net(whole.impact) if whole.impact else "",
        "tables": tables,
        "files": {key: opening.pinned("impact", {**here, "table": key}, measure=measure) for key in tables},
    }
    return render(request, "impact/page.jinja", context)


def get_section(card: MeasureCard) -> ImpactSection:
    """Raises NotReleased where the programme says nothing of it."""
    section = read_impact(card)
    if section is None:
        raise NotReleased(f"nobody states what treating more people of {card.measure} does")
    return section
