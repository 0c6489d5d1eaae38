"""Events prevented by treating people, from the number needed to treat.

A number needed to treat belongs to one event, one time and one kind of patient: what it yields must not be added to
what another yields over another time, nor where the same stroke would be prevented twice.
"""

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats


def get_number_needed_to_treat(risk: npt.ArrayLike, relative_reduction: npt.ArrayLike) -> Floats:
    """People to treat for one event less: 1 / (risk x relative reduction), not rounded.

    risk: of the event untreated, 0 to 1, over the time that the answer then is for; relative_reduction: 0 to 1. NaN
    where nothing is prevented. Raises ValueError for either outside 0 to 1.
    Source: Laupacis A and others, N Engl J Med 1988;318:1728-1733.
    """
    before, share = (np.asarray(each, dtype=np.float64) for each in (risk, relative_reduction))
    if np.any((before < 0) | (before > 1)) or np.any((share < 0) | (share > 1)):
        raise ValueError("a risk or its reduction is not between 0 and 1")
    prevented = before * share
    return 1 / np.where(prevented > 0, prevented, np.nan)


def get_events_prevented(people: npt.ArrayLike, number_needed_to_treat: npt.ArrayLike) -> Floats:
    """people / number needed to treat, not rounded: sums and ranges first, rounding last.

    people: those newly treated, the ones already protected and the ones who decline left out.
    """
    return np.asarray(people, dtype=np.float64) / np.asarray(number_needed_to_treat, dtype=np.float64)


def get_whole_events(events: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Rounded for the reader, halves up, where NumPy would round them to even."""
    return np.floor(np.asarray(events, dtype=np.float64) + 0.5).astype(np.int64)
