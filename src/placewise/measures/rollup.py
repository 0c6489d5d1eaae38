"""Practices added up to every level of the hierarchy, exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.measures.cube import Counts

Number = TypeVar("Number", np.int64, np.bool_)


@dataclass(frozen=True, slots=True)
class Cells:
    """Counts of every split side by side: c columns, one a split and group, for a areas and m months.

    columns: (split, group) in the order to show; denominator, numerator: int64[a, c, m]; reported: bool[a, c, m]; more:
    further sums of a measure that is no share of people, each int64[a, c, m].
    """

    areas: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    denominator: npt.NDArray[np.int64]
    numerator: npt.NDArray[np.int64]
    reported: npt.NDArray[np.bool_]
    more: Mapping[str, npt.NDArray[np.int64]] = field(default_factory=dict)

    @property
    def reporting(self) -> "Cells":
        """Without the areas that reported nothing in any month."""
        kept = np.flatnonzero(self.reported.any(axis=(1, 2)))
        if len(kept) == len(self.areas):
            return self
        areas = tuple(self.areas[area] for area in kept)
        more = {name: sums[kept] for name, sums in self.more.items()}
        return Cells(areas, self.columns, self.denominator[kept], self.numerator[kept], self.reported[kept], more)


def get_cells(counts: Counts, units: Sequence[str], splits: Sequence[str]) -> Cells:
    """The named splits of a measure side by side."""
    chosen = [counts[split] for split in splits]
    return Cells(
        tuple(units),
        tuple((split, group) for split in splits for group in counts[split].groups),
        np.concatenate([each.denominator for each in chosen], axis=1),
        np.concatenate([each.numerator for each in chosen], axis=1),
        np.concatenate([np.broadcast_to(each.reported[:, None, :], each.numerator.shape) for each in chosen], axis=1),
        {name: np.concatenate([each.more[name] for each in chosen], axis=1) for name in chosen[0].more},
    )


def at_last_month(cells: Cells) -> Cells:
    """The last month alone."""
    more = {name: sums[..., -1:] for name, sums in cells.more.items()}
    return Cells(
        cells.areas,
        cells.columns,
        cells.denominator[..., -1:],
        cells.numerator[..., -1:],
        cells.reported[..., -1:],
        more,
    )


def roll_up(cells: Cells, hierarchy: Hierarchy, level: str) -> Cells:
    """The cells of every organisation of a level, by code: a sum over its practices that reported.

    An area reported in a month if any of its practices did. A practice outside the hierarchy ("practice not recorded")
    counts in the top organisation only.
    """
    return add_up(cells, *find_members(cells.areas, hierarchy, level))


def add_up(cells: Cells, areas: tuple[str, ...], home: npt.NDArray[np.int64]) -> Cells:
    """The cells of larger areas. home: of each of the cells' areas the place of its larger one, or -1."""
    inside = np.argsort(home, kind="stable")[np.count_nonzero(home < 0) :]
    first = np.flatnonzero(np.diff(home[inside], prepend=-1))

    def total(values: npt.NDArray[Number], add: np.ufunc) -> npt.NDArray[Number]:
        added = np.zeros((len(areas), *values.shape[1:]), values.dtype)
        if len(first):
            added[home[inside[first]]] = add.reduceat(values[inside], first, axis=0)
        return added

    return Cells(
        areas,
        cells.columns,
        total(cells.denominator, np.add),
        total(cells.numerator, np.add),
        total(cells.reported, np.logical_or),
        {name: total(sums, np.add) for name, sums in cells.more.items()},
    )


def find_members(
    units: Sequence[str], hierarchy: Hierarchy, level: str
) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """The organisations of a level, by code, and for each practice the place of its own among them, or -1."""
    areas = tuple(sorted(each.code for each in hierarchy.at(level)))
    outside = {hierarchy.levels[0]: hierarchy.top.code}
    position = {code: index for index, code in enumerate(areas)}
    homes = [hierarchy.chains.get(unit, outside).get(level, "") for unit in units]
    return areas, np.array([position.get(home, -1) for home in homes], dtype=np.int64)
