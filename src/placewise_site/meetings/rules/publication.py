"""When papers are public: so many days before the meeting, and never before they are issued."""

from datetime import date, timedelta
from enum import StrEnum

from placewise_site.meetings.rules.objections import Objection, Slug


class Privacy(StrEnum):
    """The grounds for taking an item in private. The slugs are permanent."""

    PERSONAL = "personal"
    COMMERCIAL = "commercial"
    LEGAL_ADVICE = "legal_advice"
    EMPLOYMENT = "employment"
    CRIME = "crime"
    FUTURE_PUBLICATION = "future_publication"


PRIVACY_WORDS = {
    Privacy.PERSONAL: "It is about people who could be recognised",
    Privacy.COMMERCIAL: "It would harm somebody's business, or the public's purse in a bargain",
    Privacy.LEGAL_ADVICE: "It is advice of lawyers",
    Privacy.EMPLOYMENT: "It is about somebody's employment",
    Privacy.CRIME: "It would hinder the finding or preventing of crime",
    Privacy.FUTURE_PUBLICATION: "It will be published on a day that is already set",
}


def get_public_day(meeting: date, days_before: int) -> date:
    """The day on which the papers of a meeting are to be public."""
    return meeting - timedelta(days=days_before)


def is_public(*, issued: date | None, meeting: date, days_before: int, on: date) -> bool:
    return issued is not None and max(issued, get_public_day(meeting, days_before)) <= on


def find_lateness(issued: date | None, meeting: date, days_before: int) -> tuple[Objection, ...]:
    """A warning where a public paper was issued after the day it was to be public."""
    due = get_public_day(meeting, days_before)
    if issued is not None and issued <= due:
        return ()
    told = f"on {issued.day} {issued:%B %Y}" if issued else "not at all"
    sentence = f"The papers were to be public by {due.day} {due:%B %Y}, and were issued {told}."
    return (Objection(Slug.PAPERS_LATE, sentence, "Put it to the next meeting, or say why it cannot wait."),)
