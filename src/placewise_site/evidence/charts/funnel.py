"""The limits of a funnel plot, and where each area stands to them: computed from the numbers given and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.funnel import (
    ALARM,
    WARNING,
    Significance,
    get_proportion_funnel,
    get_proportion_significance,
    get_rate_funnel,
    get_rate_significance,
    get_target,
)
from placewise.floor.statistics.overdispersion import (
    get_proportion_overdispersion,
    get_ratio_overdispersion,
    get_widened_proportion_limits,
    get_widened_ratio_limits,
)
from placewise_site.evidence.charts.points import Floats, NotDrawn, Point, numbers
from placewise_site.evidence.scale import Scale

__all__ = ["FEWEST_WIDENED", "Funnel", "Significance", "Words", "build_funnel", "get_curves", "get_reach"]

FEWEST = 3
"""Areas without which no funnel is drawn. Half of all must be known besides: small counts are hidden, so fewer would be
no picture of them."""

FEWEST_WIDENED = 10
"""Areas that show how far areas lie apart: with fewer the limits are of chance alone."""

Words = npt.NDArray[np.str_]
Curve = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Areas about their target. value: float64[areas] in the unit of the target (of rates, for one); exact, widened:
    words of Significance [areas], "" where nothing is known; widened is None where chance alone is told; variance:
    between areas; factor: of overdispersion, 1 by chance alone."""

    target: float
    value: Floats
    size: Floats
    exact: Words
    widened: Words | None
    variance: float
    factor: float

    @property
    def marked(self) -> Words:
        """By which points are marked: the limits that allow for overdispersion, where there are any."""
        return self.exact if self.widened is None else self.widened


def build_funnel(points: Sequence[Point], scale: Scale, target: float | None = None) -> Funnel:
    """Raises NotDrawn where too few areas are shown."""
    x, n = numbers(points, "numerator"), numbers(points, "denominator")
    known = ~np.isnan(x) & (n > 0)
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    if known.sum() < max(FEWEST, len(points) / 2):
        raise NotDrawn(
            f"A funnel plot needs {FEWEST} areas and half of them all, and {known.sum()} of {len(points)} can be shown."
        )
    target = get_target(x, n) if target is None else target
    if target <= 0:
        raise NotDrawn("No funnel plot is drawn: none was counted in any area.")
    judge = get_proportion_significance if scale.is_share else get_rate_significance
    exact = np.full(len(points), "", dtype=object)
    exact[known] = judge(x[known], n[known], target)
    value = x / n
    if known.sum() < FEWEST_WIDENED or (scale.is_share and target >= 1):
        return Funnel(target, value, n, exact, None, 0.0, 1.0)
    spread = get_proportion_overdispersion(x, n, target) if scale.is_share else get_ratio_overdispersion(x, target * n)
    if not spread.variance:
        return Funnel(target, value, n, exact, None, 0.0, spread.factor)
    inner, outer = (get_widened_limits(target, n, spread.variance, scale, each) for each in (WARNING, ALARM))
    cases = (
        (value > outer[1], Significance.HIGH_ALARM),
        (value > inner[1], Significance.HIGH),
        (value < outer[0], Significance.LOW_ALARM),
        (value < inner[0], Significance.LOW),
        (known, Significance.NONE),
    )
    widened = np.select([case for case, _ in cases], [str(word) for _, word in cases], default="")
    return Funnel(target, value, n, exact, widened, spread.variance, spread.factor)


def get_widened_limits(
    target: float, size: Floats, variance: float, scale: Scale, confidence: float
) -> tuple[Floats, Floats]:
    if scale.is_share:
        return get_widened_proportion_limits(target, size, variance, confidence)
    lower, upper = get_widened_ratio_limits(target * size, variance, confidence)
    return target * lower, target * upper


def get_curves(found: Funnel, scale: Scale) -> dict[str, Curve]:
    """Points (size, limit on the scale) of every curve to draw, by its name: exact 95% lower ..."""
    known = found.size[~np.isnan(found.size)]
    low, high = known.min() * 0.9, known.max() * 1.04
    sizes = np.geomspace(low, high, 80)
    curves: dict[str, Curve] = {}
    for level, confidence in (("95%", WARNING), ("99.8%", ALARM)):
        if scale.is_share:
            exact = get_proportion_funnel(found.target, sizes, confidence)
        else:
            events = np.geomspace(1, max(found.target * high * 2, 2), 200)
            exact = get_rate_funnel(events, found.target, confidence)
        for side, at, limit in (
            ("lower", exact.lower_denominator, exact.lower),
            ("upper", exact.upper_denominator, exact.upper),
        ):
            curves[f"exact {level} {side}"] = _curve(at, limit * scale.per, low, high)
        if found.widened is not None:
            widened = get_widened_limits(found.target, sizes, found.variance, scale, confidence)
            for side, limit in zip(("lower", "upper"), widened, strict=True):
                curves[f"widened {level} {side}"] = _curve(sizes, limit * scale.per, low, high)
    return curves


def _curve(at: Floats, limit: Floats, low: float, high: float) -> Curve:
    within = (at >= low) & (at <= high)
    return tuple(zip(at[within].round(4).tolist(), limit[within].round(6).tolist(), strict=True))


def get_reach(found: Funnel, scale: Scale) -> tuple[float, float]:
    """The least and the most to show, on the scale: every area, and the inner limits at the median size."""
    size = np.array([np.nanmedian(found.size)])
    reach = get_widened_limits(found.target, size, found.variance, scale, WARNING)
    shown = [*found.value[~np.isnan(found.value)].tolist(), *(float(each[0]) for each in reach)]
    return min(shown) * scale.per, max(shown) * scale.per
