"""Whom people are compared with: the groups of each split, and which spell falls in which group in which months."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.window import Window, Words
from placewise.floor.vocabulary.people import (
    AGE_BAND_STARTS,
    AGE_BANDS,
    ETHNIC_GROUPS,
    LIFE_COURSE,
    LIFE_COURSE_STARTS,
    SEXES,
)
from placewise.intake.contract import NOT_RECORDED
from placewise.measures.contract import ALL
from placewise.population.contract import ShardPopulation, Spells

Integers = npt.NDArray[np.int64]

FIFTHS = (*map(str, range(1, 6)), NOT_RECORDED)
DECILES = (*map(str, range(1, 11)), NOT_RECORDED)
REGISTER_GROUPS = ("yes", "no")
SEGMENT = "segment"

_GROUPS = {
    ALL: (ALL,),
    "age_band": AGE_BANDS,
    "life_course": LIFE_COURSE,
    "sex": SEXES,
    "ethnicity": ETHNIC_GROUPS,
    "deprivation_fifth": FIFTHS,
    "deprivation_decile": DECILES,
}
_STARTS = {"age_band": AGE_BAND_STARTS, "life_course": LIFE_COURSE_STARTS}
_OLDEST = 120
"""Years of age that few are older than."""


@dataclass(frozen=True, slots=True)
class SplitRows:
    """One split of one shard, r rows: a spell (its index), a group (its index), and the months it is in that group.

    spell is None where each spell has one group throughout: then the rows are the spells themselves.
    """

    groups: tuple[str, ...]
    group: npt.NDArray[np.int64]
    spell: npt.NDArray[np.int64] | None = None
    word: Words | None = None


def get_groups(split: str, segments: tuple[str, ...]) -> tuple[str, ...]:
    """The groups of a split in the order to show; a split that is not a person's own is a register: on it, or not."""
    return segments if split == SEGMENT else _GROUPS.get(split, REGISTER_GROUPS)


def build_split(
    split: str, placed: ShardPopulation, segments: tuple[str, ...], window: Window, registers: Mapping[str, Words]
) -> SplitRows:
    """Raises KeyError for a split that is neither a person's own nor one of the registers.

    Every registered month of a person is in exactly one group of each split (of `segment`: each month that a build may
    end with).
    """
    spells, groups = placed.spells, get_groups(split, segments)
    match split:
        case "all":
            return SplitRows(groups, np.zeros(len(spells.person), np.int64))
        case "sex":
            return SplitRows(groups, placed.sex[spells.person].astype(np.int64))
        case "ethnicity":
            return SplitRows(groups, placed.ethnicity[spells.person].astype(np.int64))
        case "deprivation_decile":
            return SplitRows(groups, _or_last(spells.decile, groups))
        case "deprivation_fifth":
            return SplitRows(groups, _or_last((spells.decile + 1) // 2, groups))
        case "segment":
            return _varying(groups, spells, *_get_segment_words(placed.segment, window, len(groups)))
        case "age_band" | "life_course":
            return _varying(groups, spells, *_get_age_words(placed.birth, _STARTS[split], window))
        case _:
            on = registers[split]
            return _varying(groups, spells, np.stack([on, ~on], axis=1), np.arange(len(on)))


def _or_last(level: npt.NDArray[np.integer], groups: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Levels from 1 as positions; 0, not recorded, is the last group."""
    return np.where(level == 0, len(groups) - 1, level.astype(np.int64) - 1)


def _varying(groups: tuple[str, ...], spells: Spells, words: Words, kind: Integers) -> SplitRows:
    """Rows of the spells in a group in some month. words: [kinds, groups], of each kind of person the months in each
    group; kind: of every person."""
    rows, group, word = _find_in_groups(spells.word, kind[spells.person], words)
    return SplitRows(groups, group, rows, word)


@compiled
def _find_in_groups(held: Words, kind: Integers, words: Words) -> tuple[Integers, Integers, Words]:
    """Each row with each group in which it holds in some month: the row, the group and these months."""
    groups, most = words.shape[1], 0
    for row in range(len(held)):
        of_kind = words[np.uint64(kind[row])]  # an index with a sign is asked each time whether it counts from the end
        for group in range(groups):
            most += (held[row] & of_kind[group]) != 0
    rows, of, word = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64), np.empty(most + 1, np.uint64)
    found = 0
    for row in range(len(held)):
        of_kind = words[np.uint64(kind[row])]
        for group in range(groups):
            months = held[row] & of_kind[group]
            rows[found], of[found], word[found] = row, group, months
            found += months != 0
    return rows[:found], of[:found], word[:found]


def _get_segment_words(segments: npt.NDArray[np.int8], window: Window, groups: int) -> tuple[Words, Integers]:
    """As _varying takes them: a kind is which segments a person is in, or in none (-1), one after the other in the
    months that a build may end with, the last of the window."""
    ends = len(segments)
    choices = (groups + 1,) * ends
    kind = np.ravel_multi_index(tuple(segments + 1), choices)
    segment = np.stack(np.unravel_index(np.arange(np.prod(choices)), choices), axis=1) - 1
    bits = np.uint64(1) << np.arange(window.months - ends, window.months, dtype=np.uint64)
    return _join_bits(segment, bits, groups), kind


def _get_age_words(birth: npt.NDArray[np.int32], starts: tuple[int, ...], window: Window) -> tuple[Words, Integers]:
    """As _varying takes them, a kind being a month of birth: the months in which completed years are in each band, from
    birth on, and the last never ends."""
    end = window.first_month + window.months
    first = int(birth.min(initial=end - 12 * _OLDEST))
    return _find_age_words(first, int(birth.max(initial=end)), starts, window), (birth - first).astype(np.int64)


@lru_cache(maxsize=4)
def _find_age_words(first: int, last: int, starts: tuple[int, ...], window: Window) -> Words:
    """Of those born in each month from the first to the last: the same for all shards but those with somebody older
    than most of the oldest are."""
    births = np.arange(first, last + 1)
    months = window.first_month + np.arange(window.months)
    band = np.searchsorted(np.array(starts), (months[None, :] - births[:, None]) // 12, side="right") - 1
    bits = np.uint64(1) << np.arange(window.months, dtype=np.uint64)
    return _join_bits(band, bits, len(starts))


def _join_bits(group: Integers, bits: Words, groups: int) -> Words:
    """Of the group at each of some months, [kinds, months], the months in each group, [kinds, groups]."""
    return np.stack(
        [np.bitwise_or.reduce(np.where(group == each, bits, np.uint64(0)), axis=1) for each in range(groups)], axis=1
    )
