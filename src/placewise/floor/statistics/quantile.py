"""Quantiles of areas: tenths, fifths and other groups of the same number of areas, by rank."""

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats


def get_quantile_groups(
    values: npt.ArrayLike, groups: int, within: npt.ArrayLike | None = None, highest_first: bool = True
) -> Floats:
    """The quantile of each area, from 1 to `groups`: 1 holds the highest values, or the lowest if told.

    values: [area], NaN where there is none; within: [area], a label of any kind, the areas are ranked among those of
    the same label. Of n values, equal ones share the lowest rank r, and the quantile is
    groups + 1 - ceil((n + 1 - r) groups / n), in whole numbers, so that no rounding moves an area at an edge.
    NaN for an area without a value, and for all areas of a label with fewer values than groups.
    Source: the rule of Fingertips (Office for Health Improvement and Disparities).
    """
    value = np.asarray(values, dtype=np.float64)
    if groups < 1:
        raise ValueError(f"areas cannot be put in {groups} groups")
    labels = np.zeros(value.shape, dtype=np.int64) if within is None else np.asarray(within)
    _, label = np.unique(labels, return_inverse=True)
    known = np.flatnonzero(~np.isnan(value))
    ordered = known[np.lexsort((-value[known] if highest_first else value[known], label[known]))]
    number = np.bincount(label[known], minlength=label.max(initial=-1) + 1)
    first = np.concatenate([[0], np.cumsum(number)])[label[ordered]]
    place = np.arange(len(ordered))
    same = np.zeros(len(ordered), dtype=bool)
    same[1:] = (np.diff(value[ordered]) == 0) & (np.diff(label[ordered]) == 0)
    rank = np.maximum.accumulate(np.where(same, 0, place)) - first + 1
    n = number[label[ordered]]
    found = np.full(value.shape, np.nan)
    found[ordered] = np.where(n >= groups, groups + 1 - -(-(n + 1 - rank) * groups // n), np.nan)
    return found
