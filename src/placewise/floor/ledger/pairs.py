"""Which of some comparable claims clash with another one: all pairs at once, as arrays, a block of rows at a time."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from placewise.floor.ledger.claim import STATUS, StatedClaim

ROWS = 1024
"""As many claims are held against all others at a time: a few megabytes, however many there are."""
OPEN = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Side:
    """Comparable claims as columns. begin, end: days as ordinals, without limit where not told; low, high: what each
    allows (of words a number a word); timed, started: whether time and its start are told; own, whole: a number for its
    id and for that of what it is part of; value, measurand, place: a number for each that differs."""

    begin: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    value: npt.NDArray[np.int64]
    cumulative: npt.NDArray[np.bool_]
    timed: npt.NDArray[np.bool_]
    started: npt.NDArray[np.bool_]
    unnested: npt.NDArray[np.bool_]
    measurand: npt.NDArray[np.int64]
    place: npt.NDArray[np.int64]
    own: npt.NDArray[np.int64]
    whole: npt.NDArray[np.int64]

    def shaped(self, how: Any) -> "Side":
        return Side(*(getattr(self, name)[how] for name in self.__slots__))


def get_clashing(claims: Sequence[StatedClaim], clash: Callable[[Side, Side], npt.NDArray[np.bool_]]) -> set[str]:
    """The ids of those that stand in a pair for which clash(one, other) holds. Each pair is asked both ways round."""
    if len(claims) < 2:
        return set()
    side, found = _columns(claims), np.zeros(len(claims), dtype=bool)
    every = side.shaped((None, slice(None)))
    for start in range(0, len(claims), ROWS):
        pairs = clash(side.shaped((slice(start, start + ROWS), None)), every)
        found[start : start + ROWS] |= pairs.any(axis=1)
        found |= pairs.any(axis=0)
    return {claims[each].id for each in np.flatnonzero(found).tolist()}


def overlap(one: Side, other: Side) -> npt.NDArray[np.bool_]:
    return (one.begin <= other.end) & (other.begin <= one.end)


def _columns(claims: Sequence[StatedClaim]) -> Side:
    when = [each.when for each in claims]
    own = {each.id: number for number, each in enumerate(claims)}
    days = [each or OPEN for each in when]
    words = _numbered([each.value for each in claims])
    allowed = [
        (float(word), float(word)) if each.unit == STATUS else each.possible
        for each, word in zip(claims, words, strict=True)
    ]
    return Side(
        begin=np.array([first.toordinal() for first, _ in days]),
        end=np.array([last.toordinal() for _, last in days]),
        low=np.array([low for low, _ in allowed]),
        high=np.array([high for _, high in allowed]),
        value=words,
        cumulative=np.array([each.cumulative for each in claims]),
        timed=np.array([each is not None for each in when]),
        started=np.array([each.period_from is not None for each in claims]),
        unnested=np.array([each.nesting == "not stated" for each in claims]),
        measurand=_numbered([each.measurand for each in claims]),
        place=_numbered([each.geography for each in claims]),
        own=np.arange(len(claims)),
        whole=np.array([own.get(each.part_of, -1) for each in claims]),
    )


def _numbered(values: Sequence[Hashable]) -> npt.NDArray[np.int64]:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(each, len(numbers)) for each in values], dtype=np.int64)
