"""A demo's members: every seat of every body is filled with somebody named by the seat, never by a person's name."""

from datetime import date, timedelta
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.models import User
from placewise_site.governance.actions import add_member, appoint, declare_interest, declare_skill, end_interest
from placewise_site.governance.models import Body, InstrumentVersion, InterestKind, Member, Seat, SeatKind

ROLE_OF_KIND = {
    SeatKind.CHAIR: "chair",
    SeatKind.MEMBER: "partner.member",
    SeatKind.LAY: "lay.member",
    SeatKind.EXECUTIVE: "board.member",
    SeatKind.OFFICER: "board.secretary",
}
"""The first seat of each kind is the demo account's of that role, and the first that is a place lead's that lead's."""
STILL_PUBLIC, NO_LONGER_PUBLIC = timedelta(days=100), timedelta(days=250)


@transaction.atomic
def fill_demo_seats() -> None:
    """Once only."""
    first = InstrumentVersion.objects.order_by("in_force_from").first()
    if first is None or Member.objects.exists():
        return
    waiting, led = dict(ROLE_OF_KIND), {"place_lead": "place.lead"}
    for body in Body.objects.order_by("pk"):
        begins = body.open_from or first.in_force_from
        members = []
        for seat in body.seats.filter(is_closed=False).select_related("organisation"):
            account = led.pop(seat.slug, "") or waiting.pop(SeatKind(seat.kind), "")
            person = User.objects.filter(email=f"{account}@demo.example").first()
            member = add_member(by=None, name=seat.title, person=person)
            appoint(by=None, seat=seat, member=member, term_from=begins, term_to=body.open_to)
            _declare(seat, member, begins)
            members.append(member)
        _share_skills(body, members, begins)


def _declare(seat: Seat, member: Member, begins: date) -> None:
    """Partner members work where their seat is from; lay members held something that ended lately, or longer ago."""
    if seat.organisation:
        words = f"Employed by {seat.organisation}, or elected to it"
        declare_interest(
            by=None,
            member=member,
            kind=InterestKind.FINANCIAL,
            words=words,
            held_from=begins,
            organisation=seat.organisation,
        )
    elif seat.kind == SeatKind.LAY:
        for ago, words in ((STILL_PUBLIC, "Trustee of an invented charity"), (NO_LONGER_PUBLIC, "Invented adviser")):
            interest = declare_interest(
                by=None, member=member, kind=InterestKind.PROFESSIONAL, words=words, held_from=begins
            )
            end_interest(by=None, interest=interest, last_day=max(begins, timezone.localdate() - ago))


def _share_skills(body: Body, members: list[Member], on: date) -> None:
    """One after the other, and the last that is asked for is left without anybody, so that a gap can be seen."""
    asked = [skill for skill, number in body.skills.items() for _ in range(number)][:-1]
    for skill, member in zip(asked, cycle(members), strict=False):
        declare_skill(by=None, member=member, skill=skill, on=on)
