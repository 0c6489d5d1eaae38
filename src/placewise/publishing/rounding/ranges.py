"""What sums leave of the ranges that counts are rounded within, compiled: import this module late, as flows.py.

Each range is drawn as close as the sums it is part or whole of tell, until none tells more. Where two ranges have
nothing in common both stay, since the count concerned will have no neighbour left and is hidden for that.
"""

from typing import Any

import numpy as np
from numba import njit, types

_Places = types.int32[::1]
_Many = types.int64[:, ::1]
_Flags = types.boolean[::1]

ROUNDS = 60
"""How often each sum is looked at, at most: a limit of work, so that every machine draws the same ranges."""


def _compile(answer: Any, *given: Any) -> Any:
    return njit(answer(*given), nogil=True, cache=True, error_model="numpy")


@_compile(types.void, types.UniTuple(_Places, 5), types.boolean[:, ::1], _Many, _Many, _Flags)
def draw_together(sums, known, low, high, changed):
    """low, high: int64[months, cells], in place; sums: starts, parts, whole, of_starts, of, as problem.py has them;
    known: bool[months, cells]. A whole that nobody knows binds nothing. changed: bool[cells], whose ranges are not as
    an earlier call left them: every cell's at first."""
    starts, parts, whole, of_starts, of = sums
    many = len(whole)
    queue, queued = np.empty(many + 1, np.int64), np.zeros(many, np.bool_)
    asked = np.zeros(many, np.bool_)
    for count in range(len(changed)):
        if changed[count]:
            for place in range(of_starts[count], of_starts[count + 1]):
                asked[of[place]] = True
    for month in range(low.shape[0]):
        least_of, most_of, known_of = low[month], high[month], known[month]
        least_was, most_was = low[month].copy(), high[month].copy()
        head, waiting, torn = 0, 0, False
        for this in range(many):
            if asked[this] and known_of[whole[this]]:
                queue[waiting], queued[this] = this, True
                waiting += 1
        left = ROUNDS * many
        while waiting > 0 and left > 0:
            left -= 1
            this = queue[head]
            head = head + 1 if head < many else 0
            waiting -= 1
            queued[this] = False
            total, begin, end = whole[this], starts[this], starts[this + 1]
            least = most = 0
            for at in range(begin, end):
                least += least_of[parts[at]]
                most += most_of[parts[at]]
            for at in range(begin - 1, end):
                if at < begin:
                    count, closer, lower = total, least, most
                else:
                    count = parts[at]
                    closer = least_of[total] - (most - most_of[count])
                    lower = most_of[total] - (least - least_of[count])
                was_low, was_high = least_of[count], most_of[count]
                closer, lower = max(closer, was_low), min(lower, was_high)
                if closer > lower:
                    left, torn = 0, True
                    break
                if closer == was_low and lower == was_high:
                    continue
                least_of[count], most_of[count] = closer, lower
                if at >= begin:
                    least += closer - was_low
                    most += lower - was_high
                for place in range(of_starts[count], of_starts[count + 1]):
                    other = of[place]
                    if other != this and not queued[other] and known_of[whole[other]]:
                        queued[other] = True
                        queue[(head + waiting) % (many + 1)] = other
                        waiting += 1
        for at in range(waiting):
            queued[queue[(head + at) % (many + 1)]] = False
        if torn:
            least_of[:], most_of[:] = least_was, most_was
