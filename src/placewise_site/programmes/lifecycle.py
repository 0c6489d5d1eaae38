"""What becomes of a finding about a practice. The states' slugs are for ever."""

from datetime import date, timedelta

from django.db.models import TextChoices


class State(TextChoices):
    WITH_PRACTICE = "with_practice", "With the practice alone"
    COMMENTED = "commented", "The practice has commented"
    NOT_COMMENTED = "not_commented", "The practice has not commented"


OPEN_TO_OTHERS = frozenset({State.COMMENTED, State.NOT_COMMENTED})
"""In which states others than the practice may read it."""


def get_last_day(first_told: date, days: int) -> date:
    """The last day on which a practice that has not commented reads a finding alone."""
    return first_told + timedelta(days=days)


def get_state(first_told: date, days: int, *, has_comment: bool, today: date) -> State:
    """Where a finding stands: it opens once the practice has commented, and else when its days are over."""
    if has_comment:
        return State.COMMENTED
    return State.WITH_PRACTICE if today <= get_last_day(first_told, days) else State.NOT_COMMENTED
