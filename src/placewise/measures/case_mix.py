"""Whom each practice looks after: shares of people by age, sex and deprivation together, at the last month.

The splits of the cube stand each for itself, and cannot tell what a practice would have if it did for each of its
people as all practices do. These cells can. They are exact, additive and far too small ever to be shown; room 5 alone
opens them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.encoding import encode
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.count import find_rows
from placewise.floor.timeline.window import Words
from placewise.floor.vocabulary.people import AGE_BAND_STARTS, AGE_BANDS, SEXES
from placewise.measures.contract import PersonFlags
from placewise.measures.difference_counts import Differing
from placewise.measures.packing import add_changes_to, iter_packed, pack_sums, take_changes, to_table
from placewise.measures.splits import FIFTHS
from placewise.population.contract import Population, ShardPopulation

Integers = npt.NDArray[np.int64]

CASE_MIX_FILE = "case_mix.parquet"
GROUPS = len(AGE_BANDS) * len(SEXES) * len(FIFTHS)

CASE_MIX = pa.schema(
    [
        pa.field("measure", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("unit", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("group", pa.int32(), nullable=False),
        pa.field("denominator", pa.int64(), nullable=False),
        pa.field("numerator", pa.int64(), nullable=False),
    ]
)
"""BUILD/cube/case_mix.parquet: a row for each measure, practice and group with anybody in it. group: the place of age
band, sex and deprivation fifth among all of them, the fifth last."""


@dataclass(frozen=True, slots=True)
class CaseMix:
    """numerator, denominator: int64[practices, GROUPS], practices in the order of the cube."""

    numerator: Integers
    denominator: Integers


class CaseMixBuilder:
    """Adds up shards. measures: the shares of people that are counted so; end: the last month, as of Population."""

    def __init__(self, population: Population, measures: Sequence[str], end: int = 0) -> None:
        self._population, self._measures, self._end = population, tuple(measures), end
        self._cells = len(population.practices) * GROUPS

    def count(self, placed: ShardPopulation, flags: PersonFlags) -> pa.Table:
        """The counts of one shard, packed: of each measure whom it is about, then who counts.

        Measures about the same people have one word for them: those are looked for once, and only they for who counts.
        """
        bit, (cell, person) = self._population.end_bit(self._end), self._find_cells(placed)
        counts, packed, at_end = np.zeros(self._cells, np.int32), [], np.full(len(person), bit)
        about: dict[int, tuple[npt.NDArray[np.int32], bytes]] = {}
        for measure in self._measures:
            word = flags.denominator[measure]
            if id(word) not in about:
                rows = find_rows(word, person, at_end)
                _count(counts, cell, person, rows, word, bit, 1)
                about[id(word)] = rows, take_changes(counts)
            rows, eligible = about[id(word)]
            _count(counts, cell, person, rows, flags.numerator[measure], bit, 1)
            packed += [eligible, take_changes(counts)]
        return to_table(packed)

    def count_difference(self, states: Iterable[Differing]) -> pa.Table:
        """As count, of people as they are, less what they counted as they were. They are few, so only their cells are
        looked at."""
        bit, given = self._population.end_bit(self._end), tuple(states)
        found = [self._find_cells(each.placed) for each in given]
        position, place = np.unique(np.concatenate([cell for cell, _ in found]), return_inverse=True)
        places = np.split(place, np.cumsum([len(cell) for cell, _ in found])[:-1])
        rows = [np.arange(len(cell), dtype=np.int32) for cell, _ in found]
        counts, packed = np.zeros(len(position), np.int32), []
        for measure in self._measures:
            for part in ("denominator", "numerator"):
                for each, cell, (_, person), every in zip(given, places, found, rows, strict=True):
                    _count(counts, cell, person, every, getattr(each.flags, part)[measure], bit, each.times)
                changed = np.flatnonzero(counts)
                packed.append(pack_sums(position[changed], counts[changed].astype(np.int64)))
                counts[changed] = 0
        return to_table(packed)

    def _find_cells(self, placed: ShardPopulation) -> tuple[Integers, npt.NDArray[np.int32]]:
        """Of everybody who is there in the last month the cell, and their row."""
        window, spells = self._population.window, placed.spells
        bit = self._population.end_bit(self._end)
        rows = np.flatnonzero(spells.word & bit)
        person = spells.person[rows]
        years = (window.first_month + self._population.last_month(self._end) - placed.birth[person]) // 12
        band = np.searchsorted(np.array(AGE_BAND_STARTS), years, side="right") - 1
        decile = spells.decile[rows].astype(np.int64)
        fifth = np.where(decile == 0, len(FIFTHS) - 1, (decile + 1) // 2 - 1)
        group = (band * len(SEXES) + placed.sex[person]) * len(FIFTHS) + fifth
        return spells.practice[rows] * GROUPS + group, person

    def add_packed(self, packed: pa.Table) -> None:
        for total, each in zip(self._counts.reshape(-1, self._cells), iter_packed(packed), strict=True):
            add_changes_to(total, each)

    def write(self, folder: Path) -> None:
        """Into the folder of the cube, which exists."""
        parts = [CASE_MIX.empty_table()]
        for measure, (denominator, numerator) in zip(self._measures, self._counts, strict=True):
            some = np.flatnonzero(denominator)
            practice, group = np.divmod(some, GROUPS)
            columns = [
                encode(np.zeros(len(some), np.int32), [measure]),
                encode(practice.astype(np.int32), self._population.practices),
                pa.array(group.astype(np.int32)),
                pa.array(denominator[some]),
                pa.array(numerator[some]),
            ]
            parts.append(pa.table(columns, schema=CASE_MIX))
        pq.write_table(pa.concat_tables(parts).unify_dictionaries().combine_chunks(), folder / CASE_MIX_FILE)

    @cached_property
    def _counts(self) -> Integers:
        """[measures, 2, practices x GROUPS], whom a measure is about and who counts."""
        return np.zeros((len(self._measures), 2, self._cells), np.int64)


@compiled
def _count(
    counts: npt.NDArray[np.int32],
    cell: Integers,
    person: npt.NDArray[np.int32],
    rows: npt.NDArray[np.int32],
    word: Words,
    bit: np.uint64,
    times: int,
) -> None:
    """Count those of these rows' people whose word has the bit, so many times each."""
    for row in rows:
        i = np.uint64(row)  # an index with a sign is asked each time whether it counts from the end
        counts[cell[i]] += times * ((word[np.uint64(person[i])] & bit) != 0)


def read_case_mix(cube_folder: Path, practices: Sequence[str]) -> dict[str, CaseMix]:
    """Of every measure that is counted so and is about anybody; of none in a cube from before any was."""
    path = cube_folder / CASE_MIX_FILE
    if not path.is_file():
        return {}
    table = pq.read_table(path)
    measures = table["measure"].unique().to_pylist()
    return {each: _from_table(table.filter(pc.equal(table["measure"], each)), practices) for each in measures}


def _from_table(table: pa.Table, practices: Sequence[str]) -> CaseMix:
    unit = np.asarray(pc.index_in(table["unit"].cast(pa.string()), pa.array(list(practices))))
    place = unit.astype(np.int64) * GROUPS + table["group"].to_numpy()
    counts = np.zeros((2, len(practices) * GROUPS), np.int64)
    counts[:, place] = table["numerator"].to_numpy(), table["denominator"].to_numpy()
    numerator, denominator = counts.reshape(2, len(practices), GROUPS)
    return CaseMix(numerator, denominator)
