"""What becomes of a person on a call list, by whom a practice records it. The slugs are for ever."""

from datetime import timedelta

from django.db.models import TextChoices


class State(TextChoices):
    INVITED = "invited", "Invited"
    BOOKED = "booked", "Booked"
    SEEN = "seen", "Seen"
    TREATED = "treated", "Treated"
    DECLINED = "declined", "Declined"
    UNSUITABLE = "unsuitable", "Unsuitable"
    HANDED_BACK = "handed_back", "Handed back"


class Route(TextChoices):
    """By which somebody is invited."""

    TEXT_MESSAGE = "text_message", "Text message"
    NHS_APP = "nhs_app", "NHS App"
    EMAIL = "email", "E-mail"
    TELEPHONE = "telephone", "Telephone"
    LETTER = "letter", "Letter"
    IN_PERSON = "in_person", "In person"


class Reach(TextChoices):
    """Whether somebody can be reached by a digital route, as the practice found."""

    DIGITAL = "digital", "Can be reached digitally"
    NOT_DIGITAL = "not_digital", "Cannot be reached digitally"


DIGITAL_ROUTES = frozenset({Route.TEXT_MESSAGE, Route.NHS_APP, Route.EMAIL})
UNDER_WAY = frozenset({State.INVITED, State.BOOKED, State.SEEN})
FINISHED = frozenset({State.TREATED, State.DECLINED, State.UNSUITABLE})
TO_CALL = "to_call"
"""The state of somebody with whom nothing was done, or who was handed back."""

OF_RECIPIENTS = frozenset(State) - {State.TREATED}
"""What a recipient such as a provider of screening records: it invites, and treatment is another's."""
ATTENDED = "Attended"
"""What a recipient calls SEEN."""

NEXT: dict[str, frozenset[State]] = {
    TO_CALL: UNDER_WAY | FINISHED,
    State.INVITED: UNDER_WAY | FINISHED | {State.HANDED_BACK},
    State.BOOKED: UNDER_WAY | FINISHED | {State.HANDED_BACK},
    State.SEEN: FINISHED | {State.BOOKED, State.HANDED_BACK},
    State.TREATED: frozenset({State.HANDED_BACK}),
    State.DECLINED: frozenset({State.HANDED_BACK}),
    State.UNSUITABLE: frozenset({State.HANDED_BACK}),
}
"""Where somebody stands -> what may be recorded next. An invitation may be repeated: each is an attempt."""

LATELY = timedelta(days=28)
"""For so long after a contact for one thing nobody is invited for another, except on the same day."""
LONGEST_AGO = timedelta(days=366)
"""What is older is not work on the lists of today."""
