"""Count every measure in every comparison, shard by shard, into the cube.

People differ between shards and counts add, so the cube is the same whatever the number and order of shards.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from placewise.measures.histogram import Histogram
from placewise.measures.packing import Changes, add_packed, pack
from placewise.measures.share_counts import SHARE_PARTS, ShareCounts, Tables
from placewise.measures.splits import SEGMENT, build_split, get_groups
from placewise.measures.unit_counts import Placed, Table, UnitCounts, get_bins
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
        months = population.window.months
        self._people_tables, self._tables = self._get_tables(self._people_splits), self._get_tables(own)
        self._share_counts = {PEOPLE: ShareCounts(self._people_tables, months)}
        self._share_counts |= {measure: ShareCounts(self._tables, months) for measure in measures}
        self._unit_counts = {
            slug: UnitCounts(asked, self._tables.shapes, population.window) for slug, asked in unit_measures.items()
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
        self._share_counts[PEOPLE].add(placed.registered, placed.registered, self._people_tables.place(rows))
        in_cells = self._tables.place(rows)
        for measure, denominator in flags.denominator.items():
            self._share_counts[measure].add(denominator, flags.numerator[measure], in_cells)
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
            statistics={slug: each.asked.statistic for slug, each in self._unit_counts.items()},
        )

    def _arrays(self) -> Iterator[Changes]:
        yield from (changes for each in self._share_counts.values() for changes in each.changes.values())
        yield from (changes for each in self._unit_counts.values() for changes in each.changes.values())

    def _histograms(self) -> Iterator[Histogram]:
        return (histogram for each in self._unit_counts.values() for histogram in each.histograms.values())

    def _get_tables(self, splits: Iterable[str]) -> Tables:
        population = self._population
        practices, areas = len(population.practices), len(population.small_areas)
        shapes = {(PRACTICE, split): (practices, len(get_groups(split, population.segments))) for split in splits}
        return Tables(shapes | {(SMALL_AREA, ALL): (areas, 1)})

    def _get_rows(self, placed: ShardPopulation, registers: Mapping[str, Words]) -> list[Placed]:
        spells, population = placed.spells, self._population
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
        reported = sum_changes(self._share_counts[PEOPLE].changes[kind, ALL][0]).sum(axis=1) > 0
        last = np.zeros_like(reported)
        last[:, -1] = reported[:, -1]
        of_people = {measure: (each.changes, SHARE_PARTS) for measure, each in self._share_counts.items()}
        of_units = {measure: (each.changes, get_parts(each.asked)) for measure, each in self._unit_counts.items()}
        return {
            measure: {
                split: SplitCounts(
                    get_groups(split, self._population.segments),
                    denominator=sums[0],
                    numerator=sums[1],
                    reported=last if split == SEGMENT else reported,
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
