"""What a deed is: a form, who may send it, and the action behind it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from placewise_site.meetings.actions import Outcome
from placewise_site.web.meetings import forms

KEEP, CHAIR, DECIDE, SIT = "meetings.keep", "meetings.chair", "meetings.decide", "meetings.sit"
SIGN, CLOSE, SCORE = "meetings.sign", "meetings.close_action", "meetings.score"


@dataclass(frozen=True, slots=True)
class Deed:
    """title: of the button; may: the permissions of which one is enough; states: of the thing, none for any; do: takes
    the person, the thing and what was written; done: what the page then says."""

    title: str
    form: type[forms.About]
    may: tuple[str, ...]
    states: frozenset[str]
    do: Callable[[Any, Any, Mapping[str, Any]], Outcome | object]
    done: str
    purposes: frozenset[str] = frozenset()
    is_decision: bool = False
    subjects: frozenset[str] = frozenset()

    def is_open_to(self, held: Collection[str], subject: Any) -> bool:
        """held: the permissions that the person holds for it (`permissions_for`)."""
        state_fits = not self.states or getattr(subject, "state", "") in self.states
        purpose_fits = not self.purposes or getattr(subject, "purpose", "") in self.purposes
        subject_fits = not self.subjects or getattr(subject, "subject", "") in self.subjects
        return state_fits and purpose_fits and subject_fits and any(each in held for each in self.may)


def permissions_for(user: Any, deeds: Iterable[Deed], subject: Any, body: Any) -> frozenset[str]:
    """Which of the permissions that deeds ask for a person holds, each asked once."""
    asked = {each for deed in deeds for each in deed.may}
    return frozenset(each for each in asked if user.has_perm(each, subject if each == CLOSE else body))


def in_states(*states: str) -> frozenset[str]:
    return frozenset(states)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
