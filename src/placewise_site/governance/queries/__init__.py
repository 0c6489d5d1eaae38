"""Who may decide, asked by pages, meetings and whatever else rests on it."""

from placewise_site.governance.queries.bodies import get_bodies, get_body, get_memberships, get_seats
from placewise_site.governance.queries.interests import get_interests, register_of
from placewise_site.governance.queries.powers import (
    Decider,
    find_version,
    get_decider,
    get_powers,
    get_quorum_rule,
    get_versions,
    places_on,
)

__all__ = [
    "Decider",
    "find_version",
    "get_bodies",
    "get_body",
    "get_decider",
    "get_interests",
    "get_memberships",
    "get_powers",
    "get_quorum_rule",
    "get_seats",
    "get_versions",
    "places_on",
    "register_of",
]
