"""What must hold of the cube."""

from collections.abc import Iterator

import numpy as np

from placewise.floor.checking import Check, hold
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, SMALL_AREA, Counts, Cube
from placewise.measures.rollup import Cells, get_cells, roll_up
from placewise.measures.splits import SEGMENT

ROOM = "measures"


def check_cube(cube: Cube, hierarchy: Hierarchy) -> tuple[Check, ...]:
    """Raises FaultsFound unless met and missed make up the eligible, parts their whole and levels the system."""
    for measure in cube.measures:
        counts = cube.read(measure)
        for split, of in counts.items():
            told = f"{measure} by {split}: met and missed do not make up the eligible."
            hold(
                ROOM,
                "met + missed = eligible",
                bool(np.all((of.numerator >= 0) & (of.numerator <= of.denominator))),
                told,
            )
        for split in _find_partial_splits(counts):
            hold(ROOM, "splits sum to all", False, f"{measure} by {split} does not add up to everyone.")
        cells = get_cells(counts, cube.units(), [ALL])
        for level in _find_partial_levels(cells, hierarchy):
            hold(ROOM, "levels sum", False, f"{measure}: the figures by {level} do not add up to the system's.")
    return (
        hold(ROOM, "met + missed = eligible", True, "So it is in every cell of every measure."),
        hold(ROOM, "splits sum to all", True, "Every comparison adds up to everyone, in every measure and month."),
        hold(ROOM, "levels sum", True, "Practices add up to every level and to the system."),
        _check_residence(cube),
    )


def _find_partial_splits(counts: Counts) -> Iterator[str]:
    whole = counts[ALL]
    for split, of in counts.items():
        months = slice(-1, None) if split == SEGMENT else slice(None)
        parts = (of.denominator.sum(axis=1), of.numerator.sum(axis=1))
        wholes = (whole.denominator[:, 0], whole.numerator[:, 0])
        if any(np.any(part[:, months] != all_[:, months]) for part, all_ in zip(parts, wholes, strict=True)):
            yield split


def _find_partial_levels(cells: Cells, hierarchy: Hierarchy) -> Iterator[str]:
    """Levels whose organisations miss somebody who is in a practice of the hierarchy."""
    inside = np.array([unit in hierarchy.chains for unit in cells.areas], dtype=bool)
    for level in hierarchy.levels[1:]:
        rolled = roll_up(cells, hierarchy, level)
        for part, whole in ((rolled.numerator, cells.numerator), (rolled.denominator, cells.denominator)):
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
