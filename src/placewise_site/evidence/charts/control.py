"""A series as its control chart reads it: its phases, its limits, and which points the rules mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.control_charts.chart import Assurance, ControlChart, PointType, build_control_chart
from placewise.floor.statistics.control_charts.limits import SCREEN, SHORT, ControlLimits
from placewise.floor.statistics.control_charts.special_causes import RUN_LENGTH, Rule
from placewise_site.evidence.charts.method import FEWEST, Method, choose_method, get_limits
from placewise_site.evidence.charts.points import Floats, NotDrawn, Point, numbers
from placewise_site.evidence.scale import Scale

__all__ = [
    "RUN_LENGTH", "SCREEN", "SHORT", "Assurance", "Break", "Method", "PointType", "ReadSeries", "Rule", "read_series",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """A change that makes what follows another series, stated by somebody: limits and rules begin anew at this day."""

    when: date
    words: str


@dataclass(frozen=True, slots=True)
class ReadSeries:
    """better: higher, lower or neither; phase: int64[points]; lower, centre, upper: float64[points], as they are drawn;
    breaks: those within the series."""

    scale: Scale
    better: str
    points: Sequence[Point]
    method: Method
    breaks: Sequence[Break]
    phase: npt.NDArray[np.int64]
    chart: ControlChart
    lower: Floats
    centre: Floats
    upper: Floats

    @property
    def noun(self) -> str:
        return "gap" if self.method.is_of_gaps else "month"

    def kind(self, place: int) -> PointType:
        return PointType(self.chart.point_type[0, place])

    def is_high(self, place: int) -> bool:
        """On which side a point lies that is no chance."""
        kind = self.kind(place)
        good = PointType.CONCERN if self.better == "lower" else PointType.IMPROVEMENT
        return kind in (good, PointType.NEUTRAL_HIGH)

    @property
    def latest(self) -> int:
        """The place of the newest point that the rules judge."""
        return int(self.chart.latest[0])

    @property
    def assurance(self) -> Assurance:
        return Assurance(str(self.chart.assurance[0]))

    @property
    def run_length(self) -> int:
        return self.chart.special.run_length

    def rule(self, place: int) -> Rule | None:
        """The rule that marks a point; None for most."""
        number = int(self.chart.rule[0, place])
        return None if number < 0 else Rule(number)


def read_series(
    points: Sequence[Point],
    scale: Scale,
    better: str,
    *,
    target: float | None = None,
    method: Method | None = None,
    breaks: Sequence[Break] = (),
    run_length: int = RUN_LENGTH,
    screened: bool = True,
) -> ReadSeries:
    """points: oldest first, each with `when`; scale, better, target: of their values; method: by the rule of
    `choose_method` unless given. Raises NotDrawn where too few can be shown.

    A point that is missing ends every run; one not settled takes part in nothing.
    """
    used = np.array([point.settled and point.value is not None for point in points])
    if used.sum() < FEWEST:
        raise NotDrawn(
            f"A control chart needs {FEWEST} numbers that are complete, and {used.sum()} of {len(points)} can be shown."
        )
    method = method or choose_method(points, scale)
    phase = np.array([sum(point.when >= each.when for each in breaks if point.when) for point in points])
    limits = get_limits(method, points, scale, phase[None], screened=screened)
    chart = build_control_chart(
        np.where(used, numbers(points, "value"), np.nan)[None],
        limits,
        better,  # type: ignore[arg-type]
        target=target,
        phase=phase[None],
        run_length=run_length,
    )
    return ReadSeries(
        scale, better, points, method, _within(breaks, points), phase, chart, *_get_possible(limits, scale)
    )


def _get_possible(limits: ControlLimits, scale: Scale) -> tuple[Floats, Floats, Floats]:
    """Lower limit, centre and upper limit as they are drawn: no share is below 0 or above 1, and no rate below 0."""
    lower, upper = limits.lower[0], limits.upper[0]
    if scale.counts:
        lower = np.maximum(lower, 0.0)
    return lower, limits.centre[0], np.minimum(upper, 1.0) if scale.is_share else upper


def _within(breaks: Sequence[Break], points: Sequence[Point]) -> list[Break]:
    """Those that divide the series."""
    first, last = points[0].when, points[-1].when
    return [each for each in breaks if first and last and first < each.when <= last]
