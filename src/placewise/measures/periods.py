"""Months added up: the 12 months up to each, or its financial year so far."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.runs import APRIL
from placewise.floor.timeline.window import Window, Words
from placewise.measures.rollup import Cells

Integers = npt.NDArray[np.int64]

_LONGEST = 12
"""Months in a period, at most."""
BEHIND, BEHIND_MISSED = "people_behind", "people_behind_missed"
"""Sums of how many people the units that count are of, and those that do not: in the whole period, each month anew, and
so never added up. Somebody whose units count and who is registered no more is not among them."""


def get_first_months(over: str, window: Window) -> Integers:
    """For each month of the window, the first that its period adds up: below 0 where that was before the window.

    over: as in unit_measure.py.
    """
    month = np.arange(window.months)
    if over == "12 months":
        return month - 11
    return month - (window.first_month + month - APRIL) % 12 if over == "financial year" else month


def prolong(word: Words, over: str, window: Window) -> Words:
    """Of months as bits, all the months in whose period they lie."""
    month, first = np.arange(window.months), get_first_months(over, window)
    prolonged = np.zeros_like(word)
    for back in range(_LONGEST):
        reached = np.uint64(1) << month[month - back >= first].astype(np.uint64)
        prolonged |= (word << np.uint64(back)) & np.bitwise_or.reduce(reached, initial=np.uint64(0))
    return prolonged


def add_up(counts: Integers, first: Integers) -> Integers:
    """Of counts whose last axis is the months, the sum of each period. A period from before the window is cut short."""
    total = np.concatenate([np.zeros((*counts.shape[:-1], 1), np.int64), np.cumsum(counts, axis=-1)], axis=-1)
    return total[..., 1:] - total[..., np.maximum(first, 0)]


def add_up_cells(cells: Cells, over: str, window: Window, *, of_people: bool) -> Cells:
    """Cells of months as cells of periods.

    of_people: whether it is a rate of people, who become the mean of the months, to the nearest one.
    A period that began before the window has no data: it would look smaller than it is.
    """
    if over == "month":
        return cells
    first = get_first_months(over, window)
    months = np.arange(window.months) - first + 1

    def add_people(counts: Integers) -> Integers:
        summed = add_up(counts, first)
        return (2 * summed + months) // (2 * months) if of_people else summed

    return replace(
        cells,
        denominator=add_people(cells.denominator),
        numerator=add_up(cells.numerator, first),
        reported=cells.reported & (first >= 0),
        more={name: sums if name in (BEHIND, BEHIND_MISSED) else add_people(sums) for name, sums in cells.more.items()},
    )
