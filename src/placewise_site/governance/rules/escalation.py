"""Where an incident is brought, and to whom it is passed on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """A body as the route of incidents sees it. covers: codes of places; none: the whole system."""

    slug: str
    receives: frozenset[str]
    covers: frozenset[str] = frozenset()
    escalates_to: str = ""


class NoRoute(ValueError):
    """Nobody receives incidents of this kind there, or two do."""


def find_route(forums: Iterable[Forum], incident: str, place: str) -> list[str]:
    """The bodies an incident in a place reaches, in order: the nearest that receives its kind, then upwards.

    A body of that place comes before one of the whole system. Raises NoRoute where there is not one nearest body.
    """
    known = {each.slug: each for each in forums}
    receiving = [each for each in known.values() if incident in each.receives]
    nearest = [each for each in receiving if place in each.covers] or [each for each in receiving if not each.covers]
    if len(nearest) != 1:
        named = " and ".join(sorted(each.slug for each in nearest)) or "nobody"
        raise NoRoute(f"{named} receives {incident} in {place}; write it at exactly one body")
    route, here = [nearest[0].slug], nearest[0]
    while here.escalates_to and here.escalates_to not in route and here.escalates_to in known:
        route.append(here.escalates_to)
        here = known[here.escalates_to]
    return route
