"""A demo's year of meetings: made by the same actions as any, on the days they would have been, and marked as invented.

Bodies, functions, limits and quorums are the deployment's; the matters are made up. Among them are refusals, warnings,
an urgent decision, late actions and a member from whom an award is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from placewise_site.evidence.ledger.models import StatedClaim
from placewise_site.evidence.ledger.queries import get_findings
from placewise_site.governance.models import Body, Function, Membership
from placewise_site.governance.queries import get_memberships, get_powers, get_quorum_rule
from placewise_site.meetings import actions, clock
from placewise_site.meetings.models import Item, Meeting, Purpose
from placewise_site.meetings.rules.aims import Aim, Score
from placewise_site.meetings.rules.assessments import Assessment
from placewise_site.meetings.rules.interests import Subject
from placewise_site.meetings.rules.objections import WARNINGS
from placewise_site.meetings.rules.publication import Privacy
from placewise_site.meetings.rules.subsidiarity import Reason
from placewise_site.meetings.rules.voting import Choice
from placewise_site.organisations.models import Organisation
from placewise_site.running.demo_bids import add_demo_bids

MATTERS = (
    "options and the preferred choice",
    "what patients and carers told us",
    "costs and savings over three years",
    "the first six months",
    "how we shall know that it works",
    "travel, and who would find it harder",
)
"""What is put before a body of whatever it decides."""
TALK = ("What the winter taught", "Vacancies and how they are filled", "A year of shared records")
PROCEED = "The body has seen the warning and finds the case strong enough without it."
BEFORE, BETWEEN = timedelta(days=12), timedelta(weeks=12)
PAST, TO_COME = 4, 1
AMOUNT, VOTES = 90_000, 5


@dataclass(frozen=True, slots=True)
class Claims:
    """Names of stated claims, by what stands against them; "" where there is none."""

    sound: str
    warned: str
    contradicted: str


@transaction.atomic
def hold_demo_meetings() -> None:
    """Once only, and only where bodies have somebody in their seats."""
    if Meeting.objects.exists() or not Membership.objects.exists():
        return
    claims, deciding = _find_claims(), dict(_iter_deciding(timezone.localdate()))
    actions.set_equality_threshold(
        by=None, from_amount=100_000, since=date(2022, 7, 1), source="Invented for the demonstration"
    )
    matters = cycle(MATTERS)
    for rank, (body, function) in enumerate(deciding.items()):
        for number, meeting in enumerate(_schedule(body, rank)):
            item = _bring(meeting, function, next(matters), claims)
            if number < PAST:
                _hold(meeting, item, number, claims)
    if deciding:
        _decide_an_award(*next(iter(deciding.items())))
        _decide_urgently(*next(iter(deciding.items())))
        add_demo_bids()
    for rank, body in enumerate(Body.objects.filter(kind="forum").exclude(pk__in=[each.pk for each in deciding])):
        _talk(body, rank)


def _iter_deciding(today: date) -> Iterator[tuple[Body, Function]]:
    """Bodies that have a quorum and decide something, each with the first function that it alone decides."""
    powers = [each for each in get_powers() if each.expires is None or today <= each.expires]
    functions = {each.slug: each for each in Function.objects.filter(is_closed=False)}
    for body in Body.objects.filter(open_to=None).order_by("-meets_in_public", "pk"):
        own = [
            slug
            for slug in functions
            if {each.decider for each in powers if each.function == slug and _meets(each.place, body)} == {body.slug}
        ]
        if own and get_quorum_rule(body, today):
            yield body, functions[own[0]]


def _meets(place: str | None, body: Body) -> bool:
    """Whether a power for a place is one for what the body covers; whole systems meet every place."""
    return place is None or not body.covers or place in body.covers


def _find_claims() -> Claims:
    """Of those that no release says anything of: meetings are held while the first is still being made."""
    told = StatedClaim.objects.as_known().telling().filter(content__measure="")
    names = list(told.values_list("name", flat=True))
    found = get_findings(names).values()
    return Claims(
        sound=next((each.citation for each in found if not each.conflicts), ""),
        warned=next((each.citation for each in found if each.conflicts and not each.blocks), ""),
        contradicted=next((each.citation for each in found if each.blocks), ""),
    )


def _schedule(body: Body, rank: int) -> list[Meeting]:
    """Four meetings of the last year and two to come, each body on a day of its own."""
    first = timezone.localdate() - BETWEEN * PAST + timedelta(days=rank % 7 + 3)
    return [_meet(body, first + BETWEEN * number) for number in range(PAST + TO_COME)]


def _meet(body: Body, day: date) -> Meeting:
    starts_at = _at(day, 10)
    with clock.standing_at(starts_at - timedelta(days=60)):
        return actions.schedule_meeting(
            by=None,
            body=body,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            where="An invented town hall, and online",
            is_invented=True,
        )


def _bring(meeting: Meeting, function: Function, matter: str, claims: Claims, **said: object) -> Item:
    """On the agenda with its paper, its assessments, and for a system its reason."""
    with clock.standing_at(meeting.starts_at - BEFORE):
        item = actions.plan_item(
            by=None,
            body=meeting.body,
            title=f"{function.title}: {matter}",
            purpose=Purpose.DECIDE,
            function=function,
            places=tuple(meeting.body.covers),
            amount=AMOUNT,
            is_invented=True,
            **said,  # type: ignore[arg-type]
        )
        actions.place_item(by=None, item=item, meeting=meeting)
        paper = actions.add_paper(
            by=None,
            item=item,
            title="The case, the choices and what they cost",
            words=f"Invented for this demonstration.\nThe paper sets out {matter}, and asks the body to agree.",
            cites=[claims.sound] if claims.sound else [],
        )
        actions.issue_paper(by=None, paper=paper)
        actions.record_assessment(by=None, item=item, kind=Assessment.EQUALITY, reference="Invented assessment")
        if len(meeting.body.covers) != 1:
            told = "The cost of a bad year is more than one place can bear."
            actions.give_system_reason(by=None, item=item, reason=Reason.RISK, told=told)
    return item


def _hold(meeting: Meeting, item: Item, number: int, claims: Claims) -> None:
    """The second is refused, and put off as it closes; the third proceeds on a warning; the last is put off."""
    with clock.standing_at(meeting.starts_at):
        members = _open(meeting)
        if number == 1 and claims.contradicted:
            _cite(item, claims.contradicted)
            _vote(item, members)
            _decide(item)  # refused: it rests on a contradiction
        elif number == 2 and claims.warned:
            _cite(item, claims.warned)
            _vote(item, members)
            _decide(item)
        elif number == 3:
            actions.defer_item(by=None, item=item, reason="The body asked for the view of patients first.")
        else:
            _vote(item, members, against=number == 0)
            if decided := _decide(item):
                actions.score_aim(
                    by=None, item=item, aim=Aim.INEQUALITIES, score=Score.HELPS, told="Said by the paper."
                )
                _follow(decided, late=number == 0)
        actions.write_minute(by=None, meeting=meeting, item=item, words="Invented minute: the body heard the case.")
        actions.close_meeting(by=None, meeting=meeting)


def _open(meeting: Meeting) -> list[Membership]:
    """All but the last member are there: those who are."""
    actions.open_meeting(by=None, meeting=meeting)
    there = list(get_memberships(meeting.body, meeting.starts_at.date()))[:-1]
    actions.record_attendance(by=None, meeting=meeting, present=there)
    return there


def _vote(item: Item, members: Sequence[Membership], *, against: bool = False) -> None:
    voting = [each for each in members if each.seat.votes][:VOTES]
    for rank, each in enumerate(voting):
        choice = Choice.AGAINST if against and rank == 1 else Choice.ABSTAIN if rank == 2 else Choice.FOR
        dissent = "The money would do more elsewhere." if choice is Choice.AGAINST else ""
        actions.cast_vote(by=None, item=item, membership=each, choice=choice, dissent=dissent)


def _cite(item: Item, claim: str) -> None:
    """A paper that is recalled, written anew with another claim, and issued again."""
    paper = item.papers.get()
    actions.recall_paper(by=None, paper=paper, reason="A figure was missing.")
    words = "Invented for this demonstration.\nThe paper now rests on a figure that the partnership has published."
    actions.write_version(by=None, paper=paper, words=words, cites=[claim])
    actions.issue_paper(by=None, paper=paper)


def _decide(item: Item) -> Item | None:
    """Warnings are overridden; a refusal leaves the item where it is."""
    resolved = f"{item.title}: agreed as the paper proposes."
    outcome = actions.decide(by=None, item=item, resolved=resolved, reasons=dict.fromkeys(WARNINGS, PROCEED))
    return item if outcome.decision else None


def _follow(item: Item, *, late: bool) -> None:
    whole = Organisation.objects.filter(parent=None).exclude(level="")
    owner = (Organisation.objects.filter(code__in=item.body.covers) or whole)[0]
    due = timezone.localdate() - timedelta(days=20) if late else timezone.localdate() + timedelta(days=60)
    plan = "Write the plan with a day for each step"
    actions.add_action(by=None, item=item, title=plan, owner=owner, role="Director", due_on=due)
    told = actions.add_action(
        by=None, item=item, title="Tell patients' groups", owner=owner, role="Head of involvement", due_on=due
    )
    if not late:
        actions.close_action(by=None, action=told, evidence="Minute of an invented patients' group")


def _decide_an_award(body: Body, function: Function) -> None:
    """An award in private at the next meeting, kept from the first partner member until the chair rules."""
    meeting = Meeting.objects.filter(body=body, starts_at__gt=timezone.now()).order_by("starts_at").first()
    assert meeting is not None
    item = _bring(
        meeting,
        function,
        "who is to have the contract",
        Claims("", "", ""),
        subject=Subject.AWARD,
        private_ground=Privacy.COMMERCIAL,
    )
    partners = [each for each in get_memberships(body, meeting.starts_at.date()) if each.seat.kind == "member"]
    if partners:
        words = "Works for an invented bidder"
        actions.declare_interest(by=None, item=item, membership=partners[0], words=words)


def _decide_urgently(body: Body, function: Function) -> None:
    """Three weeks ago, by the chair and an executive; its report is on the next agenda."""
    seats = [
        seat
        for kind in ("chair", "executive")
        if (seat := body.seats.filter(kind=kind, is_closed=False).order_by("rank").first())
    ]
    people = [each.member.person for each in Membership.objects.filter(seat__in=seats).select_related("member__person")]
    if len(seats) < 2 or not all(people):
        return
    actions.set_urgent_rule(
        by=None,
        body=body,
        signed_by=[each.slug for each in seats],
        limit=500_000,
        since=date(2022, 7, 1),
        source="Invented for the demonstration",
    )
    with clock.standing_at(_at(timezone.localdate() - timedelta(days=2), 15)):
        item = actions.plan_item(
            by=None,
            body=body,
            title=f"{function.title}: twenty beds after a flood",
            purpose=Purpose.DECIDE,
            function=function,
            amount=90_000,
            is_invented=True,
        )
        actions.give_system_reason(
            by=None, item=item, reason=Reason.RISK, told="Every place takes some of the patients."
        )
        for person in people:
            assert person is not None
            actions.sign(by=person, item=item)
        actions.decide_urgently(
            by=None, item=item, resolved="To pay for twenty beds for a month.", urgency="The ward is under water."
        )


def _talk(body: Body, rank: int) -> None:
    """Two meetings that talk and decide nothing, one held and one to come."""
    for number, days in enumerate((-45 + rank, 25 + rank)):
        meeting = _meet(body, timezone.localdate() + timedelta(days=days))
        with clock.standing_at(meeting.starts_at - BEFORE):
            title = TALK[(rank + number) % len(TALK)]
            item = actions.plan_item(by=None, body=body, title=title, purpose=Purpose.DISCUSS, is_invented=True)
            actions.place_item(by=None, item=item, meeting=meeting)
        if days < 0:
            with clock.standing_at(meeting.starts_at):
                actions.open_meeting(by=None, meeting=meeting)
                actions.note_item(by=None, item=item)
                actions.close_meeting(by=None, meeting=meeting)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
