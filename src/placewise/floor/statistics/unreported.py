"""Zeros that are no counts: months in which a unit published 0 because it did not report."""

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

FALSE_ALARM = 0.05
LEAST_SHARE = 0.1
"""A month is believed to be 0 where a tenth of the unit's usual rate could have given 0."""


def find_unreported(
    counts: npt.ArrayLike, exposure: npt.ArrayLike, *, false_alarm: float = FALSE_ALARM, share: float = LEAST_SHARE
) -> npt.NDArray[np.bool_]:
    """Months whose count of 0 is not believable: bool[units, months].

    counts, exposure: whole numbers [units, months], events and the people among whom they happened (0: no activity).
    Had a month of 0 had no more than `share` of the rate of all the unit's months together, then of the unit's total of
    N events each falls in it with the chance s = share x (the month's part of the people), and none does with
    (1 - s)^N. The month is found where that is under false_alarm divided by the number of months with people in all
    units. A unit that never counts anything is not found: nothing tells its zeros from true ones. Events that come in
    one season only have true zeros in the other, so what is found is to be confirmed by whoever knows the source.
    Source: the conditional binomial of Przyborowski J and Wilenski H, Biometrika 1940;31:313-323.
    """
    x, n = np.asarray(counts, dtype=np.int64), np.asarray(exposure, dtype=np.int64)
    exposed = n > 0
    part = np.where(exposed, n, 0) / np.maximum(np.where(exposed, n, 0).sum(axis=1, keepdims=True), 1)
    total = np.where(exposed, x, 0).sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        none = np.where(total > 0, np.exp(total * np.log1p(-share * part)), 1.0)
    return exposed & (x == 0) & (none * exposed.sum() < false_alarm)
