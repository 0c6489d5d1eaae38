"""The map: a measure by tiles or outlines, a published figure by outlines, with its table and files."""

from dataclasses import replace

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from placewise_site.evidence.deployment import get_deployment, has_deployment
from placewise_site.evidence.outlines import get_outlines, outline_kinds
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.residence import get_outlines_check
from placewise_site.web.compare.drawn_map import NARROW, WIDE, draw_outlines, draw_tiles
from placewise_site.web.compare.mapped import Mapped, kind_title, levels_of, mappable, read_mapped, years_of
from placewise_site.web.compare.tiles import lay_out
from placewise_site.web.figures.drawing import KEPT_FOR
from placewise_site.web.figures.files import csv_file
from placewise_site.web.opening import Opening, opens_release

TILES, OUTLINES = "tiles", "outlines"
FORMS = {TILES: "Tiles, one an area", OUTLINES: "Outlines"}
TILES_ACROSS = {WIDE: 0, NARROW: 6}
"""On a phone places stand one below the other, with so many tiles across."""


@opens_release
def map_page(request: HttpRequest, opening: Opening) -> HttpResponse:
    mapped, form, forms, year = _asked(request, opening)
    asked = {"what": mapped.key, "level": mapped.level, "form": form, "year": year}
    sight = opening.sight
    table = mapped.table.sort(request.GET.get("sort", ""))
    if request.GET.get("format") == "csv":
        return csv_file(table, f"map-{mapped.key}-{mapped.level}")
    context = {
        "opening": opening,
        "mapped": mapped,
        "form": form,
        "forms": {each: FORMS[each] for each in forms},
        "groups": mappable(sight),
        "levels": {each: kind_title(sight, each) for each in levels_of(sight, mapped.key)},
        "years": years_of(sight, mapped.key, mapped.level),
        "year": year,
        "wide": _draw(opening, mapped, form, year, WIDE),
        "narrow": _draw(opening, mapped, form, year, NARROW),
        "outlines_told": _outlines_told(opening, mapped) if form == OUTLINES else "",
        "table": table,
        "sort": opening.sorting("map", asked),
        "file": opening.pinned("map", {**asked, "sort": table.sorted_by, "format": "csv"}),
        "picture": opening.pinned("map_picture", asked),
    }
    return render(request, "compare/map.jinja", context)


@opens_release
def map_picture(request: HttpRequest, opening: Opening) -> HttpResponse:
    """The map by itself, without links, to take away."""
    mapped, form, _, year = _asked(request, opening)
    drawn = _draw(opening, mapped, form, year, WIDE, links=False)
    named = {"Content-Disposition": f'attachment; filename="map-{mapped.key}-{mapped.level}.svg"'}
    return HttpResponse(drawn, content_type="image/svg+xml", headers=named)


def _asked(request: HttpRequest, opening: Opening) -> tuple[Mapped, str, list[str], str]:
    """What is mapped, how it is drawn, how it can be, and the year's end chosen where there are several."""
    sight = opening.sight
    keys = [key for entries in mappable(sight).values() for key, _ in entries]
    if not keys:
        raise NotReleased("this release holds nothing that can be put on a map")
    lead = next((card.measure for card in sight.measures() if card.lead), keys[0])
    key = request.GET.get("what") or lead
    if key not in keys:
        raise Http404("there is no such map")
    levels = levels_of(sight, key)
    level = next((each for each in levels if each == request.GET.get("level")), levels[0])
    forms = [TILES] if level in sight.levels and key in {card.measure for card in sight.measures()} else []
    forms += [OUTLINES] if level in outline_kinds(sight.release) else []
    form = next((each for each in forms if each == request.GET.get("form")), forms[0])
    years = years_of(sight, key, level)
    year = next((each for each in years if each == request.GET.get("year")), next(iter(years), ""))
    mapped = read_mapped(sight, key, level, year)
    areas = (replace(each, page=_page_of(opening, mapped, each.code)) for each in mapped.areas)
    return replace(mapped, areas=tuple(areas)), form, forms, year


def _page_of(opening: Opening, mapped: Mapped, code: str) -> str:
    if code in opening.sight.areas and mapped.key not in opening.sight.manifest.indicators:
        return opening.link("measure", {"area": code}, measure=mapped.key)
    return ""


def _draw(opening: Opening, mapped: Mapped, form: str, year: str, width: int, *, links: bool = True) -> Markup:
    """Kept, since an outline of a thousand areas takes half a second: a release never changes."""
    key = f"map-{opening.release}-{opening.is_past}-{mapped.key}-{mapped.level}-{year}-{form}-{width}-{links}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = str(_drawn(opening, mapped, form, width, links=links))
        cache.set(key, drawn, KEPT_FOR)
    return Markup(drawn)


def _drawn(opening: Opening, mapped: Mapped, form: str, width: int, *, links: bool) -> Markup:
    if form == OUTLINES:
        return draw_outlines(mapped, get_outlines(opening.sight.release, mapped.level), width, links=links)
    areas = [opening.sight.areas[each.code] for each in mapped.areas]
    placed = get_deployment().tiles if has_deployment() else {}
    return draw_tiles(mapped, lay_out(opening.sight, areas, placed, TILES_ACROSS[width]), width, links=links)


def _outlines_told(opening: Opening, mapped: Mapped) -> str:
    """Whose outlines they are, as their source says it; how many areas have none; and of where people live, how the
    outlines fit the edition of the records."""
    sight, level = opening.sight, mapped.level
    source = next((each for each in sight.manifest.sources if each.get("source") == f"boundaries_{level}"), None)
    told = [f"{source[key].rstrip('.')}." for key in ("title", "attribution", "note") if source[key]] if source else []
    told += [each["told"] for each in sight.manifest.checks if each["check"] == get_outlines_check(level)]
    drawn = {each.area for each in get_outlines(sight.release, level)}
    if missing := sum(each.code not in drawn for each in mapped.areas):
        told.append(f"{missing} of {len(mapped.areas)} have no outline and stand in the table alone.")
    return " ".join(told)
