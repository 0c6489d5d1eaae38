"""What population hands on: each person placed in time, shard by shard, and one row a person at the last month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.timeline.window import Window, Words
from placewise.floor.vocabulary.organisations import PRACTICE

BUILDS = "builds"
BUILD_FILE = "build.json"
TALLIES = "tallies"
"""STORE/tallies/KEY/: what was worked out of one shard, kept for the next build (floor/parts.py)."""
POPULATION_FOLDER = "population"

_WORD, _SHORT_WORD = pa.dictionary(pa.int32(), pa.string()), pa.dictionary(pa.int8(), pa.string())


@dataclass(frozen=True, slots=True)
class Spells:
    """Where a person was registered and lived, and in which months: k rows, never two with the same month set for a
    person, so that a person who moves is counted once a month and in the right practice.

    person: row in ShardPopulation (int32); practice: index into Population.practices (int32); decile: 1 to 10, 0 where
    not recorded (int8); small_area: index into Population.small_areas, -1 where not recorded (int32); word: the months.
    A month counts when the person is alive and registered on its last day.
    """

    person: npt.NDArray[np.int32]
    practice: npt.NDArray[np.int32]
    decile: npt.NDArray[np.int8]
    small_area: npt.NDArray[np.int32]
    word: Words

    def take(self, rows: npt.NDArray[np.integer]) -> "Spells":
        """The rows at these positions."""
        columns = (self.person, self.practice, self.decile, self.small_area, self.word)
        return Spells(*(column[rows] for column in columns))


@dataclass(frozen=True, slots=True)
class ShardPopulation:
    """The n people of one shard, in the order of their person_id."""

    person_id: npt.NDArray[np.int64]
    sex: npt.NDArray[np.int8]  # index into vocabulary.people.SEXES
    ethnicity: npt.NDArray[np.int8]  # index into vocabulary.people.ETHNIC_GROUPS
    birth: npt.NDArray[np.int32]  # months since January 1970 of the birth month (negative before)
    registered: Words  # alive and registered somewhere
    spells: Spells
    segment: npt.NDArray[np.int8]  # [ends, n]: index into the segments' slugs in each month that a build may end with;
    # -1 where not registered then

    def take(self, people: npt.NDArray[np.integer]) -> "ShardPopulation":
        """Those in these rows, which rise."""
        row = np.full(len(self.person_id), -1, np.int32)
        row[people] = np.arange(len(people), dtype=np.int32)
        spells = self.spells.take(np.flatnonzero(row[self.spells.person] >= 0))
        return ShardPopulation(
            person_id=self.person_id[people],
            sex=self.sex[people],
            ethnicity=self.ethnicity[people],
            birth=self.birth[people],
            registered=self.registered[people],
            spells=replace(spells, person=row[spells.person]),
            segment=self.segment[:, people],
        )


@dataclass(frozen=True, slots=True)
class Population:
    window: Window
    practices: tuple[str, ...]
    small_areas: tuple[str, ...]
    deprivation_edition: str
    geography_edition: str
    segments: tuple[str, ...]
    segments_version: str
    ends: int = 1
    """The last so many months of the window are those that a build may end with: what is told of the last month alone
    is worked out for each of them."""

    def end_bit(self, end: int) -> np.uint64:
        """The word with one of the months alone that a build may end with, counted from 0."""
        return np.uint64(1 << self.last_month(end))

    def last_month(self, end: int) -> int:
        """Its place in the window."""
        return self.window.months - self.ends + end


def get_person_row(levels: Sequence[str]) -> pa.Schema:
    """BUILD/population/shard=000.parquet: one row for everyone registered at the last month.

    levels: those of the deployment between practice and system, the one next above practice first.
    """
    return pa.schema(
        [
            pa.field("person_id", pa.int64(), nullable=False),
            pa.field(PRACTICE, _WORD, nullable=False),
            *(pa.field(level, _WORD) for level in levels),
            pa.field("small_area", _WORD),
            pa.field("deprivation_decile", pa.int8()),
            pa.field("deprivation_edition", _WORD),
            pa.field("age", pa.int16(), nullable=False),
            pa.field("sex", _SHORT_WORD, nullable=False),
            pa.field("ethnicity", _SHORT_WORD, nullable=False),
            pa.field("segment", _SHORT_WORD, nullable=False),
        ]
    )
