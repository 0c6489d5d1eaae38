"""Count every measure in every comparison, shard by shard, into the cube.

People differ between shards and counts add, so the cube is the same whatever the number and order of shards.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.language.nodes import Registered
from placewise.floor.timeline.count import sum_changes
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Words
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.measures.contract import ALL, PersonFlags
from placewise.measures.cube import PEOPLE, SMALL_AREA, Counts, Cube, SplitCounts, write_cube
from placewise.measures.definition import Measure
from placewise.measures.entries import Entries, get_parts
from placewise.measures.packing import Changes, add_to, iter_packed, pack
from placewise.measures.share_counts import SHARE_PARTS, Eligible, ShareCounts
from placewise.measures.splits import SEGMENT, build_split, get_groups
from placewise.measures.tables import Placed, PlacedInCells, Table, Tables
from placewise.measures.unit_counts import PlacedByPerson, UnitCounts, get_bins
from placewise.measures.unit_measure import Asked
from placewise.measures.value_counts import ValueCounts
from placewise.population.contract import Population, ShardPopulation

MEASURE_SPLITS = (ALL, "age_band", "sex", "ethnicity", "deprivation_fifth")
PEOPLE_SPLITS = (*MEASURE_SPLITS, "deprivation_decile", "life_course", SEGMENT)

NO_UNIT_MEASURES: Mapping[str, Asked] = {}
NO_ENTRIES: Mapping[str, Sequence[Entries]] = {}


def build_flags(measures: Mapping[str, Measure], answers: Answers) -> PersonFlags:
    """Whom each measure is about, and which of them count, in the order of person_id.

    Both are asked of registered people only, and whoever counts is one of whom it is asked.
    """
    registered = answers.of(Registered())
    about = {node: answers.of(node) & registered for node in {measure.of for measure in measures.values()}}
    denominator = {slug: about[measure.of] for slug, measure in measures.items()}
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
        self._people_tables, self._tables = self._get_tables(self._people_splits), self._get_tables(own)
        self._measures = tuple(measures)
        self._unit_measures = unit_measures

    def count(
        self,
        placed: ShardPopulation,
        flags: PersonFlags,
        registers: Mapping[str, Words],
        entries: Mapping[str, Sequence[Entries]] = NO_ENTRIES,
    ) -> pa.Table:
        """The counts of one shard, packed and not added. flags and registers (those of the splits) are in the order of
        placed.person_id; entries: of every unit measure (entries.py).

        Only months in which a person is registered count, and of a numerator only those of its denominator.
        """
        rows = self._get_rows(placed, registers)
        in_cells = self._tables.place(rows)
        return pack(
            [
                *self._count_people(placed, self._people_tables.place(rows)),
                *self._count_shares(flags, in_cells),
                *self._count_units(entries, in_cells, len(placed.person_id)),
            ]
        )

    def add(
        self,
        placed: ShardPopulation,
        flags: PersonFlags,
        registers: Mapping[str, Words],
        entries: Mapping[str, Sequence[Entries]] = NO_ENTRIES,
    ) -> None:
        """Count one shard and add it."""
        self.add_packed(self.count(placed, flags, registers, entries))

    def add_packed(self, packed: pa.Table) -> None:
        """Add what another builder of the same measures and splits counted."""
        counted = iter_packed(packed)
        for parts in self._changes.values():
            for total in parts:
                add_to(total, next(counted))
        for each in self._unit_counts.values():
            each.add_changes(counted)

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
            statistics={slug: each.asked.statistic for slug, each in self._unit_counts.items()},
        )

    def _count_people(self, placed: ShardPopulation, in_cells: Sequence[PlacedInCells]) -> Iterator[Changes]:
        """Everybody counts of whom it is asked."""
        counts = ShareCounts(self._people_tables, in_cells, self._population.window.months)
        yield from [counts.count_eligible(placed.registered).changes] * len(SHARE_PARTS)

    def _count_shares(self, flags: PersonFlags, in_cells: Sequence[PlacedInCells]) -> Iterator[Changes]:
        """Measures about the same people (build_flags gives them one array) count these once."""
        counts = ShareCounts(self._tables, in_cells, self._population.window.months)
        about: dict[int, Eligible] = {}
        for measure in self._measures:
            word = flags.denominator[measure]
            if id(word) not in about:
                about[id(word)] = counts.count_eligible(word)
            eligible = about[id(word)]
            yield eligible.changes
            yield counts.count_met(flags.numerator[measure], eligible)

    def _count_units(
        self, entries: Mapping[str, Sequence[Entries]], in_cells: Sequence[PlacedInCells], people: int
    ) -> Iterator[Changes]:
        rows = [PlacedByPerson.of(each, people) for each in in_cells] if entries else []
        for measure, counts in self._build_unit_counts().items():
            counts.add(entries[measure], rows)
            yield from counts.iter_changes()

    @cached_property
    def _changes(self) -> dict[str, npt.NDArray[np.int32]]:
        """The sums of all shards, as changes; made where they are added up, and not where shards are counted."""
        months = self._population.window.months
        tables_of = {PEOPLE: self._people_tables} | dict.fromkeys(self._measures, self._tables)
        return {
            measure: np.zeros((len(SHARE_PARTS), tables.cells, months), np.int32)
            for measure, tables in tables_of.items()
        }

    @cached_property
    def _unit_counts(self) -> dict[str, UnitCounts]:
        return self._build_unit_counts()

    def _build_unit_counts(self) -> dict[str, UnitCounts]:
        months = self._population.window.months
        return {slug: UnitCounts(asked, self._tables, months) for slug, asked in self._unit_measures.items()}

    def _get_tables(self, splits: Iterable[str]) -> Tables:
        population = self._population
        practices, areas = len(population.practices), len(population.small_areas)
        shapes = {(PRACTICE, split): (practices, len(get_groups(split, population.segments))) for split in splits}
        return Tables(shapes | {(SMALL_AREA, ALL): (areas, 1)})

    def _get_rows(self, placed: ShardPopulation, registers: Mapping[str, Words]) -> list[Placed]:
        """By practice, so that the cells of those who are counted one after another lie together."""
        population = self._population
        placed = replace(placed, spells=placed.spells.take(np.argsort(placed.spells.practice, kind="stable")))
        spells = placed.spells
        practice = spells.practice.astype(np.int64)
        throughout: dict[Table, npt.NDArray[np.int64]] = {(SMALL_AREA, ALL): spells.small_area.astype(np.int64)}
        in_time = []
        for split in self._people_splits:
            rows = build_split(split, placed, population.segments, population.window, registers)
            if rows.spell is None or rows.word is None:
                throughout[PRACTICE, split] = practice * len(rows.groups) + rows.group
            else:
                cell = practice[rows.spell] * len(rows.groups) + rows.group
                in_time.append(Placed(spells.person[rows.spell], rows.word, {(PRACTICE, split): cell}))
        return [Placed(spells.person, spells.word, throughout), *in_time]

    def _get_counts(self, kind: str) -> dict[str, Counts]:
        people = self._people_tables.split(self._changes[PEOPLE])
        reported = sum_changes(people[kind, ALL][0]).sum(axis=1) > 0
        last = np.zeros_like(reported)
        last[:, -1] = reported[:, -1]
        of_people = {PEOPLE: (people, SHARE_PARTS)}
        of_people |= {each: (self._tables.split(self._changes[each]), SHARE_PARTS) for each in self._measures}
        of_units = {measure: (each.split(), get_parts(each.asked)) for measure, each in self._unit_counts.items()}
        return {
            measure: {
                split: SplitCounts(
                    get_groups(split, self._population.segments),
                    denominator=sums[0],
                    numerator=sums[1],
                    # a unit of somebody who died or left that month counts where nobody may be any more
                    reported=last if split == SEGMENT else reported | sums.any(axis=(0, 2)),
                    more=dict(zip(parts[2:], sums[2:], strict=True)),
                )
                for (of_kind, split), changes in tables.items()
                if of_kind == kind
                for sums in [sum_changes(changes)]
            }
            for measure, (tables, parts) in (of_people | of_units).items()
        }

    def _get_value_counts(self) -> Iterator[tuple[str, ValueCounts]]:
        for measure, each in self._unit_counts.items():
            if each.histograms:
                groups = {split: get_groups(split, self._population.segments) for split in each.histograms}
                rows = {split: histogram.rows() for split, histogram in each.histograms.items()}
                yield measure, ValueCounts(get_bins(each.asked), groups, rows)
