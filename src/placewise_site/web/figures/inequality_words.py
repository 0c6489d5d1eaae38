"""What a slope of inequality says, in words."""

from collections.abc import Sequence

import numpy as np

from placewise_site.evidence.charts.inequality import Estimate, Gaps
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.points import Point, Subject
from placewise_site.web.figures.rows import lower_first
from placewise_site.web.figures.wording import unit_words, value_number, value_words

CAPTION = (
    "Each block is as wide as its share of people. The line is fitted through all of them, weighted by people, on the "
    "plain scale; the slope index is the difference between its two ends and the relative index their ratio, with 95% "
    "intervals by simulation from the intervals of the groups (thin lines)."
)


def gap_unit(scale: Scale) -> str:
    """What a difference of two values is in."""
    return "percentage points" if scale.is_share else unit_words(scale).strip()


def gap_number(gap: float, scale: Scale) -> str:
    """A difference of two values, with a zero that has no sign."""
    words = value_number(gap, scale)
    return words.removeprefix("-") if float(words.replace(",", "")) == 0 else words


def gap_words(estimate: Estimate, scale: Scale) -> str:
    """3.1 percentage points (95% interval 1.0 to 5.2)."""
    value, lower, upper = (gap_number(float(each[0]), scale) for each in _parts(estimate))
    return f"{value} {gap_unit(scale)}".rstrip() + f" (95% interval {lower} to {upper})"


def ratio_number(number: float) -> str:
    return f"{number:.2f}" if np.isfinite(number) else ""


def ratio_words(estimate: Estimate) -> str:
    """1.05 (95% interval 1.01 to 1.09)."""
    value, lower, upper = (ratio_number(float(each[0])) for each in _parts(estimate))
    if not value:
        return "not to be told"
    return f"{value} (95% interval {lower} to {upper})" if lower and upper else f"{value} (its interval has no end)"


def sentences(subject: Subject, points: Sequence[Point], gaps: Gaps, compared: str, period: str) -> list[str]:
    most, least = (
        f"{value_words(point.value, subject.scale)} in {_named(point, compared)}" for point in (points[0], points[-1])
    )
    return [
        f"{subject.where}, {period}: {most}, the most deprived, and {least}, the least deprived: a gap of "
        f"{gap_words(gaps.absolute, subject.scale)} and a ratio of {ratio_words(gaps.ratio)}.",
        f"Over all {len(points)} the slope index is {gap_words(gaps.slope, subject.scale)} and the relative index "
        f"{ratio_words(gaps.relative)}: {_direction(subject, gaps)}.",
    ]


def _named(point: Point, compared: str) -> str:
    """Fifth 1: a bare number takes the name of what it numbers."""
    group = lower_first(compared.split(" (")[0]).rsplit(" ", 1)[-1]
    return f"{group} {point.name}" if point.name.isdigit() else point.name


def _direction(subject: Subject, gaps: Gaps) -> str:
    if gaps.slope.lower[0] <= 0 <= gaps.slope.upper[0]:
        return "no slope that chance does not explain"
    is_up = gaps.slope.lower[0] > 0
    if subject.better == "neither":
        return f"{'higher' if is_up else 'lower'} among the less deprived, by more than chance explains"
    return f"the {'more' if is_up else 'less'} deprived fare worse, by more than chance explains"


def description(points: Sequence[Point], gaps: Gaps, subject: Subject) -> str:
    start, end = (value_words(each, subject.scale) for each in (gaps.start, gaps.end))
    return (
        f"Chart of {len(points)} groups side by side, from the most deprived on the left to the least deprived on the "
        f"right, each a block at its value with its interval. A line through them runs from {start} to {end}."
    )


def _parts(estimate: Estimate) -> tuple[np.ndarray, ...]:
    return estimate.value, estimate.lower, estimate.upper
