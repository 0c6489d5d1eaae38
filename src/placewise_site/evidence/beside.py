"""How an area's figure stands beside the whole system's, in one word: worked out again from the released numbers.

A figure is called better or worse where the whole system's lies outside the area's 99.8% limits, and perhaps so where
it lies outside the 95% limits only: chance alone puts one area in twenty there. So two words tell what needs an answer
from what needs another look, and anybody can check them from the released counts.
"""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.funnel import (
    ALARM,
    WARNING,
    Significance,
    get_proportion_significance,
    get_rate_significance,
)
from placewise.floor.statistics.normal import get_z
from placewise.publishing.contract import HIDDEN, NO_DATA
from placewise_site.evidence.cells import Cell

RULE = (
    "Better or worse: the whole system's figure lies outside the area's 99.8% limits. Perhaps better or perhaps worse: "
    "it lies outside the 95% limits only, as one area in twenty does by chance alone. Similar: it lies within them. "
    "Limits are worked out from the rounded counts: Wilson's of a share, exact Poisson limits of a rate; of a mean or "
    "median they are the released ones, widened."
)


class Beside(StrEnum):
    """How a figure stands beside the whole, or why that cannot be said."""

    WORSE = "worse"
    PERHAPS_WORSE = "perhaps worse"
    SIMILAR = "similar"
    PERHAPS_BETTER = "perhaps better"
    BETTER = "better"
    LOWER = "lower"
    PERHAPS_LOWER = "perhaps lower"
    PERHAPS_HIGHER = "perhaps higher"
    HIGHER = "higher"
    HIDDEN = "hidden"
    NOT_REPORTED = "not reported"
    NOT_COMPLETE = "not complete yet"
    NOBODY = "nobody to count"
    NOT_COMPARED = "not compared"


_IN_ORDER = (Significance.LOW_ALARM, Significance.LOW, Significance.NONE, Significance.HIGH, Significance.HIGH_ALARM)
_WORSE_FIRST = (Beside.WORSE, Beside.PERHAPS_WORSE, Beside.SIMILAR, Beside.PERHAPS_BETTER, Beside.BETTER)
_LOWER_FIRST = (Beside.LOWER, Beside.PERHAPS_LOWER, Beside.SIMILAR, Beside.PERHAPS_HIGHER, Beside.HIGHER)
_WORDS = {
    better: dict(zip(map(str, _IN_ORDER), words, strict=True))
    for better, words in (("higher", _WORSE_FIRST), ("lower", _WORSE_FIRST[::-1]), ("neither", _LOWER_FIRST))
}
"""What is better -> Significance -> the word for it."""

WORSE, BETTER = frozenset({Beside.WORSE, Beside.PERHAPS_WORSE}), frozenset({Beside.BETTER, Beside.PERHAPS_BETTER})


def get_beside(better: str, cells: Sequence[Cell], whole: Cell) -> list[Beside]:
    """One word for each cell of a measure. better: higher, lower or neither; whole: what they are compared with."""
    words = [_why_not(cell, whole) for cell in cells]
    compared = [place for place, word in enumerate(words) if word is None]
    if compared:
        for place, found in zip(compared, _judge([cells[each] for each in compared], whole), strict=True):
            words[place] = _WORDS[better].get(str(found), Beside.NOT_COMPARED)
    return [word or Beside.NOT_COMPARED for word in words]


def _why_not(cell: Cell, whole: Cell) -> Beside | None:
    if cell.state == HIDDEN:
        return Beside.HIDDEN
    if cell.state == NO_DATA:
        return Beside.NOT_REPORTED
    if cell.value is None:
        return Beside.NOBODY
    if not cell.settled:
        return Beside.NOT_COMPLETE
    return Beside.NOT_COMPARED if whole.value is None else None


def _judge(cells: Sequence[Cell], whole: Cell) -> npt.NDArray[np.str_]:
    """A Significance for each cell, all with values and of one measure."""
    scale, target = whole.scale, whole.value or 0.0
    if not scale.counts:
        return _judge_limits(cells, target)
    counted, of = _column(cells, "numerator"), _column(cells, "denominator")
    if scale.is_share:
        return get_proportion_significance(counted, of, target)
    if target == 0:
        return _judge_limits(cells, target)
    return get_rate_significance(counted, of, target / scale.per, [cell.area for cell in cells])


def _judge_limits(cells: Sequence[Cell], target: float) -> npt.NDArray[np.str_]:
    """By the released 95% limits, and by those as much further out as normal limits of 99.8% are."""
    value, lower, upper = (_column(cells, name) for name in ("value", "lower", "upper"))
    wider = get_z(ALARM) / get_z(WARNING)
    cases = (
        (value - wider * (value - lower) > target, Significance.HIGH_ALARM),
        (lower > target, Significance.HIGH),
        (value + wider * (upper - value) < target, Significance.LOW_ALARM),
        (upper < target, Significance.LOW),
        (~np.isnan(lower + upper), Significance.NONE),
    )
    return np.select([case for case, _ in cases], [str(word) for _, word in cases], default="")


def _column(cells: Sequence[Cell], name: str) -> npt.NDArray[np.float64]:
    return np.array([getattr(cell, name) for cell in cells], dtype=np.float64)
