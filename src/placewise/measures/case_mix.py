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
import pyarrow.parquet as pq

from placewise.floor.encoding import decode, encode, get_codes
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.count import find_rows
from placewise.floor.timeline.window import Words
from placewise.floor.vocabulary.people import AGE_BAND_STARTS, AGE_BANDS, SEXES
from placewise.measures.contract import PersonFlags
from placewise.measures.difference_counts import Differing
from placewise.measures.packing import add_changes_to, iter_packed, take_changes, take_sums, to_table
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


def count_case_mix(
    population: Population, measures: Iterable[str], placed: ShardPopulation, flags: PersonFlags
) -> list[pa.Table]:
    """The counts of one shard in each month that a build may end with, packed: of each measure whom it is about, then
    who counts.

    Measures about the same people have one word for them: those are looked for once, and only they for who counts.
    """
    cell, person, held = _find_cells_of_ends(population, placed)
    counts = np.zeros((_count_cells(population), population.ends), np.int32)

    def count(word: Words, rows: npt.NDArray[np.int32]) -> list[bytes]:
        _count(counts, cell, person, held, rows, word, population.last_month(0), 1)
        packed = [take_changes(each) for each in np.ascontiguousarray(counts.T)]
        counts[:] = 0
        return packed

    packed: list[list[bytes]] = []
    about: dict[int, tuple[npt.NDArray[np.int32], list[bytes]]] = {}
    for measure in measures:
        word = flags.denominator[measure]
        if id(word) not in about:
            rows = find_rows(word, person, held)
            about[id(word)] = rows, count(word, rows)
        rows, eligible = about[id(word)]
        packed += [eligible, count(flags.numerator[measure], rows)]
    return [to_table(each[end] for each in packed) for end in range(population.ends)]


def count_case_mix_difference(
    population: Population, measures: Iterable[str], states: Iterable[Differing]
) -> list[pa.Table]:
    """As count_case_mix, of people as they are, less what they counted as they were. They are few, so only their cells
    are looked at."""
    given = tuple(states)
    found = [_find_cells_of_ends(population, each.placed) for each in given]
    position, place = np.unique(np.concatenate([cell for cell, *_ in found]), return_inverse=True)
    places = np.split(place, np.cumsum([len(cell) for cell, *_ in found])[:-1])
    counts = np.zeros((len(position), population.ends), np.int32)

    def count(words: Sequence[Words]) -> list[bytes]:
        for each, cell, (_, person, held), word in zip(given, places, found, words, strict=True):
            rows = find_rows(word, person, held)
            _count(counts, cell, person, held, rows, word, population.last_month(0), each.times)
        return [take_sums(position, of_end) for of_end in counts.T]

    packed: list[list[bytes]] = []
    about: dict[tuple[int, ...], list[bytes]] = {}
    for measure in measures:
        words = [each.flags.denominator[measure] for each in given]
        shared = tuple(map(id, words))
        if shared not in about:
            about[shared] = count(words)
        packed += [about[shared], count([each.flags.numerator[measure] for each in given])]
    return [to_table(each[end] for each in packed) for end in range(population.ends)]


class CaseMixBuilder:
    """Adds up shards. measures: the shares of people that are counted so; end: the last month, as of Population."""

    def __init__(self, population: Population, measures: Sequence[str], end: int = 0) -> None:
        self._population, self._measures, self._end = population, tuple(measures), end
        self._cells = _count_cells(population)

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


def _count_cells(population: Population) -> int:
    return len(population.practices) * GROUPS


def _find_cells(
    population: Population, placed: ShardPopulation, end: int
) -> tuple[Integers, npt.NDArray[np.int32], Words]:
    """Of everybody who is there in the last month the cell, their row and that month."""
    spells, bit = placed.spells, population.end_bit(end)
    rows = np.flatnonzero(spells.word & bit)
    person = spells.person[rows]
    years = (population.window.first_month + population.last_month(end) - placed.birth[person]) // 12
    band = np.searchsorted(np.array(AGE_BAND_STARTS), years, side="right") - 1
    decile = spells.decile[rows].astype(np.int64)
    fifth = np.where(decile == 0, len(FIFTHS) - 1, (decile + 1) // 2 - 1)
    group = (band * len(SEXES) + placed.sex[person]) * len(FIFTHS) + fifth
    return spells.practice[rows] * GROUPS + group, person, np.full(len(rows), bit)


def _find_cells_of_ends(
    population: Population, placed: ShardPopulation
) -> tuple[Integers, npt.NDArray[np.int32], Words]:
    """As _find_cells, with all months that a build may end with, in which nearly everybody stays in their cell."""
    cells = np.full((population.ends, len(placed.person_id)), -1)
    for end, of_end in enumerate(cells):
        cell, person, _ = _find_cells(population, placed, end)
        of_end[person] = cell
    found = []
    for end, of_end in enumerate(cells):
        begins = (of_end >= 0) & ((of_end != cells[end - 1]) if end else True)
        person = np.flatnonzero(begins).astype(np.int32)
        held, stays = np.zeros(len(person), np.uint64), np.ones(len(person), np.bool_)
        for later in range(end, population.ends):
            stays &= cells[later][person] == of_end[person]
            held |= np.where(stays, population.end_bit(later), np.uint64(0))
        found.append((of_end[person], person, held))
    cell, person, held = map(np.concatenate, zip(*found, strict=True))
    return cell, person, held


@compiled
def _count(
    counts: npt.NDArray[np.int32],
    cell: Integers,
    person: npt.NDArray[np.int32],
    held: Words,
    rows: npt.NDArray[np.int32],
    word: Words,
    month: int,
    times: int,
) -> None:
    """Count these rows' people, so many times each, in the months of the row that their word has. counts: [cells,
    months], of the months from this one of the window on."""
    for row in rows:
        i = np.uint64(row)  # an index with a sign is asked each time whether it counts from the end
        months = (word[np.uint64(person[i])] & held[i]) >> np.uint64(month)
        of = counts[np.uint64(cell[i])]
        for k in range(counts.shape[1]):
            of[k] += times * np.int32((months >> np.uint64(k)) & np.uint64(1))


def read_case_mix(cube_folder: Path, practices: Sequence[str]) -> dict[str, CaseMix]:
    """Of every measure that is counted so and is about anybody; of none in a cube from before any was."""
    path = cube_folder / CASE_MIX_FILE
    if not path.is_file():
        return {}
    table = pq.read_table(path)
    measure, words = get_codes(table["measure"])
    place = decode(table["unit"], practices) * GROUPS + table["group"].to_numpy()
    counts = np.zeros((len(words), 2, len(practices) * GROUPS), np.int64)
    for part, column in enumerate(("numerator", "denominator")):
        counts[measure, part, place] = table[column].to_numpy()
    of_measures = counts.reshape(len(words), 2, len(practices), GROUPS)
    return {words[each]: CaseMix(*of_measures[each]) for each in np.unique(measure)}
