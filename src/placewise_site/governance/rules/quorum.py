"""Whether enough of the right members are there to decide; asked again after each ruling on interests."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumRule:
    """at_least: members who may vote; of_kinds: kind of seat -> how many of it; said_by: the version that says it."""

    at_least: int
    of_kinds: Mapping[str, int] = field(default_factory=dict)
    said_by: str = ""
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody at the meeting, in one seat.

    kind: of the seat; votes: the seat has a vote; counts: False once a ruling takes the member out of this item's
    decision, whether they left or may speak and not vote. Who only notes an interest counts.
    """

    seat: str
    kind: str
    votes: bool
    counts: bool = True


def is_quorate(rule: QuorumRule, present: Iterable[Present]) -> bool:
    return not find_shortfalls(rule, present)


def find_shortfalls(rule: QuorumRule, present: Iterable[Present]) -> list[str]:
    """What is missing, each as a clause; nothing where they may decide. A seat counts once, whoever sits in it."""
    deciding = {each.seat: each.kind for each in present if each.votes and each.counts}
    missing = []
    if len(deciding) < rule.at_least:
        missing.append(f"{len(deciding)} members who may decide are present and {rule.at_least} are needed")
    there = Counter(deciding.values())
    for kind, needed in sorted(rule.of_kinds.items()):
        if there[kind] < needed:
            named = kind.replace("_", " ")
            missing.append(f"{there[kind]} of the kind {named} may decide and {needed} must")
    return missing


def get_number_needed(at_least: int, share: float | None, voting_seats: int) -> int:
    """The larger of a number and a share of the seats with a vote, rounded up."""
    return max(at_least, ceil(round(share * voting_seats, 9)) if share else 0)
