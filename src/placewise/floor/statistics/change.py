"""How far a series of monthly counts lies above or below itself in an earlier period, with what months vary by."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.mean import get_mean_limits


def get_paired_change(
    after: npt.ArrayLike,
    before: npt.ArrayLike,
    confidence: float = 0.95,
    days: npt.ArrayLike = 1,
    areas: Sequence[str] = (),
) -> Estimate:
    """sum(after) / sum(before) - 1, a share, with an interval from how much the months differ in their change.

    after, before: counts [areas, months], each month beside the same calendar month of the earlier period, so that
    seasons fall out; days: days of the later month for one of the earlier, where February differs. NaN for an area with
    a month missing, or of no count, in either; a count below zero is a ValueError that names the area. With
    d = log(after / before / days) of each of n months, the limits are those of the ratio of the totals times
    exp(-+ t s / sqrt(n)), t of n - 1 degrees of freedom: the months are taken as
    draws of one change, so that a change which wanders makes them too near. Counts of many thousands vary by far more
    than chance of single events, which is why Poisson limits would be worthless here.
    Source: Bland JM, Altman DG, BMJ 1996;312:1153 (differences of logarithms are ratios); t of the mean as in `mean`.
    """
    x, y = (np.atleast_2d(np.asarray(each, dtype=np.float64)) for each in (after, before))
    check_areas((x < 0) | (y < 0), "a count is below zero", areas)
    x = x / np.asarray(days, dtype=np.float64)
    known = np.all((x > 0) & (y > 0), axis=-1)
    x, y = (np.where(np.expand_dims(known, -1), each, np.nan) for each in (x, y))
    apart = np.log(x / y)
    months = np.full(len(x), x.shape[-1])
    mean, lower, upper = get_mean_limits(months, apart.sum(axis=-1), (apart**2).sum(axis=-1), confidence)
    ratio: Floats = x.sum(axis=-1) / y.sum(axis=-1)
    return Estimate(ratio - 1, ratio * np.exp(lower - mean) - 1, ratio * np.exp(upper - mean) - 1)
