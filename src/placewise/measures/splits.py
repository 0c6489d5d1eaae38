"""Whom people are compared with: the groups of each split, and which spell falls in which group in which months."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
from placewise.population.contract import ShardPopulation

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
            in_segments = [_segment_word(placed.segment, window, segment) for segment in range(len(groups))]
            return _varying(groups, spells.word, [each[spells.person] for each in in_segments])
        case "age_band" | "life_course":
            ages = _age_words(placed.birth, _STARTS[split], window)
            return _varying(groups, spells.word, [each[spells.person] for each in ages])
        case _:
            on = registers[split][spells.person]
            return _varying(groups, spells.word, [on, ~on])


def _or_last(level: npt.NDArray[np.integer], groups: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Levels from 1 as positions; 0, not recorded, is the last group."""
    return np.where(level == 0, len(groups) - 1, level.astype(np.int64) - 1)


def _varying(groups: tuple[str, ...], spell_word: Words, words: list[Words]) -> SplitRows:
    """Rows of the spells in a group in some month: words[k] for group k."""
    in_group = [spell_word & each for each in words]
    rows = [np.flatnonzero(each) for each in in_group]
    spell = np.concatenate(rows)
    of = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    return SplitRows(
        groups, of.astype(np.int64), spell, np.concatenate([w[r] for w, r in zip(in_group, rows, strict=True)])
    )


def _segment_word(segments: npt.NDArray[np.int8], window: Window, segment: int) -> Words:
    """Of the months that a build may end with, the last of the window, those that each person is in a segment."""
    word = np.zeros(segments.shape[1], np.uint64)
    for month, of_month in enumerate(segments, window.months - len(segments)):
        word[of_month == segment] |= np.uint64(1 << month)
    return word


def _age_words(birth: npt.NDArray[np.int32], starts: tuple[int, ...], window: Window) -> list[Words]:
    """For each band, the months each person's completed years are in it: from birth on, and the last never ends."""
    births, person = np.unique(birth, return_inverse=True)
    months = window.first_month + np.arange(window.months)
    years = (months[None, :] - births[:, None]) // 12
    band = np.searchsorted(np.array(starts), years, side="right") - 1
    bits = np.uint64(1) << np.arange(window.months, dtype=np.uint64)
    return [
        np.bitwise_or.reduce(np.where(band == index, bits, np.uint64(0)), axis=1)[person]
        for index in range(len(starts))
    ]
