"""The Heart Board of the invented system, people in its seats, and what comes before its meeting."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from builders.bodies import load_bodies, seat_somebody
from builders.site import add_person_in_role
from placewise_site.accounts.models import User
from placewise_site.governance.models import Body, Function, Membership
from placewise_site.meetings import actions, clock
from placewise_site.meetings.models import Item, Meeting, Paper, Purpose
from placewise_site.meetings.rules.assessments import Assessment
from placewise_site.meetings.rules.subsidiarity import Reason
from placewise_site.meetings.rules.voting import Choice

DAY = datetime(2025, 9, 16, 10, 0, tzinfo=UTC)
WARNED = {"not_agreed": "It is the newest there is.", "papers_late": "It could not wait."}


@dataclass(frozen=True)
class Board:
    """seats: by slug; people: by slug of the seat, and `secretary`, who keeps the record and has no vote."""

    body: Body
    seats: dict[str, Membership]
    people: dict[str, User]

    @property
    def secretary(self) -> User:
        return self.people["secretary"]

    @property
    def chair(self) -> User:
        return self.people["chair"]


def build_board() -> Board:
    load_bodies()
    body = Body.objects.get(slug="heart_board")
    people = {
        seat: add_person_in_role("board_member", "HVS", email=f"{seat}@example.org")
        for seat in ("chair", "clinical", "lay", "hospice")
    }
    seats = {seat: seat_somebody("heart_board", seat, person=person) for seat, person in people.items()}
    people["secretary"] = add_person_in_role("board_secretary", "HVS")
    return Board(body, seats, people)


def add_meeting(board: Board, starts_at: datetime = DAY) -> Meeting:
    return actions.schedule_meeting(
        by=board.secretary, body=board.body, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), where="Online"
    )


def plan(board: Board, **said: Any) -> Item:
    """An item to decide, sound but for what is said."""
    return actions.plan_item(
        **{
            "by": board.secretary,
            "body": board.body,
            "title": "The plan of the year",
            "purpose": Purpose.DECIDE,
            "function": Function.objects.get(slug="yearly_plan"),
            "places": ("HVN",),
            **said,
        }
    )


def bring(board: Board, meeting: Meeting, words: str = "Nothing is counted.", cites: tuple[str, ...] = (), **said: Any):
    """An item on the agenda with its paper issued in time, its assessments and its reason for the system."""
    with clock.standing_at(meeting.starts_at - timedelta(days=10)):
        item = plan(board, **said)
        actions.place_item(by=board.secretary, item=item, meeting=meeting)
        paper = actions.add_paper(by=board.secretary, item=item, title="The case", words=words, cites=cites)
        actions.issue_paper(by=board.secretary, paper=paper)
        for kind in Assessment:
            actions.record_assessment(by=None, item=item, kind=kind, reference="An assessment")
        actions.give_system_reason(by=board.secretary, item=item, reason=Reason.RISK, told="No place can bear it.")
    return item


def paper_of(item: Item) -> Paper:
    return Paper.objects.get(item=item)


@contextmanager
def sitting(board: Board, meeting: Meeting, present: tuple[str, ...] = ("chair", "clinical", "lay")) -> Iterator[None]:
    """The meeting is under way, with these seats there."""
    with clock.standing_at(meeting.starts_at):
        actions.open_meeting(by=board.chair, meeting=meeting)
        there = [board.seats[seat] for seat in present]
        actions.record_attendance(by=board.secretary, meeting=meeting, present=there)
        yield


def vote(board: Board, item: Item, **choices: str) -> None:
    for seat, choice in choices.items():
        actions.cast_vote(by=board.people[seat], item=item, membership=board.seats[seat], choice=Choice(choice))


def take(board: Board, item: Item, **reasons: str) -> actions.Outcome:
    return actions.decide(by=board.chair, item=item, resolved="The plan is agreed.", reasons=reasons)
