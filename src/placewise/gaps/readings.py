"""Counts as they may be read: exactly, or as anything that could be rounded to the same figures.

A word that leaves must tell no more than the rounded figures beside it. So findings are made twice: of the exact
counts, and of the least favourable reading of the rounded ones. What holds of this reading holds of every other, and
saying it narrows no count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placewise.floor.statistics.estimate import Floats
from placewise.gaps.contract import Finding, Kind, Verdict


@dataclass(frozen=True, slots=True)
class Readings:
    """Of how many people (`of_`) it is as it should be (`good_`), arrays of one shape: where the share is least, and
    where it is most. Read exactly the two are the same."""

    good_least: Floats
    of_least: Floats
    good_most: Floats
    of_most: Floats

    @classmethod
    def exactly(cls, good: Floats, people: Floats) -> "Readings":
        return cls(good, people, good, people)

    @property
    def good(self) -> Floats:
        """In the middle of what may be read."""
        return (self.good_least + self.good_most) / 2

    @property
    def people(self) -> Floats:
        return (self.of_least + self.of_most) / 2

    def last(self) -> "Readings":
        """The last month alone."""
        return Readings(*(each[..., -1] for each in (self.good_least, self.of_least, self.good_most, self.of_most)))


def read_rounded(numerator: Floats, denominator: Floats, round_to: int, *, higher_is_better: bool) -> Readings:
    """What numerators and denominators may be that are shown rounded to a step. A step of 1 reads them exactly.

    Which of its two neighbouring multiples a count will be shown as is not settled when findings are made, so it is
    read as either, and each as anything less than a step from it.
    """
    away = round_to - 1
    (fewest, most), (small, large) = (
        (np.floor(each / round_to) * round_to - away, np.ceil(each / round_to) * round_to + away)
        for each in (numerator, denominator)
    )
    fewest, small = np.maximum(fewest, 0.0), np.where(denominator > 0, np.maximum(small, 1.0), denominator)
    if higher_is_better:
        return Readings(np.minimum(fewest, large), large, np.minimum(most, small), small)
    return Readings(np.maximum(small - most, 0.0), small, np.maximum(large - fewest, 0.0), large)


def choose_to_tell(exact: Sequence[Finding], careful: Sequence[Finding]) -> tuple[Finding, ...]:
    """What a release may tell: findings that hold exactly and however rounded figures are read, and that no change is
    known where it is not known so. exact, careful: of the same counts."""
    held = set(exact)
    return tuple(
        each for each in careful if each in held or (each.kind == Kind.CHANGE and each.word == Verdict.NOT_YET_KNOWN)
    )
