"""What somebody with an interest may still do at an item: the chair rules, and until then a default holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Ruling(StrEnum):
    """From the mildest to the strictest. The slugs are permanent."""

    NOTE = "note"
    SPEAK_NO_VOTE = "speak_no_vote"
    LEAVE = "leave"
    NO_PAPERS = "no_papers"


class Subject(StrEnum):
    """What kind of matter an item is, as far as interests go. The slugs are permanent."""

    ORDINARY = "ordinary"
    PROCUREMENT = "procurement"
    AWARD = "award"
    BID = "bid"


COMPETITIVE = frozenset({Subject.PROCUREMENT, Subject.AWARD, Subject.BID})


@dataclass(frozen=True, slots=True)
class Part:
    """What is left to a member. Who may not vote does not count towards the quorum either."""

    words: str
    reads: bool
    speaks: bool
    votes: bool


PARTS = {
    Ruling.NOTE: Part("The interest is noted; the member takes full part", True, True, True),
    Ruling.SPEAK_NO_VOTE: Part("The member may speak and does not vote", True, True, False),
    Ruling.LEAVE: Part("The member leaves the room for the item", True, False, False),
    Ruling.NO_PAPERS: Part("The member receives no papers and leaves the room for the item", False, False, False),
}
FULL = Part("Takes full part", True, True, True)


def get_default(subject: Subject) -> Ruling:
    """What holds for a member with an interest until the chair has ruled."""
    return Ruling.NO_PAPERS if subject in COMPETITIVE else Ruling.NOTE


def get_ruling(subject: Subject, *, has_interest: bool, ruled: Ruling | None) -> Ruling | None:
    """The ruling that holds for a member at an item; None where there is nothing to rule on."""
    if ruled is not None:
        return ruled
    return get_default(subject) if has_interest else None


def get_part(ruling: Ruling | None) -> Part:
    return FULL if ruling is None else PARTS[ruling]


def find_voters(present: Iterable[str], rulings: dict[str, Ruling]) -> frozenset[str]:
    """Those of the members present who may vote on an item and count towards its quorum. rulings: by member."""
    return frozenset(each for each in present if get_part(rulings.get(each)).votes)
