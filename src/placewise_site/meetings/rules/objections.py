"""What speaks against a decision, as a value: a permanent slug, a sentence and a remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    REFUSES = "refuses"
    """The decision is not made until the remedy is carried out."""

    WARNS = "warns"
    """The decision is made once a reason for proceeding is on record."""


class Slug(StrEnum):
    """Permanent: they stand in rows that are never changed."""

    BODY_NOT_OPEN = "body_not_open"
    OUTSIDE_REMIT = "outside_remit"
    NO_DECIDER = "no_decider"
    SEVERAL_DECIDERS = "several_deciders"
    OVER_LIMIT = "over_limit"
    NO_URGENT_POWER = "no_urgent_power"
    NOT_SIGNED = "not_signed"
    NOT_QUORATE = "not_quorate"
    CONTRADICTION = "contradiction"
    NOT_RELEASED = "not_released"
    WITHDRAWN = "withdrawn"
    NOTHING_CITED = "nothing_cited"
    EQUALITY_ASSESSMENT_ABSENT = "equality_assessment_absent"
    INVOLVEMENT_ASSESSMENT_ABSENT = "involvement_assessment_absent"

    LESSER_FINDING = "lesser_finding"
    SUPERSEDED = "superseded"
    NOT_AGREED = "not_agreed"
    PLACE_COULD_DECIDE = "place_could_decide"
    PAPERS_LATE = "papers_late"


WARNINGS = frozenset({Slug.LESSER_FINDING, Slug.SUPERSEDED, Slug.NOT_AGREED, Slug.PLACE_COULD_DECIDE, Slug.PAPERS_LATE})
"""Whatever is not here refuses."""


@dataclass(frozen=True, slots=True)
class Objection:
    """about: the claim, body or assessment it is about, "" where it is about the whole."""

    slug: Slug
    sentence: str
    remedy: str
    about: str = ""

    @property
    def weight(self) -> Weight:
        return Weight.WARNS if self.slug in WARNINGS else Weight.REFUSES

    @property
    def refuses(self) -> bool:
        return self.weight is Weight.REFUSES


def get_refusals(objections: Iterable[Objection]) -> tuple[Objection, ...]:
    return tuple(each for each in objections if each.refuses)


def get_warnings(objections: Iterable[Objection]) -> tuple[Objection, ...]:
    return tuple(each for each in objections if not each.refuses)
