"""Practices added up to every level of the hierarchy, exactly, before anything is hidden."""

from collections.abc import Sequence

import numpy as np

from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.measures.cube import Counts, SplitCounts
from placewise.measures.contract import ALL


def roll_up(counts: SplitCounts, units: Sequence[str], hierarchy: Hierarchy, level: str) -> tuple[list[str], SplitCounts]:
    """The counts of every organisation of a level, by code: a sum over its practices that reported.

    An area reported in a month if any of its practices did. A practice outside the hierarchy ("practice not recorded")
    counts in the top organisation only.
    """
    areas = sorted(each.code for each in hierarchy.at(level))
    outside = {hierarchy.levels[0]: hierarchy.top.code}
    position = {code: index for index, code in enumerate(areas)}
    homes = [hierarchy.chains.get(unit, outside).get(level, "") for unit in units]
    inside = np.array([home in position for home in homes], dtype=bool)
    area = np.array([position[home] for home in homes if home in position], dtype=np.int64)
    shape = (len(areas), *counts.denominator.shape[1:])
    denominator, numerator = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    reported = np.zeros((shape[0], shape[2]), dtype=bool)
    np.add.at(denominator, area, counts.denominator[inside])
    np.add.at(numerator, area, counts.numerator[inside])
    np.logical_or.at(reported, area, counts.reported[inside])
    return areas, SplitCounts(counts.groups, denominator, numerator, reported)


def get_released_splits(counts: Counts, level: str) -> list[str]:
    """Practices are shown one way, in `all` only; every level above in every split."""
    return [split for split in counts if level != PRACTICE or split == ALL]
