"""Count every measure in every comparison, shard by shard, into the cube.

People differ between shards and counts add, so the cube is the same whatever the number and order of shards.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from placewise.floor.language.nodes import Registered
from placewise.floor.timeline.count import count_changes, find_changes
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Words
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.measures.contract import ALL, PersonFlags
from placewise.measures.cube import PEOPLE, SMALL_AREA, Counts, Cube, SplitCounts, write_cube
from placewise.measures.definition import Measure
from placewise.measures.entries import Entries, get_parts
from placewise.measures.histogram import Histogram
from placewise.measures.packing import Integers, add_packed, pack
from placewise.measures.splits import SEGMENT, build_split, get_groups
from placewise.measures.unit_counts import Placed, UnitCounts, get_bins
from placewise.measures.unit_measure import Asked
from placewise.measures.value_counts import ValueCounts
from placewise.population.contract import Population, ShardPopulation

MEASURE_SPLITS = (ALL, "age_band", "sex", "ethnicity", "deprivation_fifth")
PEOPLE_SPLITS = (*MEASURE_SPLITS, "deprivation_decile", "life_course", SEGMENT)

SHARE_PARTS = ("denominator", "numerator")
NO_UNIT_MEASURES: Mapping[str, Asked] = {}
NO_ENTRIES: Mapping[str, Sequence[Entries]] = {}

Table = tuple[str, str]
"""A unit kind (practice, small area) and a split."""
Tally = dict[str, dict[Table, Integers]]
"""Measure -> table -> int64[2, units, groups, months]: denominator, then numerator."""


def build_flags(measures: Mapping[str, Measure], answers: Answers) -> PersonFlags:
    """Whom each measure is about, and which of them count, in the order of person_id.

    Both are asked of registered people only, and whoever counts is one of whom it is asked.
    """
    registered = answers.of(Registered())
    denominator = {slug: answers.of(measure.of) & registered for slug, measure in measures.items()}
    numerator = {slug: answers.of(measure.count) & denominator[slug] for slug, measure in measures.items()}
    return PersonFlags(answers.events.person_id, denominator, numerator)


class CubeBuilder:
    """Adds up shards. Its memory is that of the cube, not of the people.

    measures: the measures to be counted; compare_by: what the deployment compares by besides MEASURE_SPLITS, more of a
    person's own splits or registers; registers: those the built-in measure `people` is split by besides; unit_measures:
    those that are no share of people.
    """

    def __init__(
        self,
        population: Population,
        measures: Iterable[str],
        compare_by: Sequence[str],
        registers: Iterable[str],
        unit_measures: Mapping[str, Asked] = NO_UNIT_MEASURES,
    ) -> None:
        self._population = population
        own = tuple(dict.fromkeys((*MEASURE_SPLITS, *(split for split in compare_by if split != SEGMENT))))
        self._people_splits = tuple(dict.fromkeys((*PEOPLE_SPLITS, *own, *registers)))
        splits = {PEOPLE: self._people_splits} | dict.fromkeys(measures, own)
        self._tally: Tally = {
            measure: {table: self._zeros(table) for table in [*((PRACTICE, split) for split in of), (SMALL_AREA, ALL)]}
            for measure, of in splits.items()
        }
        shapes = {
            (kind, split): self._zeros((kind, split)).shape[1:3]
            for kind, split in [*((PRACTICE, split) for split in own), (SMALL_AREA, ALL)]
        }
        self._unit_counts = {
            slug: UnitCounts(asked, shapes, population.window) for slug, asked in unit_measures.items()
        }

    def add(
        self,
        placed: ShardPopulation,
        flags: PersonFlags,
        registers: Mapping[str, Words],
        entries: Mapping[str, Sequence[Entries]] = NO_ENTRIES,
    ) -> None:
        """Count one shard. flags and registers (those of the splits) are in the order of placed.person_id; entries: of
        every unit measure (entries.py).

        Only months in which a person is registered count, and of a numerator only those of its denominator.
        """
        rows = self._get_rows(placed, registers)
        self._add_measure(PEOPLE, placed.registered, placed.registered, rows)
        for measure, denominator in flags.denominator.items():
            self._add_measure(measure, denominator, flags.numerator[measure], rows)
        for measure, each in entries.items():
            self._unit_counts[measure].add(each, rows)

    def pack(self) -> pa.Table:
        """The sums so far, to be added up elsewhere by another builder of the same measures and splits."""
        return pack(self._arrays(), self._histograms())

    def add_packed(self, packed: pa.Table) -> None:
        """Add the sums of another builder."""
        add_packed(packed, self._arrays(), self._histograms())

    def write(self, folder: Path, hierarchy: Hierarchy) -> Cube:
        """Write the sums into a folder that exists. A unit reported in a month if anybody was registered there."""
        population = self._population
        return write_cube(
            folder,
            window=population.window,
            units={PRACTICE: population.practices, SMALL_AREA: population.small_areas},
            counts={kind: self._get_counts(kind) for kind in (PRACTICE, SMALL_AREA)},
            hierarchy=hierarchy,
            editions={"deprivation": population.deprivation_edition, "geography": population.geography_edition},
            value_counts=dict(self._get_value_counts()),
        )

    def _arrays(self) -> Iterator[Integers]:
        yield from (sums for tables in self._tally.values() for sums in tables.values())
        yield from (sums for each in self._unit_counts.values() for sums in each.sums.values())

    def _histograms(self) -> Iterator[Histogram]:
        return (histogram for each in self._unit_counts.values() for histogram in each.histograms.values())

    def _zeros(self, table: Table) -> Integers:
        kind, split = table
        population = self._population
        units = len(population.practices if kind == PRACTICE else population.small_areas)
        return np.zeros((2, units, len(get_groups(split, population.segments)), population.window.months), np.int64)

    def _get_rows(self, placed: ShardPopulation, registers: Mapping[str, Words]) -> list[Placed]:
        spells, population = placed.spells, self._population
        practice = spells.practice.astype(np.int64)
        throughout: dict[Table, Integers] = {(SMALL_AREA, ALL): spells.small_area.astype(np.int64)}
        in_time = []
        for split in self._people_splits:
            rows = build_split(split, placed, population.segments, population.window, registers)
            if rows.spell is None or rows.word is None:
                throughout[PRACTICE, split] = practice * len(rows.groups) + rows.group
            else:
                cell = practice[rows.spell] * len(rows.groups) + rows.group
                in_time.append(Placed(spells.person[rows.spell], rows.word, {(PRACTICE, split): cell}))
        return [Placed(spells.person, spells.word, throughout), *in_time]

    def _add_measure(self, measure: str, denominator: Words, numerator: Words, rows: Sequence[Placed]) -> None:
        tally, window = self._tally[measure], self._population.window
        for each in rows:
            tables = [table for table in each.cell if table in tally]
            if not tables:
                continue
            eligible = denominator[each.person] & each.word
            chosen = np.flatnonzero(eligible)
            eligible = eligible[chosen]
            changes = [find_changes(eligible, window), find_changes(numerator[each.person[chosen]] & eligible, window)]
            for table in tables:
                cell = each.cell[table][chosen]  # negative where nobody knows the unit, and then not counted
                for part, changed in enumerate(changes):
                    sums = tally[table][part]
                    sums += count_changes(changed, cell, sums.shape[0] * sums.shape[1]).reshape(sums.shape)

    def _get_counts(self, kind: str) -> dict[str, Counts]:
        reported = self._tally[PEOPLE][kind, ALL][0].sum(axis=1) > 0
        last = np.zeros_like(reported)
        last[:, -1] = reported[:, -1]
        of_people = {measure: (tables, SHARE_PARTS) for measure, tables in self._tally.items()}
        of_units = {measure: (each.sums, get_parts(each.asked)) for measure, each in self._unit_counts.items()}
        return {
            measure: {
                split: SplitCounts(
                    get_groups(split, self._population.segments),
                    denominator=sums[0],
                    numerator=sums[1],
                    reported=last if split == SEGMENT else reported,
                    more=dict(zip(parts[2:], sums[2:], strict=True)),
                )
                for (of_kind, split), sums in tables.items()
                if of_kind == kind
            }
            for measure, (tables, parts) in (of_people | of_units).items()
        }

    def _get_value_counts(self) -> Iterator[tuple[str, ValueCounts]]:
        for measure, each in self._unit_counts.items():
            if each.histograms:
                groups = {split: get_groups(split, self._population.segments) for split in each.histograms}
                rows = {split: histogram.rows() for split, histogram in each.histograms.items()}
                yield measure, ValueCounts(get_bins(each.asked), groups, rows)
