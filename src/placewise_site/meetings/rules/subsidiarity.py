"""A place decides, unless a reason of scale, specialism, risk or inequality puts it to the whole system."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from placewise_site.meetings.rules.objections import Objection, Slug


class Reason(StrEnum):
    """Why a matter is not left to a place. The slugs are permanent."""

    SCALE = "scale"
    SPECIALIST = "specialist"
    RISK = "risk"
    INEQUALITY = "inequality"


REASON_WORDS = {
    Reason.SCALE: "Too few people in one place to do it safely or well",
    Reason.SPECIALIST: "A specialist service that is not in every place",
    Reason.RISK: "A risk that one place cannot bear",
    Reason.INEQUALITY: "A difference between places that no place can close alone",
}
BETWEEN_PLACES = frozenset({Reason.SCALE, Reason.INEQUALITY})
"""Reasons that compare or join places: they are none where a single place is concerned."""


class Level(StrEnum):
    PLACE = "place"
    SYSTEM = "system"


def find_reasons(given: Mapping[Reason, str], places: Collection[str]) -> frozenset[Reason]:
    """Those of the reasons given that carry: said in words, and possible for the places concerned.

    places: codes of the places concerned; none means all of them.
    """
    single = len(set(places)) == 1
    return frozenset(
        reason for reason, words in given.items() if words.strip() and not (single and reason in BETWEEN_PLACES)
    )


def get_level(given: Mapping[Reason, str], places: Collection[str]) -> Level:
    """Where a matter belongs."""
    return Level.SYSTEM if find_reasons(given, places) else Level.PLACE


def find_subsidiarity_objections(
    *, decided_at: Level, given: Mapping[Reason, str], places: Collection[str]
) -> Iterator[Objection]:
    """One where the system decides what a place could: the item returns with the question."""
    if decided_at is Level.SYSTEM and get_level(given, places) is Level.PLACE:
        named = f"{next(iter(places))}" if len(set(places)) == 1 else "Each place"
        yield Objection(
            Slug.PLACE_COULD_DECIDE,
            f"{named} could decide this: no reason of scale, specialism, risk or inequality speaks for the system.",
            "Why is this not left to the place? Send it there, or record the reason.",
        )
