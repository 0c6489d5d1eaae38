"""Bodies on a day, and who sits on them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from placewise_site.governance.models import Body, Membership, MemberSkill, SeatVersion
from placewise_site.governance.rules.escalation import Forum, find_route


def get_body(slug: str) -> Body:
    """Raises Body.DoesNotExist."""
    return Body.objects.select_related("part_of").get(slug=slug)


def get_bodies(on: date) -> QuerySet[Body]:
    """Those open on a day; one without dates always is."""
    return Body.objects.filter(
        Q(open_from=None) | Q(open_from__lte=on), Q(open_to=None) | Q(open_to__gte=on)
    ).select_related("part_of")


def get_seats(body: Body, on: date) -> QuerySet[SeatVersion]:
    """The seats of a body as the record had them on a day."""
    return SeatVersion.objects.known_on(on).filter(seat__body=body).select_related("seat", "organisation")


def get_memberships(body: Body, on: date) -> QuerySet[Membership]:
    """Who sits on a body on a day, deputies among them, in the order of its seats; with `ends_on` (date.max: open)."""
    return (
        Membership.objects.on(on)
        .filter(seat__body=body)
        .select_related("seat", "member__person", "member__name__text", "member__name__destruction", "deputy_for__seat")
        .order_by("seat__rank", "term_from", "pk")
    )


def get_skills(memberships: Iterable[Membership], on: date) -> dict[int, set[str]]:
    """Primary key of each member who sits there -> the skills they had declared by a day."""
    held: dict[int, set[str]] = {each.member_id: set() for each in memberships}
    for member, skill in MemberSkill.objects.filter(member__in=held, declared_on__lte=on).values_list(
        "member", "skill"
    ):
        held[member].add(skill)
    return held


def find_incident_route(incident: str, place: str, on: date) -> list[Body]:
    """The bodies that an incident of a kind reaches in a place (its code) on a day, in order. Raises NoRoute."""
    bodies = {each.slug: each for each in get_bodies(on)}
    forums = [
        Forum(
            slug=each.slug,
            receives=frozenset(each.receives),
            covers=frozenset(each.covers),
            escalates_to=each.escalates_to,
        )
        for each in bodies.values()
    ]
    return [bodies[slug] for slug in find_route(forums, incident, place)]
