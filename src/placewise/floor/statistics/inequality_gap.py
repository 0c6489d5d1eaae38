"""The inequality gap between two groups: how much, and how many times."""

from collections.abc import Sequence

import numpy as np

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Estimate


def get_absolute_gap(first: Estimate, second: Estimate) -> Estimate:
    """first - second, in their unit, with limits recovered from those of both (MOVER).

    first, second: of one shape and one confidence, of different people. With values a and b and limits l and u,

        a - b - sqrt((a - la)^2 + (ub - b)^2)  and  a - b + sqrt((ua - a)^2 + (b - lb)^2)

    So limits of any kind serve, also those that are not of one length on both sides: of two proportions with Wilson's
    limits it is Newcombe's hybrid score interval. NaN where either is.
    Source: Newcombe RG, Stat Med 1998;17:873-890 (method 10); Zou GY, Donner A, Stat Med 2008;27:1693-1702.
    """
    gap = first.value - second.value
    below = np.hypot(first.value - first.lower, second.upper - second.value)
    above = np.hypot(first.upper - first.value, second.value - second.lower)
    return Estimate(gap, gap - below, gap + above)


def get_relative_gap(first: Estimate, second: Estimate, areas: Sequence[str] = ()) -> Estimate:
    """first / second, with limits recovered from those of both (MOVER-R).

    With values a and b and limits l and u, of one shape and confidence and of different people,

        lower = la (2 a - la) / (a b + sqrt((a b)^2 - la ub (2 a - la) (2 b - ub)))
        upper = (a b + sqrt((a b)^2 - ua lb (2 a - ua) (2 b - lb))) / (lb (2 b - lb))

    A second value of 0 gives NaN; one whose lower limit is 0 has an upper limit of infinity. A value below zero or a
    lower limit below zero has no ratio: ValueError that names the area.
    Source: Donner A, Zou GY, Stat Methods Med Res 2012;21:347-359.
    """
    a, la, ua = first.value, first.lower, first.upper
    b, lb, ub = second.value, second.lower, second.upper
    check_areas((a < 0) | (la < 0) | (b < 0) | (lb < 0), "a ratio is asked for of what may be below zero", areas)
    with np.errstate(divide="ignore", invalid="ignore"):
        product = a * b
        lower_root = np.sqrt(np.maximum(product**2 - la * ub * (2 * a - la) * (2 * b - ub), 0.0))
        upper_root = np.sqrt(np.maximum(product**2 - ua * lb * (2 * a - ua) * (2 * b - lb), 0.0))
        lower = np.where(la > 0, la * (2 * a - la) / (product + lower_root), 0.0)
        upper = np.where(lb > 0, (product + upper_root) / (lb * (2 * b - lb)), np.inf)
        found = Estimate(a / b, lower, upper)
    return found.blanked((b == 0) | np.isnan(a + la + ua + b + lb + ub))
