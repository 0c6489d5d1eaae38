"""Between which multiples each count may be rounded by itself, and which of them it is given by preference.

Numbers are in steps: multiples of the rule's `round_to`. A shown count is one of its two neighbouring multiples, or the
smallest that is not small where those are smaller; a multiple stays. A hidden count has a multiple too, that sums come
right with and nobody sees: for a small one the largest that is small, so that a reader who works it out knows no more
than that it may be any small number.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled
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
    was shown as before, or -1, which it stays where that is one of its multiples. All of one shape, [rows, columns]."""
    low, high = np.empty(exact.shape, np.int64), np.empty(exact.shape, np.int64)
    aim, weight, dear = (np.empty(exact.shape) for _ in range(3))
    steps = rule.round_to, rule.suppress_below, get_smallest_shown(rule), UNBOUNDED
    _set_windows((exact, shown, told, before), steps, (low, high), (aim, weight, dear))
    return Windows(low, high, aim, weight, dear)


@compiled
def _set_windows(
    given: tuple[Floats, Mask, Mask, Integers],
    steps: tuple[int, int, int, int],
    ranges: tuple[Integers, Integers],
    costs: tuple[Floats, Floats, Floats],
) -> None:
    """One number after the other: NumPy would pass over all of them thirty times."""
    exact, shown, told, before = given
    step, suppress_below, smallest, unbounded = steps
    for row in range(exact.shape[0]):
        for column in range(exact.shape[1]):
            is_known, is_shown = not np.isnan(exact[row, column]), shown[row, column]
            count = exact[row, column] if is_known else 0.0
            low, high = int(np.floor(count / step)), int(np.ceil(count / step))
            aim, weight = count, 1.0 if is_shown else _HIDDEN_WEIGHT
            if is_shown and count > 0:
                low, high = max(low, smallest), max(high, smallest)
            if not is_shown and 0 < count < suppress_below:
                high = min(high, smallest - 1)
                low = min(low, high)
                aim, weight = float((smallest - 1) * step), _SMALL_WEIGHT
            shown_as = before[row, column]
            if is_shown and low * step <= shown_as <= high * step:
                aim, weight = float(shown_as), _BEFORE_WEIGHT
            dear = SHOWN_DEAR if is_shown else HIDDEN_DEAR if told[row, column] else _UNTOLD_DEAR
            ranges[0][row, column] = low
            ranges[1][row, column] = high if is_known else unbounded
            costs[0][row, column] = aim
            costs[1][row, column] = weight if is_known else 0.0
            costs[2][row, column] = dear if is_known else 0.0
