"""Which released counts add up to which: areas to the one above, groups to everybody, bands to wider bands, and where
people live to middle areas and to the fifths of deprivation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from placewise.floor.vocabulary import people
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.sums import Sums, build_sums, repeat_sums
from placewise.publishing.attack.view import OUTSIDE, YES, Cell, Table, View

_Row = tuple[int, list[int]]


def find_relations(view: View) -> list[Sums]:
    """Over the bounds of all counts of the view, count after count, cell after cell."""
    at = {cell: place for place, cell in enumerate(view.cells)}
    each_count = [view.place(count) for count in view.counts]
    splits = sorted({split for _, split, _ in view.cells} - {ALL})
    within = [
        build_sums(iter_area_sums(view, at)),
        build_sums(iter_home_sums(view, at)),
        *(build_sums(iter_group_sums(view.cells, at, split)) for split in splits),
        *(build_sums(iter_band_sums(view.cells, at, wide, narrow)) for wide, narrow in NESTED.items()),
    ]
    relations = [repeat_sums(sums, each_count) for sums in within if len(sums.whole)]
    relations += [_build_sums_of_cells(view, table) for table in view.tables]
    relations.append(build_sums(_registers(view, at)))
    return [sums for sums in relations if len(sums.whole)]


def find_sums_of_fifths(view: View) -> list[Sums]:
    """As find_relations, of where people live and the fifths of deprivation: these are rounded apart, so the sums hold
    of the counts and not of their roundings."""
    at = {cell: place for place, cell in enumerate(view.cells)}
    sums = build_sums(iter_fifth_sums(view, at))
    return [repeat_sums(sums, [view.place(count) for count in view.counts])] if len(sums.whole) else []


def iter_area_sums(view: View, at: dict[Cell, int]) -> Iterator[_Row]:
    """An area's cell is the sum of those it is made of, where each of them has one: whole and parts."""
    made_of = defaultdict(list)
    for area, parent in view.parents.items():
        made_of[parent].append(area)
    top = next((area for area, parent in view.parents.items() if not parent), None)
    for (area, split, group), place in at.items():
        parts = [(part, split, group) for part in made_of[area]] if area != OUTSIDE else []
        if area == top and (OUTSIDE, split, group) in at:
            parts.append((OUTSIDE, split, group))
        if all(part in at for part in parts):
            yield place, [at[part] for part in parts]


def iter_home_sums(view: View, at: dict[Cell, int]) -> Iterator[_Row]:
    """A middle area is the sum of its small areas, of those where anybody lives."""
    yield from _iter_sums((((home.parent, ALL, ALL), area) for area, home in view.homes.items()), at)


def iter_fifth_sums(view: View, at: dict[Cell, int]) -> Iterator[_Row]:
    """A fifth of deprivation of the whole system is the sum of its small areas: whoever lives elsewhere is in none."""
    top = next((area for area, parent in view.parents.items() if not parent), "")
    yield from _iter_sums((((top, FIFTH, home.fifth), area) for area, home in view.homes.items()), at)


def _iter_sums(members: Iterable[tuple[Cell, str]], at: dict[Cell, int]) -> Iterator[_Row]:
    """members: the cell of a whole, and an area whose everybody is part of it."""
    parts = defaultdict(list)
    for whole, area in members:
        if whole in at and (area, ALL, ALL) in at:
            parts[at[whole]].append(at[area, ALL, ALL])
    yield from parts.items()


def iter_group_sums(cells: Sequence[Cell], at: dict[Cell, int], split: str) -> Iterator[_Row]:
    """Everybody of an area is the sum of the groups of a split."""
    groups = defaultdict(list)
    for area, of, group in cells:
        if of == split:
            groups[area].append(at[area, of, group])
    for area, parts in groups.items():
        if (area, ALL, ALL) in at:
            yield at[area, ALL, ALL], parts


def iter_band_sums(cells: Sequence[Cell], at: dict[Cell, int], wide: str, narrow: str) -> Iterator[_Row]:
    """A group of a wide split is the sum of those of a narrow one that lie in it."""
    for area, split, group in cells:
        parts = [(area, narrow, part) for part in _BANDS[wide].get(group, ())] if split == wide else []
        if parts and all(part in at for part in parts):
            yield at[area, split, group], [at[part] for part in parts]


def _build_sums_of_cells(view: View, table: Table) -> Sums:
    """Those who met a measure and those it missed are those it is asked of."""
    met, missed, of = table.counts
    if not (met and missed and of):
        return build_sums(())
    cells = np.arange(len(view.cells))
    parts = np.stack([view.place(met) + cells, view.place(missed) + cells], axis=1)
    return Sums(whole=view.place(of) + cells, parts=parts.reshape(-1), of=np.repeat(cells, 2), starts=2 * cells)


def _registers(view: View, at: dict[Cell, int]) -> Iterator[_Row]:
    """The people on a register, counted as a measure and shown as a group of everyone registered."""
    everyone = next(table.counts[2] for table in view.tables if table.name == PEOPLE)
    assert everyone is not None
    for (area, split, group), place in at.items():
        if group == YES and split in view.registers and (area, ALL, ALL) in at:
            yield view.place(everyone) + place, [view.place(view.registers[split]) + at[area, ALL, ALL]]


_OLDEST = 200
FIFTH = "deprivation_fifth"
NESTED = {FIFTH: "deprivation_decile", "life_course": "age_band"}
BY_DEPRIVATION = (FIFTH, NESTED[FIFTH])
"""Whom a group holds depends on the edition of the index."""
_BANDS: dict[str, dict[str, tuple[str, ...]]] = {
    "life_course": {
        stage: tuple(
            band for band, first in zip(people.AGE_BANDS, people.AGE_BAND_STARTS, strict=True) if start <= first < end
        )
        for stage, start, end in zip(
            people.LIFE_COURSE, people.LIFE_COURSE_STARTS, (*people.LIFE_COURSE_STARTS[1:], _OLDEST), strict=True
        )
    },
    "deprivation_fifth": {f"{fifth}": (f"{2 * fifth - 1}", f"{2 * fifth}") for fifth in range(1, 6)}
    | {"not_recorded": ("not_recorded",)},
}
