"""Between which multiples each count may be rounded by itself, and which of them it is given by preference.

Numbers are in steps: multiples of the rule's `round_to`. A shown count is one of its two neighbouring multiples, or the
smallest that is not small where those are smaller; a multiple stays. A hidden count has a multiple too, that sums come
right with and nobody sees: for a small one the largest that is small, so that a reader who works it out knows no more
than that it may be any small number.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.publishing.attack.sums import UNBOUNDED, Integers
from placewise.publishing.attack.view import Rule

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

SHOWN_DEAR, HIDDEN_DEAR = 1000.0, 20.0
"""What a step beyond the neighbours costs. A shown count that has to go there anyway is not shown."""
_UNTOLD_DEAR = 100.0
"""Of counts that no table has and others are parts of: without a neighbour themselves they would leave those none."""
_SMALL_WEIGHT, _HIDDEN_WEIGHT = 2.0, 0.1
_BEFORE_WEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class Windows:
    """low, high: int64, in steps; aim: the number it should be near; weight: what a unit away costs; dear: what a step
    beyond low and high does. Arrays of one shape."""

    low: Integers
    high: Integers
    aim: Floats
    weight: Floats
    dear: Floats


def get_smallest_shown(rule: Rule) -> int:
    """In steps: what the smallest counts that are shown are rounded to, and never to less."""
    return -(-rule.suppress_below // rule.round_to)


def get_windows(exact: Floats, shown: Mask, told: Mask, before: Integers, rule: Rule) -> Windows:
    """exact: NaN where nobody knows it; told: whether a cell of a release tells of it, shown or hidden; before: what it
    was shown as before, or -1, which it stays where that is one of its multiples."""
    step, smallest = rule.round_to, get_smallest_shown(rule)
    known = ~np.isnan(exact)
    count = np.where(known, exact, 0.0)
    low, high = np.floor(count / step).astype(np.int64), np.ceil(count / step).astype(np.int64)
    somebody, small = count > 0, (count > 0) & (count < rule.suppress_below)
    low = np.where(shown & somebody, np.maximum(low, smallest), low)
    high = np.where(shown & somebody, np.maximum(high, smallest), high)
    high = np.where(~shown & small, np.minimum(high, smallest - 1), high)
    low = np.minimum(low, high)
    aim = np.where(~shown & small, float((smallest - 1) * step), count)
    weight = np.where(shown, 1.0, np.where(small, _SMALL_WEIGHT, _HIDDEN_WEIGHT))
    stays = shown & (before >= low * step) & (before <= high * step)
    aim, weight = np.where(stays, before, aim), np.where(stays, _BEFORE_WEIGHT, weight)
    dear = np.where(shown, SHOWN_DEAR, np.where(told, HIDDEN_DEAR, _UNTOLD_DEAR))
    high = np.where(known, high, UNBOUNDED)
    return Windows(low, high, aim, np.where(known, weight, 0.0), np.where(known, dear, 0.0))
