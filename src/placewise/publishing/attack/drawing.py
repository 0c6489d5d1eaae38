"""One round of drawing bounds closer by a set of sums, compiled: import this module late, as Numba takes a second."""

from typing import Any

import numpy as np
from numba import njit, types

_Places = types.int64[::1]
_Bounds = types.int64[:, ::1]


def _compile(answer: Any, *given: Any) -> Any:
    return njit(answer(*given), nogil=True, cache=True, error_model="numpy")


@_compile(types.boolean, _Bounds, _Bounds, _Places, _Places, _Places, _Places, types.int64, types.int64)
def tighten(lower, upper, whole, parts, starts, changed, since, now):
    """Draw lower and upper, int64[counts, months], as close as these sums tell, in place; whether any came closer.

    A part is what is left of the whole when the other parts are taken away; a whole is all its parts: as they were when
    the round began. changed: when each count came closer last, written here as `now`; sums of which none did since
    `since` tell nothing new and are left out. whole, parts, starts: as Sums has them, with where the last one ends.
    """
    months = lower.shape[1]
    asked = np.empty(len(whole), np.int64)
    many = 0
    for this in range(len(whole)):
        is_new = changed[whole[this]] >= since
        for at in range(starts[this], starts[this + 1]):
            if is_new:
                break
            is_new = changed[parts[at]] >= since
        if is_new:
            asked[many] = this
            many += 1
    least, most = np.zeros((many, months), np.int64), np.zeros((many, months), np.int64)
    whole_least, whole_most = np.empty((many, months), np.int64), np.empty((many, months), np.int64)
    for place in range(many):
        this = asked[place]
        whole_least[place, :] = lower[whole[this]]
        whole_most[place, :] = upper[whole[this]]
        for at in range(starts[this], starts[this + 1]):
            part = parts[at]
            for month in range(months):
                least[place, month] += lower[part, month]
                most[place, month] += upper[part, month]
    closer = False
    for place in range(many):
        this = asked[place]
        for at in range(starts[this], starts[this + 1]):
            part, came = parts[at], False
            for month in range(months):
                low, high = lower[part, month], upper[part, month]
                at_least = whole_least[place, month] - most[place, month] + high
                at_most = whole_most[place, month] - least[place, month] + low
                if at_least > low:
                    lower[part, month], came = at_least, True
                if at_most < high:
                    upper[part, month], came = at_most, True
            if came:
                changed[part], closer = now, True
    for place in range(many):
        count, came = whole[asked[place]], False
        for month in range(months):
            if least[place, month] > lower[count, month]:
                lower[count, month], came = least[place, month], True
            if most[place, month] < upper[count, month]:
                upper[count, month], came = most[place, month], True
        if came:
            changed[count], closer = now, True
    return closer
