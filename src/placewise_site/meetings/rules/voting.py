"""Votes counted: carried by more for than against; a tie is not carried."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Tally:
    for_: int
    against: int
    abstain: int

    @property
    def is_carried(self) -> bool:
        return self.for_ > self.against

    @property
    def is_cast(self) -> bool:
        return bool(self.for_ or self.against or self.abstain)

    @property
    def sentence(self) -> str:
        if not self.is_cast:
            return "Nobody voted."
        return f"{self.for_} for, {self.against} against, {self.abstain} abstained."


def count_votes(votes: Iterable[Choice]) -> Tally:
    counted = Counter(votes)
    return Tally(counted[Choice.FOR], counted[Choice.AGAINST], counted[Choice.ABSTAIN])
