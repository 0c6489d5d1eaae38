"""How many people of an area would gain if a measure reached a level: the whole system's, that of its best peers, the
programme's ambition. Worked out from released counts, so it is rounded as they are, and a few people are never told."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placewise.floor.statistics.proportion import get_wilson_limits
from placewise.floor.statistics.quantile import get_quantile_groups
from placewise_site.evidence.cells import Cell

BEST = 4
"""The best quarter."""


@dataclass(frozen=True, slots=True)
class Gain:
    """level: what is to be reached, 0 to 1. people: how many more would have what is better, None where these are fewer
    than the release shows; lower, upper: their 95% limits, 0 for the lower where the level may be reached already."""

    level: float
    people: int | None
    lower: int
    upper: int
    is_reached: bool


def get_gain(cell: Cell, better: str, level: float | None, least: int, step: int) -> Gain | None:
    """Of a share, else None. better: higher or lower; least: the fewest people told; step: as counts are
    rounded. The limits are those of the area's own share (Wilson's); the level is taken as it stands."""
    counted, of = cell.numerator, cell.denominator
    if level is None or counted is None or not of or not cell.scale.is_share:
        return None
    sign = {"higher": 1, "lower": -1}.get(better)
    if sign is None:
        return None
    lower, upper = (float(each) for each in get_wilson_limits(counted, of))
    people = sign * (level * of - counted)
    ends = sorted(max(sign * (level - limit) * of, 0.0) for limit in (lower, upper))
    return Gain(
        level=level,
        people=_rounded(people, step) if people >= least else None,
        lower=_rounded(ends[0], step) if ends[0] >= least else 0,
        upper=_rounded(ends[1], step),
        is_reached=people <= 0,
    )


def get_best_level(cells: Sequence[Cell], better: str) -> float | None:
    """The share that each of the best quarter of these areas reaches; None of fewer than four that are shown."""
    values = np.array([cell.value for cell in cells if cell.value is not None], dtype=np.float64)
    quarter = get_quantile_groups(values, BEST, highest_first=better == "higher")
    best = values[quarter == 1]
    if not len(best):
        return None
    return float(best.min() if better == "higher" else best.max())


def _rounded(people: float, step: int) -> int:
    return int(np.floor(people / step + 0.5)) * step
