"""The voluntary sector's home: which groups of people are missing out, and how many they are."""

from typing import Any

from django.http import HttpRequest

from placewise_site.accounts.models import Grant
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Area, Sight
from placewise_site.web.compare.needs import read_strengths
from placewise_site.web.homes.standing import worse_off_groups


def voluntary_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    try:
        area = _area(sight, request.GET.get("area") or grant.organisation.code) if sight else None
        groups = worse_off_groups(sight, area) if sight and area else []
    except NotReleased:
        area, groups = None, []
    places = [each for each in sight.areas.values() if each.level in sight.levels[:2]] if sight and area else []
    strengths = read_strengths(sight, area) if sight and area else None
    return {"area": area, "groups": groups, "places": places, "strengths": strengths}


def _area(sight: Sight, code: str) -> Area:
    """The area asked for; the whole system where the organisation is none of its areas (a charity, a council)."""
    return sight.areas.get(code, sight.whole)
