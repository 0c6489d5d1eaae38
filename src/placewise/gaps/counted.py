"""The exact counts of all judged shares of people side by side, so that each kind of finding is one sum over arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from placewise.floor.statistics.estimate import Floats
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.gaps.definition import Judged
from placewise.gaps.readings import Readings, read_rounded
from placewise.measures.contract import ALL
from placewise.measures.cube import Cube
from placewise.measures.residence import Homes
from placewise.measures.rollup import Cells, get_cells, roll_up

DEPRIVATION, FIFTHS = "deprivation_fifth", ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Counted:
    """k measures by a areas by m months at one level, exact.

    good, people: float64[k, a, m], of how many people it is as it should be, so that more is better in every measure;
    NaN where nothing was reported or nobody is asked about. The last month is the newest that is settled. readings: the
    same as they are read, exactly unless they were rounded (read_rounded_to).
    good_by_fifth, people_by_fifth: float64[k, a, 5] of that month, from the most to the least deprived fifth; NaN of
    areas where people live, which are counted for everybody alone.
    """

    level: str
    areas: tuple[str, ...]
    good: Floats
    people: Floats
    readings: Readings
    good_by_fifth: Floats
    people_by_fifth: Floats


def iter_counted(cube: Cube, judged: Sequence[Judged], hierarchy: Hierarchy, homes: Homes) -> Iterator[Counted]:
    """One for each level, top first; then middle and small areas, where people live, if the cube counts these by them.
    All are read exactly."""
    by_measure = [get_cells(cube.read(each.measure), cube.units(), [ALL, DEPRIVATION]).reporting for each in judged]
    for level in hierarchy.levels:
        if judged:
            yield _stack(level, [roll_up(each, hierarchy, level) for each in by_measure], judged)
        else:
            areas = tuple(sorted(each.code for each in hierarchy.at(level)))
            nothing, no_fifths = np.zeros((0, len(areas), cube.window.months)), np.zeros((0, len(areas), len(FIFTHS)))
            yield Counted(level, areas, nothing, nothing, Readings.exactly(nothing, nothing), no_fifths, no_fifths)
    if judged and all(homes.counts(each.measure) for each in judged):
        for level in homes.levels:
            yield _stack(level, [homes.get_cells(each.measure, level) for each in judged], judged)


def read_rounded_to(counted: Counted, judged: Sequence[Judged], round_to: int) -> Counted:
    """The same as figures that are rounded to this step may be read. Those of areas that are neither practices nor
    where people live are always read exactly, and come back as they are."""
    if round_to == 1 or not judged or counted.level not in (PRACTICE, *RESIDENCE):
        return counted
    return replace(counted, readings=_read(counted.good, counted.people, judged, round_to))


def _stack(level: str, cells: Sequence[Cells], judged: Sequence[Judged]) -> Counted:
    good, people = (
        np.stack(each) for each in zip(*(_get_good(*pair) for pair in zip(cells, judged, strict=True)), strict=True)
    )
    columns = cells[0].columns
    fifths = [columns.index((DEPRIVATION, fifth)) for fifth in FIFTHS if (DEPRIVATION, fifth) in columns]
    unknown = np.full((*good.shape[:2], len(FIFTHS)), np.nan)
    everyone = columns.index((ALL, ALL))
    return Counted(
        level,
        cells[0].areas,
        good[:, :, everyone],
        people[:, :, everyone],
        _read(good[:, :, everyone], people[:, :, everyone], judged, 1),
        good[:, :, fifths, -1] if fifths else unknown,
        people[:, :, fifths, -1] if fifths else unknown,
    )


def _read(good: Floats, people: Floats, judged: Sequence[Judged], round_to: int) -> Readings:
    """What is shown are numerators and denominators, whichever of met and missed is good."""
    read = [
        read_rounded(
            of_good if each.higher_is_better else of - of_good, of, round_to, higher_is_better=each.higher_is_better
        )
        for of_good, of, each in zip(good, people, judged, strict=True)
    ]
    parts = ([getattr(each, field.name) for each in read] for field in fields(Readings))
    return Readings(*(np.stack(each) for each in parts))


def _get_good(cells: Cells, judged: Judged) -> tuple[Floats, Floats]:
    """float64[a, c, m] twice: how many are as they should be, and of how many. Months not yet settled are left out, and
    the others move up, so that the last is settled."""
    good = cells.numerator if judged.higher_is_better else cells.denominator - cells.numerator
    known = cells.reported & (cells.denominator > 0)
    settled = cells.denominator.shape[-1] - judged.settles_after
    found = np.full((2, *known.shape), np.nan)
    for place, counts in enumerate((good, cells.denominator)):
        found[place, ..., judged.settles_after :] = np.where(known, counts, np.nan)[..., :settled]
    return found[0], found[1]
