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

from placewise.floor.language.nodes import Node, Registered
from placewise.floor.timeline.count import sum_changes
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window, Words
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.floor.vocabulary.residence import SMALL_AREA
from placewise.measures.contract import ALL, PersonFlags
from placewise.measures.cube import PEOPLE, Counts, Cube, SplitCounts, write_cube, write_value_counts
from placewise.measures.definition import Measure
from placewise.measures.difference_counts import DifferenceCounts, Differing, PlacedOfPeople
from placewise.measures.entries import Entries, get_parts
from placewise.measures.packing import add_changes_to, iter_packed, pack_changes, to_table
from placewise.measures.periods import BEHIND, BEHIND_MISSED, get_first_months
from placewise.measures.share_counts import Eligible, ShareCounts
from placewise.measures.splits import SEGMENT, build_split, get_groups
from placewise.measures.tables import Placed, PlacedInCells, Table, Tables
from placewise.measures.unit_counts import UnitCounts, get_bins
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

    measures: those to be counted and whom each is about, whose count measures about the same people share; compare_by:
    what the deployment compares by besides MEASURE_SPLITS, more of a person's own splits or registers; registers: those
    the built-in measure `people` is split by besides; unit_measures: those that are no share of people; shown: the
    months of the population's window that are written, all unless told.
    """

    def __init__(
        self,
        population: Population,
        measures: Mapping[str, Node],
        compare_by: Sequence[str],
        registers: Iterable[str],
        unit_measures: Mapping[str, Asked] = NO_UNIT_MEASURES,
        shown: Window | None = None,
    ) -> None:
        self._population, self._shown = population, shown or population.window
        first = self._shown.first_month - population.window.first_month
        self._months = slice(first, first + self._shown.months)
        own = tuple(dict.fromkeys((*MEASURE_SPLITS, *(split for split in compare_by if split != SEGMENT))))
        self._people_splits = tuple(dict.fromkeys((*PEOPLE_SPLITS, *own, *registers)))
        self._own = own
        self._people_tables, self._tables = self._get_tables(self._people_splits), self._get_tables(own)
        self._measures = dict(measures)
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
        rows = self._get_rows(placed, registers, self._people_splits)
        in_cells = self._tables.place(rows)
        return to_table(
            [
                self._count_people(placed, self._people_tables.place(rows)),
                *self._count_shares(flags, in_cells),
                *self._count_units(entries, in_cells, len(placed.person_id)),
            ]
        )

    def count_difference(self, states: Iterable[Differing]) -> pa.Table:
        """What some people count as they are, less what they counted as they were, packed as `count` packs it."""
        months, given = self._population.window.months, tuple(states)
        among_all = [
            self._people_tables.place(self._get_rows(each.among_all, each.registers, self._people_splits))
            for each in given
        ]
        placed = [self._tables.place(self._get_rows(each.placed, each.compared, self._own)) for each in given]
        people = [
            (each.times, each.among_all.registered, PlacedOfPeople.find(rows, len(each.among_all.person_id)))
            for each, rows in zip(given, among_all, strict=True)
        ]
        packed = [DifferenceCounts(self._people_tables, months).count(people)]
        by_person = [
            PlacedOfPeople.find(rows, len(each.placed.person_id)) for each, rows in zip(given, placed, strict=True)
        ]
        of_shares = DifferenceCounts(self._tables, months)
        about = {people: measure for measure, people in reversed(self._measures.items())}
        asked = [("denominator", about[people]) for people in dict.fromkeys(self._measures.values())]
        for part, measure in (*asked, *(("numerator", measure) for measure in self._measures)):
            words = [
                (each.times, getattr(each.flags, part)[measure], rows)
                for each, rows in zip(given, by_person, strict=True)
            ]
            packed.append(of_shares.count(words))
        for measure, counts in self._iter_unit_counts():
            for each, rows in zip(given, placed, strict=True):
                counts.add(each.entries[measure], rows, len(each.placed.person_id), each.times)
            packed += counts.iter_packed()
        return to_table(packed)

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
        for total in self._iter_totals():
            add_changes_to(total, next(counted))
        for each in self._unit_counts.values():
            each.add_packed(counted)

    def pack(self) -> pa.Table:
        """All that was added, packed as `count` packs a shard's."""
        of_units = (packed for each in self._unit_counts.values() for packed in each.iter_kept())
        return to_table([*map(pack_changes, self._iter_totals()), *of_units])

    def write(self, folder: Path, hierarchy: Hierarchy) -> Cube:
        """Write the sums into a folder that exists, and let go of them. A unit reported in a month if anybody was
        registered there."""
        population, medians = self._population, self._iter_value_counts()
        value_counts = write_value_counts(folder, medians, population.practices, self._shown)
        return write_cube(
            folder,
            window=self._shown,
            units={PRACTICE: population.practices, SMALL_AREA: population.small_areas},
            counts=self._take_counts(),
            hierarchy=hierarchy,
            editions={"deprivation": population.deprivation_edition, "geography": population.geography_edition},
            value_counts=value_counts,
            statistics={measure: asked.statistic for measure, asked in self._unit_measures.items()},
        )

    def _count_people(self, placed: ShardPopulation, in_cells: Sequence[PlacedInCells]) -> bytes:
        counts = ShareCounts(self._people_tables, in_cells, self._population.window.months)
        return counts.count_eligible(placed.registered).changes

    def _count_shares(self, flags: PersonFlags, in_cells: Sequence[PlacedInCells]) -> Iterator[bytes]:
        """Whom measures are about, and then of each measure who counts."""
        counts = ShareCounts(self._tables, in_cells, self._population.window.months)
        about: dict[Node, Eligible] = {}
        for measure, people in self._measures.items():
            if people not in about:
                about[people] = counts.count_eligible(flags.denominator[measure])
        yield from (eligible.changes for eligible in about.values())
        for measure, people in self._measures.items():
            yield counts.count_met(flags.numerator[measure], about[people])

    def _count_units(
        self, entries: Mapping[str, Sequence[Entries]], in_cells: Sequence[PlacedInCells], people: int
    ) -> Iterator[bytes]:
        for measure, counts in self._iter_unit_counts():
            counts.add(entries[measure], in_cells, people)
            yield from counts.iter_packed()

    def _iter_unit_counts(self) -> Iterator[tuple[str, UnitCounts]]:
        """One after another in the same memory: each is packed, and so 0 again, before the next is asked for."""
        parts = max((len(get_parts(asked)) for asked in self._unit_measures.values()), default=0)
        memory = np.zeros((parts, self._tables.cells, self._population.window.months), np.int64)
        for slug, asked in self._unit_measures.items():
            yield slug, UnitCounts(asked, self._tables, memory.shape[2], memory)

    @cached_property
    def _people(self) -> npt.NDArray[np.int32]:
        """The sums of all shards, as changes in [cells, months], of everybody; made, like those below, where they are
        added up, and not where shards are counted."""
        return self._zeros(self._people_tables)

    @cached_property
    def _about(self) -> dict[Node, npt.NDArray[np.int32]]:
        """Of those whom measures are about."""
        return {people: self._zeros(self._tables) for people in dict.fromkeys(self._measures.values())}

    @cached_property
    def _met(self) -> dict[str, npt.NDArray[np.int32]]:
        """Of those who count, by measure."""
        return {measure: self._zeros(self._tables) for measure in self._measures}

    def _iter_totals(self) -> Iterator[npt.NDArray[np.int32]]:
        """Those of people, in the order in which they are packed."""
        yield self._people
        yield from self._about.values()
        yield from self._met.values()

    def _zeros(self, tables: Tables) -> npt.NDArray[np.int32]:
        return np.zeros((tables.cells, self._population.window.months), np.int32)

    @cached_property
    def _unit_counts(self) -> dict[str, UnitCounts]:
        months = self._population.window.months
        return {slug: UnitCounts(asked, self._tables, months) for slug, asked in self._unit_measures.items()}

    def _get_tables(self, splits: Iterable[str]) -> Tables:
        population = self._population
        practices, areas = len(population.practices), len(population.small_areas)
        shapes = {(PRACTICE, split): (practices, len(get_groups(split, population.segments))) for split in splits}
        return Tables(shapes | {(SMALL_AREA, ALL): (areas, 1)})

    def _get_rows(self, placed: ShardPopulation, registers: Mapping[str, Words], splits: Iterable[str]) -> list[Placed]:
        """By practice and small area, so that the cells of those who are counted one after another lie together."""
        population = self._population
        of = placed.spells
        together = np.argsort(of.practice.astype(np.int64) * len(population.small_areas) + of.small_area, kind="stable")
        placed = replace(placed, spells=of.take(together))
        spells = placed.spells
        practice = spells.practice.astype(np.int64)
        throughout: dict[Table, npt.NDArray[np.int64]] = {(SMALL_AREA, ALL): spells.small_area.astype(np.int64)}
        in_time = []
        for split in splits:
            rows = build_split(split, placed, population.segments, population.window, registers)
            if rows.spell is None or rows.word is None:
                throughout[PRACTICE, split] = practice * len(rows.groups) + rows.group
            else:
                cell = practice[rows.spell] * len(rows.groups) + rows.group
                in_time.append(Placed(spells.person[rows.spell], rows.word, {(PRACTICE, split): cell}))
        return [Placed(spells.person, spells.word, throughout), *in_time]

    def _take_counts(self) -> dict[str, dict[str, Counts]]:
        """By kind of unit and measure. The sums of a measure are let go of when it has its counts: all of both would be
        the most that any process of a build holds."""
        people, about, met, of_units = self._people, self._about, self._met, self._unit_counts
        del self._people, self._about, self._met, self._unit_counts
        everybody = self._sum_up(self._people_tables, people)
        eligible = {each: self._sum_up(self._tables, about.pop(each)) for each in tuple(about)}
        reported = {kind: of_kind[ALL].sum(axis=1) > 0 for kind, of_kind in everybody.items()}
        counts = {kind: {PEOPLE: self._get_share(each, each, reported[kind])} for kind, each in everybody.items()}
        for measure, asked_of in self._measures.items():
            of, counted = eligible[asked_of], self._sum_up(self._tables, met.pop(measure))
            for kind in counts:
                counts[kind][measure] = self._get_share(of[kind], counted[kind], reported[kind])
        for measure in self._unit_measures:
            sums = of_units.pop(measure)
            for kind in counts:
                counts[kind][measure] = self._get_sums(sums, kind, reported[kind])
        return counts

    def _sum_up(self, tables: Tables, changes: npt.NDArray[np.int32]) -> dict[str, dict[str, npt.NDArray[np.int64]]]:
        """Kind of unit -> split -> [units, groups, months]."""
        sums: dict[str, dict[str, npt.NDArray[np.int64]]] = {PRACTICE: {}, SMALL_AREA: {}}
        for (kind, split), of_table in tables.split(changes[None]).items():
            sums[kind][split] = self._show(of_table[0])
        return sums

    def _show(self, changes: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Counts in the months shown."""
        return np.ascontiguousarray(sum_changes(changes)[..., self._months])

    def _get_share(
        self,
        denominator: Mapping[str, npt.NDArray[np.int64]],
        numerator: Mapping[str, npt.NDArray[np.int64]],
        reported: npt.NDArray[np.bool_],
    ) -> Counts:
        shares = {
            split: SplitCounts(
                get_groups(split, self._population.segments), denominator[split], numerator[split], reported
            )
            for split in denominator
        }
        if SEGMENT in shares:
            last = np.zeros_like(reported)
            last[:, -1] = reported[:, -1]
            of = shares[SEGMENT]
            denominators, numerators = (np.where(last[:, None], each, 0) for each in (of.denominator, of.numerator))
            shares[SEGMENT] = SplitCounts(of.groups, denominators, numerators, last)
        return shares

    def _get_sums(self, counted: UnitCounts, kind: str, reported: npt.NDArray[np.bool_]) -> Counts:
        counts, parts = {}, get_parts(counted.asked)
        before = get_first_months(counted.asked.over, self._shown) < 0  # the period began before the first month shown
        for (of_kind, split), changes in counted.split().items():
            if of_kind == kind:
                sums = self._show(changes)
                for part in (BEHIND, BEHIND_MISSED):
                    if part in parts:
                        sums[parts.index(part)][..., before] = 0
                counts[split] = SplitCounts(
                    get_groups(split, self._population.segments),
                    sums[0],
                    sums[1],
                    # a unit of somebody who died or left that month counts where nobody may be any more
                    reported | sums.any(axis=(0, 2)),
                    dict(zip(parts[2:], sums[2:], strict=True)),
                )
        return counts

    def _iter_value_counts(self) -> Iterator[tuple[str, ValueCounts]]:
        for measure, each in self._unit_counts.items():
            if each.histograms:
                groups = {split: get_groups(split, self._population.segments) for split in each.histograms}
                rows = {split: histogram.rows(self._months) for split, histogram in each.histograms.items()}
                yield measure, ValueCounts(get_bins(each.asked), groups, rows)
