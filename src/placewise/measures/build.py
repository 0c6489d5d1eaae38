"""Count every measure in every comparison, shard by shard, into the cube.

People differ between shards and counts add, so the cube is the same whatever the number and order of shards.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.count import Changes, count_changes, find_changes
from placewise.floor.timeline.window import Words
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.measures.contract import ALL, PersonFlags
from placewise.measures.cube import PEOPLE, SMALL_AREA, Counts, Cube, SplitCounts, write_cube
from placewise.measures.splits import SEGMENT, SplitRows, build_split, get_groups
from placewise.population.contract import Population, ShardPopulation

MEASURE_SPLITS = (ALL, "age_band", "sex", "ethnicity", "deprivation_fifth")
PEOPLE_SPLITS = (*MEASURE_SPLITS, "deprivation_decile", "life_course", SEGMENT)

Integers = npt.NDArray[np.int64]
Tally = dict[str, dict[str, Integers]]
"""Measure -> split -> int64[2, units, groups, months]: denominator, then numerator."""


class CubeBuilder:
    """Adds up shards. Its memory is that of the cube, not of the people.

    measures: the measures to be counted; compare_by: what the deployment compares by besides MEASURE_SPLITS, more of a
    person's own splits or registers; registers: those the built-in measure `people` is split by besides.
    """

    def __init__(
        self, population: Population, measures: Iterable[str], compare_by: Sequence[str], registers: Iterable[str]
    ) -> None:
        self._population = population
        own = dict.fromkeys((*MEASURE_SPLITS, *(split for split in compare_by if split != SEGMENT)))
        splits = {PEOPLE: tuple(dict.fromkeys((*PEOPLE_SPLITS, *own, *registers)))} | dict.fromkeys(
            measures, tuple(own)
        )
        self._splits = splits
        self._by_practice = self._empty_tally(len(population.practices), splits)
        self._by_small_area = self._empty_tally(len(population.small_areas), dict.fromkeys(splits, (ALL,)))

    def add(self, placed: ShardPopulation, flags: PersonFlags, registers: Mapping[str, Words]) -> None:
        """Count one shard. flags and registers (those of the splits) are in the order of placed.person_id.

        Only months in which a person is registered count, and of a numerator only those of its denominator.
        """
        population = self._population
        rows = {
            split: build_split(split, placed, population.segments, population.window, registers)
            for split in self._splits[PEOPLE]
        }
        self._add_measure(PEOPLE, placed, (placed.registered, placed.registered), rows)
        for measure, denominator in flags.denominator.items():
            self._add_measure(measure, placed, (denominator, flags.numerator[measure] & denominator), rows)

    def write(self, folder: Path, hierarchy: Hierarchy) -> Cube:
        """Write the sums into a folder that exists. A unit reported in a month if anybody was registered there."""
        population = self._population
        return write_cube(
            folder,
            window=population.window,
            units={PRACTICE: population.practices, SMALL_AREA: population.small_areas},
            counts={
                PRACTICE: self._get_counts(self._by_practice),
                SMALL_AREA: self._get_counts(self._by_small_area),
            },
            hierarchy=hierarchy,
            editions={"deprivation": population.deprivation_edition, "geography": population.geography_edition},
        )

    def _empty_tally(self, units: int, splits: Mapping[str, Sequence[str]]) -> Tally:
        months, segments = self._population.window.months, self._population.segments
        return {
            measure: {split: np.zeros((2, units, len(get_groups(split, segments)), months), np.int64) for split in of}
            for measure, of in splits.items()
        }

    def _add_measure(
        self, measure: str, placed: ShardPopulation, flags: tuple[Words, Words], rows: Mapping[str, SplitRows]
    ) -> None:
        spells, window = placed.spells, self._population.window
        practice = spells.practice.astype(np.int64)
        for part, flag in enumerate(flags):
            of_spell = flag[spells.person] & spells.word
            changes = find_changes(of_spell, window)
            for split, tally in self._by_practice[measure].items():
                row = rows[split]
                if row.spell is None or row.word is None:
                    tally[part] += _count(changes, practice, row.group, tally.shape[1:])
                else:
                    varying = find_changes(flag[spells.person[row.spell]] & row.word, window)
                    tally[part] += _count(varying, practice[row.spell], row.group, tally.shape[1:])
            at_home = self._by_small_area[measure][ALL]
            at_home[part] += _count(changes, spells.small_area.astype(np.int64), rows[ALL].group, at_home.shape[1:])

    def _get_counts(self, tally: Tally) -> dict[str, Counts]:
        reported = tally[PEOPLE][ALL][0].sum(axis=1) > 0
        last = np.zeros_like(reported)
        last[:, -1] = reported[:, -1]
        return {
            measure: {
                split: SplitCounts(
                    get_groups(split, self._population.segments),
                    *counts,
                    reported=last if split == SEGMENT else reported,
                )
                for split, counts in of_measure.items()
            }
            for measure, of_measure in tally.items()
        }


def _count(changes: Changes, unit: Integers, group: Integers, shape: tuple[int, ...]) -> Integers:
    """int64[units, groups, months]; a row without a unit (-1) is not counted."""
    units, groups, months = shape
    cell = np.where(unit < 0, -1, unit * groups + group)
    return count_changes(changes, cell, units * groups).reshape(units, groups, months)
