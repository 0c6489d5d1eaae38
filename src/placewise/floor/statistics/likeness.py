"""How alike areas are in who lives there, so that an area can be compared with others like it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats


def get_distances(traits: Sequence[npt.ArrayLike]) -> Floats:
    """float64[areas, areas]: how far each area is from each other, 0 for areas that are the same.

    traits: one array [areas, variables] for each trait (age, deprivation ...), of numbers; each trait weighs the same,
    however many variables tell it. A variable is standardised over the areas (less its mean, over its standard
    deviation); one that is the same everywhere tells nothing. The distance is the root of the mean over traits of the
    mean square difference of their variables. A number that is not known (NaN) counts as the mean of the areas. Areas
    that are no areas at all, or a trait without variables, are a ValueError.
    Source: Euclidean distance of standardised variables, as the NHS Model Health System finds peers of integrated care
    boards and CIPFA the nearest neighbours of councils.
    """
    if not traits:
        raise ValueError("no trait was given by which areas are alike")
    parts = [_get_mean_squares(np.asarray(each, dtype=np.float64)) for each in traits]
    return np.asarray(np.sqrt(np.mean(parts, axis=0)))


def find_nearest(distances: Floats, most: int) -> npt.NDArray[np.int64]:
    """int64[areas, k]: the places of the areas nearest to each, itself left out, the nearest first; k is `most`, or all
    the others where they are fewer. Equals stand in the order of the areas."""
    others = np.array(distances, dtype=np.float64)
    np.fill_diagonal(others, np.inf)
    return np.argsort(others, axis=1, kind="stable")[:, : min(most, len(others) - 1)]


def _get_mean_squares(trait: Floats) -> Floats:
    if trait.ndim != 2 or not trait.size:
        raise ValueError("a trait is a table of areas by variables, and has one or more of each")
    spread, middle = np.nanstd(trait, axis=0), np.nanmean(trait, axis=0)
    standard = np.divide(trait - middle, spread, out=np.zeros_like(trait), where=spread > 0)
    standard = np.nan_to_num(standard)
    square = (standard**2).sum(axis=1)
    apart = square[:, None] + square[None, :] - 2 * standard @ standard.T
    return np.asarray(np.maximum(apart, 0.0) / trait.shape[1])
