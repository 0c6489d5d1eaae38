"""Where a person stands on one list, from the steps that were recorded; and why a step cannot be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from placewise_site.care.lifecycle import FINISHED, LATELY, LONGEST_AGO, NEXT, TO_CALL, UNDER_WAY, Route, State


@dataclass(frozen=True, slots=True)
class Work:
    """state: TO_CALL or the last State; attempts: invitations since the person was last handed back; route: of the last
    of them; on: the day of the last step, None before the first."""

    state: str = TO_CALL
    attempts: int = 0
    route: str = ""
    on: date | None = None

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def told(self) -> str:
        """Invited 2 times, last by letter."""
        return self.tell()

    def tell(self, seen: str = State.SEEN.label) -> str:
        """As told. seen: what whoever reads it calls SEEN."""
        if self.state == TO_CALL:
            return "Handed back" if self.on else "To call"
        if self.state == State.INVITED:
            times = {1: "once", 2: "twice"}.get(self.attempts, f"{self.attempts} times")
            return f"Invited {times}, {'last ' if self.attempts > 1 else ''}by {_in_a_sentence(Route(self.route))}"
        return seen if self.state == State.SEEN else State(self.state).label

    def after(self, state: str, route: str, on: date) -> "Work":
        match state:
            case State.HANDED_BACK:
                return Work(on=on)
            case State.INVITED:
                return Work(state, self.attempts + 1, route, on)
        return replace(self, state=state, on=on)


NOTHING = Work()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that somebody wants to record."""

    row_key: str
    state: State
    route: str
    on: date


def find_refusal(
    wanted: Wanted, work: Work, today: date, *, left_out: str | None, is_known: bool, contacted: Mapping[str, date]
) -> str:
    """Why a step cannot be recorded, one sentence for the person who asked; "" where it can.

    left_out: why the record says not to call them for this, if it does; is_known: whether they are on the list or were
    worked with; contacted: row key -> the last day of a contact for another list.
    """
    if not is_known:
        return "This person is not on the list. Open the list again and take the row key from there."
    if wanted.on > today:
        return "The day is still to come. Record it once it is done."
    if wanted.on < today - LONGEST_AGO:
        return "The day is more than a year ago. Check the year."
    if work.on and wanted.on < work.on:
        return f"Something was recorded for {work.on:%-d %B %Y} already. Give that day or a later one."
    if wanted.state not in NEXT[work.state]:
        if work.state == TO_CALL:
            return "Nothing is under way with this person, so there is nothing to hand back."
        return f"{work.told} is recorded, and “{wanted.state.label.lower()}” cannot follow. Hand the person back first."
    if (wanted.state == State.INVITED) != bool(wanted.route):
        return "Say how the person was invited." if not wanted.route else "Only an invitation has a route."
    if wanted.state in (State.INVITED, State.BOOKED) and left_out:
        return f"The record says not to call this person: {left_out}."
    last = contacted.get(wanted.row_key)
    if wanted.state == State.INVITED and last and wanted.on != last and abs(wanted.on - last) < LATELY:
        again = last + LATELY
        return (
            f"Contacted for something else on {last:%-d %B %Y}. Ask about both then, or wait until {again:%-d %B %Y}."
        )
    return ""


def _in_a_sentence(route: Route) -> str:
    return route.label if route == Route.NHS_APP else route.label.lower()
