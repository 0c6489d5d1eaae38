"""What becomes of what one organisation owes another. The states' slugs are for ever."""

from datetime import date

from django.db.models import TextChoices


class Kind(TextChoices):
    RECOMMENDATION = "recommendation", "Recommendation"
    REVIEW_FINDING = "review_finding", "Finding of a review"
    PROMISE = "promise", "Promise to one another"


class State(TextChoices):
    OPEN = "open", "Open"
    IN_HAND = "in_hand", "In hand"
    EVIDENCED = "evidenced", "Evidence given"
    CLOSED = "closed", "Closed"


NEXT = {
    State.OPEN: (State.IN_HAND, State.EVIDENCED),
    State.IN_HAND: (State.IN_HAND, State.EVIDENCED),
    State.EVIDENCED: (State.EVIDENCED, State.CLOSED, State.IN_HAND),
    State.CLOSED: (State.IN_HAND,),
}
"""State -> those it may go to. In hand after evidence: what was given is not enough. In hand after closed: reopened."""
BY_OWNER = frozenset({(State.OPEN, State.IN_HAND), (State.IN_HAND, State.IN_HAND)})
"""Steps that the owner takes besides giving evidence; every other one is for those to whom it is owed."""


def is_for_owner(before: str, after: str) -> bool:
    return after == State.EVIDENCED or (State(before), State(after)) in BY_OWNER


def find_refusal(before: str, after: str, *, has_words: bool, has_evidence: bool) -> str:
    """Why a step is not taken, a sentence with the remedy; "" where it is. has_evidence: whether any was ever given."""
    if State(after) not in NEXT[State(before)]:
        return f"It cannot go from “{State(before).label}” to “{State(after).label}”: give evidence first."
    if after == State.EVIDENCED and not has_words:
        return "Say what the evidence is and where it stands: nothing closes without it."
    if after == State.CLOSED and not has_evidence:
        return "Nothing closes without evidence: have the owner give it first."
    if after == State.IN_HAND and before in (State.EVIDENCED, State.CLOSED) and not has_words:
        return "Say why the evidence is not enough."
    return ""


def is_overdue(state: str, due: date, on: date) -> bool:
    return state != State.CLOSED and on > due
