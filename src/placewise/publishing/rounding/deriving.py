"""What follows from counts that are known: the whole of a sum from its parts, or the one part that is not known."""

from collections.abc import Sequence
from functools import partial
from os import cpu_count

import numpy as np
import numpy.typing as npt

from placewise.floor.threads import do_each
from placewise.floor.timeline.compiled import compiled
from placewise.publishing.attack.sums import Integers, Sums
from placewise.publishing.rounding.windows import Floats

_MOST_ROUNDS = 20


def derive(exact: Floats, relations: Sequence[Sums]) -> None:
    """Fill, in place, what follows. exact: [counts, months], NaN where unknown; relations: sums of its rows."""
    do_each(partial(_derive, relations), np.array_split(exact, cpu_count() or 1, axis=1))


def _derive(relations: Sequence[Sums], exact: Floats) -> None:
    """Of some months, until nothing more follows."""
    laid_out = [(sums.whole, sums.parts, np.append(sums.starts, len(sums.parts))) for sums in relations]
    found_in, looked_at = np.zeros(len(exact), np.int64), [0] * len(relations)
    now = 0
    for _ in range(_MOST_ROUNDS):
        found = False
        for place, sums in enumerate(laid_out):
            since, now = looked_at[place], now + 1
            looked_at[place] = now
            found |= _look_once(exact, sums, found_in, since, now)
        if not found:
            return


@compiled
def _look_once(
    exact: Floats,
    sums: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]],
    found_in: Integers,
    since: int,
    now: int,
) -> bool:
    """Whether anything was found. sums: whole, parts, and where the parts of each begin, with where the last one's end;
    found_in: when something of each row was found last, written here as `now`. Sums of which nothing was found since
    `since` tell nothing new."""
    whole, parts, starts = sums
    months = exact.shape[1]
    lacking, lacks, total = np.empty(months, np.int64), np.empty(months, np.int64), np.empty(months)
    found = False
    for this in range(len(whole)):
        is_new = found_in[whole[this]] >= since
        for at in range(starts[this], starts[this + 1]):
            if is_new:
                break
            is_new = found_in[parts[at]] >= since
        if not is_new:
            continue
        lacking[:] = 0
        total[:] = 0.0
        for at in range(starts[this], starts[this + 1]):
            for month in range(months):
                number = exact[parts[at], month]
                if np.isnan(number):
                    lacking[month] += 1
                    lacks[month] = parts[at]
                else:
                    total[month] += number
        for month in range(months):
            of = exact[whole[this], month]
            row = -1
            if np.isnan(of) and lacking[month] == 0:
                row, number = whole[this], total[month]
            elif not np.isnan(of) and lacking[month] == 1:
                row, number = lacks[month], max(of - total[month], 0.0)
            if row >= 0:
                exact[row, month] = number
                found_in[row] = now
                found = True
    return found
