"""The public's home: who lives here, how care is going, who is waiting."""

from typing import Any

from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.hospitals.queries import system_waits
from placewise_site.web.homes.standing import standings_of
from placewise_site.web.population.official import OfficialFigure, official_figures

MOST_TILES = 7


def public_home(sight: Sight | None) -> dict[str, Any]:
    if sight is None:
        return {"sight": None}
    context: dict[str, Any] = {"sight": sight, "people": None, "standings": [], "official": []}
    try:
        context["people"] = sight.people(sight.whole.code)[0]
        context["standings"] = standings_of(sight, sight.whole, only_lead=True)
    except NotReleased:  # a release of published figures only: what others have published stands in
        context["official"] = single_figures(sight)
    return context | {"waits": system_waits(sight)}


def single_figures(sight: Sight) -> list[OfficialFigure]:
    """The official figures that say one thing of the whole system, the first of them."""
    return [each for each in official_figures(sight, sight.whole.code) if len(each.rows) == 1][:MOST_TILES]
