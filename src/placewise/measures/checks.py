"""What must hold of the cube."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from placewise.floor.checking import Check, hold
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.vocabulary.residence import SMALL_AREA
from placewise.measures.case_mix import read_case_mix
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, SHARE, Counts, Cube
from placewise.measures.rollup import Cells, add_up, find_members, get_cells
from placewise.measures.splits import SEGMENT

ROOM = "measures"


def check_cube(cube: Cube, hierarchy: Hierarchy) -> tuple[Check, ...]:
    """Raises FaultsFound unless met and missed make up the eligible, parts their whole and levels the system."""
    units = cube.units()
    members = {level: find_members(units, hierarchy, level) for level in hierarchy.levels[1:]}
    for measure in cube.measures:
        counts = cube.read(measure)
        is_share = cube.statistic(measure) == SHARE
        for split, of in counts.items():
            told = f"{measure} by {split}: met and missed do not make up the eligible."
            met = (of.numerator >= 0) & (of.numerator <= of.denominator) if is_share else of.denominator >= 0
            hold(ROOM, "met + missed = eligible", bool(np.all(met)), told)
        for split in _find_partial_splits(counts):
            hold(ROOM, "splits sum to all", False, f"{measure} by {split} does not add up to everyone.")
        for split in _find_partial_values(cube, measure, counts):
            hold(ROOM, "splits sum to all", False, f"{measure} by {split}: its values are not one of each counted.")
        cells = get_cells(counts, units, [ALL])
        for level in _find_partial_levels(cells, hierarchy, members):
            hold(ROOM, "levels sum", False, f"{measure}: the figures by {level} do not add up to the system's.")
    return (
        hold(ROOM, "met + missed = eligible", True, "So it is in every cell of every measure."),
        hold(ROOM, "splits sum to all", True, "Every comparison adds up to everyone, in every measure and month."),
        hold(ROOM, "levels sum", True, "Practices add up to every level and to the system."),
        _check_residence(cube),
        _check_case_mix(cube),
    )


def _check_case_mix(cube: Cube) -> Check:
    told = "Practices' people by age, sex and deprivation together add up to all that a measure counts of them."
    for measure, case_mix in read_case_mix(cube.folder, cube.units()).items():
        whole = cube.read(measure)[ALL].at_last_month()
        parts = ((case_mix.denominator, whole.denominator), (case_mix.numerator, whole.numerator))
        if any(np.any(part.sum(axis=1) != all_[:, 0, 0]) for part, all_ in parts):
            return hold(ROOM, "case mix sums to all", False, f"{measure}: it does not add up to everyone.")
    return Check(ROOM, "case mix sums to all", True, told)


def _find_partial_splits(counts: Counts) -> Iterator[str]:
    whole = counts[ALL]
    for split, of in counts.items():
        months = slice(-1, None) if split == SEGMENT else slice(None)
        parts = (of.denominator, of.numerator, *of.more.values())
        wholes = (whole.denominator, whole.numerator, *whole.more.values())
        if any(
            np.any(part.sum(axis=1)[:, months] != all_[:, 0, months]) for part, all_ in zip(parts, wholes, strict=True)
        ):
            yield split


def _find_partial_values(cube: Cube, measure: str, counts: Counts) -> Iterator[str]:
    """Splits of a median in which a histogram holds more or fewer than are counted."""
    if measure not in cube.manifest["value_counts"]:
        return
    of = cube.read_value_counts(measure)
    for split in of.rows:
        by = counts[split].denominator[:, 0] if split == ALL else counts[split].denominator.sum(axis=0)
        if np.any(of.count_all(split, len(by), cube.window.months) != by):
            yield split


def _find_partial_levels(
    cells: Cells, hierarchy: Hierarchy, members: Mapping[str, tuple[tuple[str, ...], npt.NDArray[np.int64]]]
) -> Iterator[str]:
    """Levels whose organisations miss somebody in a practice of the hierarchy. members: as find_members finds."""
    inside = np.array([unit in hierarchy.chains for unit in cells.areas], dtype=bool)
    for level, of_level in members.items():
        rolled = add_up(cells, *of_level)
        sums = ((rolled.more[name], whole) for name, whole in cells.more.items())
        for part, whole in ((rolled.numerator, cells.numerator), (rolled.denominator, cells.denominator), *sums):
            if np.any(part.sum(axis=0) != whole[inside].sum(axis=0)):
                yield level
                break


def _check_residence(cube: Cube) -> Check:
    registered = int(cube.read(PEOPLE)[ALL].denominator[..., -1].sum())
    living = int(cube.read(PEOPLE, SMALL_AREA)[ALL].denominator[..., -1].sum())
    holds = living <= registered
    told = "Nobody" if holds else "Somebody"
    told = f"{told} lives in a small area who is not registered at the last month."
    return hold(ROOM, "addresses within the registered list", holds, told)
