"""Who may decide, asked by pages, meetings and whatever else rests on it."""

from placewise_site.governance.queries.bodies import (
    find_incident_route,
    get_bodies,
    get_body,
    get_memberships,
    get_seats,
    get_skills,
)
from placewise_site.governance.queries.composition import get_quarter_from, is_sitting
from placewise_site.governance.queries.engagement import get_progress
from placewise_site.governance.queries.interests import get_interests, register_of
from placewise_site.governance.queries.powers import (
    Decider,
    Matrix,
    as_version,
    find_version,
    get_decider,
    get_delegations_of,
    get_matrix,
    get_powers,
    get_quorum_rule,
    get_versions,
    places_on,
)

__all__ = [
    "Decider",
    "Matrix",
    "as_version",
    "find_incident_route",
    "find_version",
    "get_bodies",
    "get_body",
    "get_decider",
    "get_delegations_of",
    "get_interests",
    "get_matrix",
    "get_memberships",
    "get_powers",
    "get_progress",
    "get_quarter_from",
    "get_quorum_rule",
    "get_seats",
    "get_skills",
    "get_versions",
    "is_sitting",
    "places_on",
    "register_of",
]
