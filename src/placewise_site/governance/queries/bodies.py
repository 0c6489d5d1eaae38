"""Bodies on a day, and who sits on them."""

from datetime import date

from django.db.models import Q, QuerySet

from placewise_site.governance.models import Body, Membership, Seat


def get_body(slug: str) -> Body:
    """Raises Body.DoesNotExist."""
    return Body.objects.select_related("part_of").get(slug=slug)


def get_bodies(on: date) -> QuerySet[Body]:
    """Those open on a day; one without dates always is."""
    return Body.objects.filter(
        Q(open_from=None) | Q(open_from__lte=on), Q(open_to=None) | Q(open_to__gte=on)
    ).select_related("part_of")


def get_seats(body: Body) -> QuerySet[Seat]:
    return Seat.objects.filter(body=body, is_closed=False).select_related("organisation")


def get_memberships(body: Body, on: date) -> QuerySet[Membership]:
    """Who sits on a body on a day, deputies among them, in the order of its seats; with `ends_on` (date.max: open)."""
    return (
        Membership.objects.on(on)
        .filter(seat__body=body)
        .select_related("seat", "member__person", "member__name__text", "member__name__destruction", "deputy_for__seat")
        .order_by("seat__rank", "term_from", "pk")
    )
