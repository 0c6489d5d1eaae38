"""Who is in the room for an item: present, ruled on, voting, and whether they are enough."""

from dataclasses import dataclass

from django.utils import timezone

from placewise_site.governance.models import Interest, Membership, Seat, SeatVersion
from placewise_site.governance.queries import get_memberships, get_quorum_rule, get_seats
from placewise_site.governance.rules.instruments import NoOneAnswer
from placewise_site.governance.rules.quorum import Present, find_shortfalls
from placewise_site.meetings.models import Attendance, Declaration, InterestRuling, Item, Meeting
from placewise_site.meetings.rules.interests import Part, Ruling, Subject, get_part, get_ruling
from placewise_site.meetings.rules.objections import Objection, Slug


@dataclass(frozen=True, slots=True)
class Attending:
    """A member at a meeting; seat: as the record had it on that day; ruling: what holds for them at one item, None
    where there is nothing to rule on."""

    membership: Membership
    seat: Seat | SeatVersion
    is_present: bool | None  # None: nothing recorded
    ruling: Ruling | None
    is_ruled: bool  # by the chair; else the default holds
    reason: str

    @property
    def part(self) -> Part:
        return get_part(self.ruling)

    @property
    def may_vote(self) -> bool:
        return bool(self.is_present) and self.seat.votes and self.part.votes


@dataclass(frozen=True, slots=True)
class Room:
    members: tuple[Attending, ...]
    shortfalls: tuple[str, ...]
    needed: int | None  # None: no version says what the quorum is
    said_by: str

    @property
    def voters(self) -> frozenset[int]:
        return frozenset(each.membership.pk for each in self.members if each.may_vote)

    @property
    def counted(self) -> int:
        """Seats that may decide, each once."""
        return len({each.membership.seat_id for each in self.members if each.may_vote})

    @property
    def is_quorate(self) -> bool:
        return self.needed is not None and not self.shortfalls

    @property
    def objections(self) -> tuple[Objection, ...]:
        if self.is_quorate:
            return ()
        if self.needed is None:
            remedy = "Have the agreement in force say the quorum of this body, then decide."
            return (Objection(Slug.NOT_QUORATE, "No agreement in force says how many of this body decide.", remedy),)
        told = "; ".join(self.shortfalls)
        remedy = "Wait for more members who may decide, or put it to the next meeting."
        return (Objection(Slug.NOT_QUORATE, f"There is no quorum for this item: {told}.", remedy),)


def find_room(item: Item | None, meeting: Meeting) -> Room:
    """For an item, with its rulings; for the meeting as a whole without one."""
    day = meeting.starts_at.date()
    memberships = list(get_memberships(meeting.body, day))
    present = dict(Attendance.objects.filter(meeting=meeting).order_by("pk").values_list("membership", "is_present"))
    rulings = find_rulings(item, memberships) if item else {}
    seats = find_seats(meeting)
    members = tuple(
        Attending(
            each,
            seats.get(each.seat_id, each.seat),
            present.get(each.pk),
            *rulings.get(each.pk, (None, False, "")),
        )
        for each in memberships
    )
    try:
        rule = get_quorum_rule(meeting.body, day)
    except NoOneAnswer:
        rule = None
    if rule is None:
        return Room(members, (), None, "")
    there = [
        Present(
            seat=str(each.membership.seat_id),
            kind=each.seat.kind,
            votes=each.seat.votes,
            counts=each.part.votes,
        )
        for each in members
        if each.is_present
    ]
    return Room(members, tuple(find_shortfalls(rule, there)), rule.at_least, rule.said_by)


def may_vote(item: Item, meeting: Meeting, membership: Membership) -> bool:
    """What `find_room` says of one member, without looking at the others."""
    last = Attendance.objects.filter(meeting=meeting, membership=membership).order_by("pk").last()
    ruling, *_ = find_rulings(item, [membership]).get(membership.pk, (None,))
    seat = find_seats(meeting).get(membership.seat_id, membership.seat)
    return last is not None and last.is_present and seat.votes and get_part(ruling).votes


def find_seats(meeting: Meeting) -> dict[int, SeatVersion]:
    """What the record of that day says of each seat of the body: its title, its kind, and whether it votes."""
    return {each.seat_id: each for each in get_seats(meeting.body, timezone.localdate(meeting.starts_at))}


def find_rulings(item: Item, memberships: list[Membership]) -> dict[int, tuple[Ruling | None, bool, str]]:
    """By membership: the ruling that holds, whether the chair made it, and why."""
    made = {
        each.membership_id: each
        for each in InterestRuling.objects.filter(item=item)
        .select_related("words__text", "words__destruction")
        .order_by("pk")
    }
    interested = set(
        Interest.objects.held_on(item.at.date())
        .filter(member__in=[each.member_id for each in memberships])
        .values_list("member", flat=True)
    )
    declared = set(Declaration.objects.filter(item=item).values_list("membership", flat=True))
    found: dict[int, tuple[Ruling | None, bool, str]] = {}
    for each in memberships:
        ruled = made.get(each.pk)
        ruling = get_ruling(
            Subject(item.subject),
            has_interest=each.member_id in interested or each.pk in declared,
            ruled=Ruling(ruled.ruling) if ruled else None,
        )
        if ruling is not None:
            found[each.pk] = (ruling, ruled is not None, str(ruled.words) if ruled else "")
    return found
