"""How long a medicine lasts: the days its issues cover."""

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.events import Dated, find_starts

Days64 = npt.NDArray[np.int64]


def last_days(dated: Dated, *, carried_over: bool) -> Days64:
    """The last day that each issue covers, from its own first day on. Raises ValueError for events without end dates.

    carried_over: an issue made before the last one is used up begins on the day after it and keeps its length. So the
    last day of issue i is the largest of first_j - 1 + (lengths of j to i) over the issues j up to it: a running
    maximum within each person.
    """
    if dated.end is None:
        raise ValueError("a code list of a table without end dates holds no medicines")
    first = dated.day.astype(np.int64)
    last = np.maximum(first, dated.end.astype(np.int64))
    if not carried_over or not len(first):
        return last
    supplied = np.cumsum(last - first + 1)
    before = supplied - (last - first + 1)
    return supplied - 1 + _running_maximum(first - before, dated.row)


def _running_maximum(values: Days64, row: npt.NDArray[np.int32]) -> Days64:
    """The largest value so far of each person, in entries sorted by person: persons are set apart, so that one pass
    over all of them never carries a value from one to the next."""
    starts = find_starts(row)
    person = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(row))))
    apart = person * (int(values.max()) - int(values.min()) + 1)
    return np.maximum.accumulate(values + apart) - apart
