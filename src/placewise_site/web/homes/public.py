"""The public's home: who lives here, how care is going, who is waiting."""

from typing import Any

from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.hospitals.queries import system_waits
from placewise_site.web.homes.standing import standings_of


def public_home(sight: Sight | None) -> dict[str, Any]:
    if sight is None:
        return {"sight": None}
    try:
        people = sight.people(sight.whole.code)[0]
        standings = standings_of(sight, sight.whole, only_lead=True)
    except NotReleased:  # a release of published figures only
        people, standings = None, []
    return {"sight": sight, "people": people, "standings": standings, "waits": system_waits(sight)}
