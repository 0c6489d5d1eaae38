"""What a rule finds out, before it is put into a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.inequality_gap import get_absolute_gap, get_relative_gap
from placewise.gaps.ambitions.contract import Claim, Line, Point, Scale
from placewise.gaps.ambitions.definition import Baseline
from placewise.gaps.ambitions.reading import Reading

PLAIN, PERCENT = Scale(), Scale(per=100, decimals=1, unit="%", signed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """levels: Estimate[periods], the quantity that is followed; achieved: at the last period, in the promise's terms,
    held against goal on the better side; aim: the level that reaches the goal; baseline: where it started.

    number, of: [periods], the counts behind the levels. words: how achieved and goal are written.
    """

    scale: Scale
    periods: tuple[str, ...]
    ends: tuple[date, ...]
    levels: Estimate
    number: Floats | None = None
    of: Floats | None = None
    achieved: Estimate | None = None
    goal: float | None = None
    aim: float | None = None
    better: str = "lower"
    baseline: Point | None = None
    achieved_scale: Scale = PLAIN
    what: str = ""
    how: str = ""
    has_seasons: bool = False
    bounds: tuple[float, float] = (-np.inf, np.inf)
    """Between which a level can lie: a share from 0 to 1."""
    beside: tuple[Line, ...] = ()
    between: tuple[float, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()
    why_not: str = ""
    """Why nothing can be judged, where nothing can."""

    @property
    def points(self) -> tuple[Point, ...]:
        return get_points(self.periods, self.ends, self.levels, self.number, self.of)


def get_points(
    periods: Sequence[str],
    ends: Sequence[date],
    levels: Estimate,
    number: Floats | None = None,
    of: Floats | None = None,
) -> tuple[Point, ...]:
    """[periods] each."""
    columns = [levels.value, levels.lower, levels.upper, number, of]
    rows = zip(*([None] * len(periods) if each is None else map(known, each) for each in columns), strict=True)
    return tuple(
        Point(period=period, end=end, value=value, lower=lower, upper=upper, number=count, of=whole)
        for period, end, (value, lower, upper, count, whole) in zip(periods, ends, rows, strict=True)
    )


def known(number: Any) -> float | None:
    """None for what is not finite."""
    return float(number) if np.isfinite(number) else None


def at(estimate: Estimate, place: int) -> Estimate:
    """The item at a place of the first axis."""
    return single(estimate.value[place], estimate.lower[place], estimate.upper[place])


def find_start(reading: Reading, levels: Estimate, baseline: Baseline | None) -> tuple[Estimate, Point] | None:
    """Where a promise starts from: as it was stated, else as it is measured in that period; None where neither is.

    levels: [periods]. A stated start has no interval of its own.
    """
    if baseline is None:
        return None
    place = reading.periods.index(baseline.period) if baseline.period in reading.periods else None
    if baseline.value is not None:
        stated = baseline.value / reading.scale.per
        return single(stated, stated, stated), Point(period=baseline.period, end=baseline.end, value=stated)
    if place is None or np.isnan(levels.value[place]):
        return None
    return at(levels, place), get_points(reading.periods, reading.ends, levels)[place]


def get_change(now: Estimate, start: Estimate) -> Estimate:
    """now / start - 1, of single values. A gap that may have closed counts as closed at its lower limit.

    NaN where the start cannot be told from nothing: of that no share is known.
    """
    if not start.lower > 0:
        return single(np.nan, np.nan, np.nan)
    value = now.value / start.value - 1
    if np.isnan(now.lower):
        return single(value, np.nan, np.nan)
    ratio = get_relative_gap(_row(now, least=0.0), _row(start))
    return single(value, ratio.lower[0] - 1, ratio.upper[0] - 1)


def get_difference(now: Estimate, start: Estimate) -> Estimate:
    """now - start, of single values."""
    if np.isnan(now.lower):
        return single(now.value - start.value, np.nan, np.nan)
    return get_absolute_gap(now, start)


def single(value: Any, lower: Any, upper: Any) -> Estimate:
    """Of one value: arrays without an axis."""
    return Estimate(*(np.asarray(each, dtype=np.float64) for each in (value, lower, upper)))


def _row(estimate: Estimate, least: float = -np.inf) -> Estimate:
    """One value as a row of one, none below the least."""
    columns = (estimate.value, estimate.lower, estimate.upper)
    return Estimate(*(np.maximum(np.atleast_1d(each), least) for each in columns))
