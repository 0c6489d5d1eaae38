"""What a seat was called on the day on which somebody spoke for it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from placewise_site.governance.models import Seat, SeatVersion


def find_titles(spoken: Iterable[tuple[Seat, datetime]]) -> list[str]:
    """In the order asked, each by the edition of its day; as it is called today where that edition had no such seat."""
    asked = [(seat, timezone.localdate(at)) for seat, at in spoken]
    known = {
        (each.seat_id, day): each.title
        for day in {day for _, day in asked}
        for each in SeatVersion.objects.known_on(day).filter(seat__in=[seat for seat, on in asked if on == day])
    }
    return [known.get((seat.pk, day), seat.title) for seat, day in asked]
