"""Funnel plots: how far areas of each size may lie from the target by chance alone. Exact, and without overdispersion:
`placewise.floor.statistics.overdispersion` is the other choice, and a chart says which was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.areas import check_areas, check_counted
from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.normal import get_z
from placewise.floor.statistics.poisson import get_exact_limits
from placewise.floor.statistics.proportion import get_wilson_limits

WARNING, ALARM = 0.95, 0.998
"""The confidence of the inner and of the outer limits, near 2 and 3 standard deviations."""


class Significance(StrEnum):
    """How an area stands to the target; in brackets the chance of lying so far on that side."""

    HIGH_ALARM = "High (0.001)"
    HIGH = "High (0.025)"
    NONE = "Not significant"
    LOW = "Low (0.025)"
    LOW_ALARM = "Low (0.001)"


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The two curves of a funnel, float64 of one shape: each limit at the denominator beside it."""

    lower_denominator: Floats
    lower: Floats
    upper_denominator: Floats
    upper: Floats


def get_target(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> float:
    """The rate or proportion of all areas together: sum over sum, not the mean of the areas' own; NaN is left out."""
    x, n = np.broadcast_arrays(np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    known = ~(np.isnan(x) | np.isnan(n))
    return float(x[known].sum() / n[known].sum())


def get_rate_denominator(events: npt.ArrayLike, rates: npt.ArrayLike, population: npt.ArrayLike) -> Floats:
    """The denominator that a rate, crude or standardised, stands for: events / rate; of no events the population.

    All of one shape, rates in events for one of the population; NaN where there is no rate of some events.
    """
    x, rate, people = (np.asarray(each, dtype=np.float64) for each in (events, rates, population))
    return np.where(x == 0, people, x / np.where(rate > 0, rate, np.nan))


def get_proportion_funnel(target: float, denominators: npt.ArrayLike, confidence: float = WARNING) -> FunnelLimits:
    """Limits about a target proportion p at each denominator n: p -+ z sqrt(p (1 - p) / n), kept from 0 to 1.

    A proportion lies outside exactly where its Wilson limits leave the target out. target: 0 to 1, else ValueError.
    Source: Association of Public Health Observatories, Technical briefing 2 (2008); Fingertips technical guidance.
    """
    if not 0 <= target <= 1:
        raise ValueError(f"a target proportion of {target} is not from 0 to 1")
    n = np.asarray(denominators, dtype=np.float64)
    reach = get_z(confidence) * np.sqrt(target * (1 - target) / n)
    return FunnelLimits(n, np.maximum(target - reach, 0.0), n, np.minimum(target + reach, 1.0))


def get_ratio_funnel(observed: npt.ArrayLike, confidence: float = WARNING) -> FunnelLimits:
    """Limits of observed to expected about 1: for each count of observed events, 1 or more, the expected ones at which
    it just lies on the lower, or on the upper limit, and the ratio there.

    The expected events are the exact Poisson limits of the count, by the gamma distribution.
    Source: Association of Public Health Observatories, Technical briefing 2 (2008), as Fingertips, which finds them by
    halving to 1e-7.
    """
    x = np.asarray(observed, dtype=np.float64)
    fewest, most = get_exact_limits(x, confidence)
    return FunnelLimits(most, x / most, fewest, x / fewest)


def get_rate_funnel(events: npt.ArrayLike, target: float, confidence: float = WARNING) -> FunnelLimits:
    """Limits about a target rate, in events for one of the denominator, for each count of events, 1 or more: those of
    the ratio, with expected events = target x denominator. Of several years, the denominator is of them all."""
    ratio = get_ratio_funnel(events, confidence)
    return FunnelLimits(
        ratio.lower_denominator / target, ratio.lower * target, ratio.upper_denominator / target, ratio.upper * target
    )


def get_proportion_significance(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    target: float | Floats | None = None,
    areas: Sequence[str] = (),
) -> npt.NDArray[np.str_]:
    """A Significance for each area: whether its Wilson limits leave out the target, else all areas' own proportion.

    target: 0 to 1, of all areas, or of each: what is expected of its people makes a funnel adjusted for case mix. An
    area of nobody, or not known, has no word (""); a numerator below zero or above its denominator is a ValueError that
    names the area.
    """
    check_counted(numerator, denominator, areas)
    asked = get_target(numerator, denominator) if target is None else target
    inner, outer = (get_wilson_limits(numerator, denominator, each) for each in (WARNING, ALARM))
    return _judge(inner, outer, asked)


def get_ratio_significance(
    observed: npt.ArrayLike, expected: npt.ArrayLike, areas: Sequence[str] = ()
) -> npt.NDArray[np.str_]:
    """A Significance for each area: whether the exact limits of its observed events leave out the expected ones.

    Observed events below zero, or expected ones not above it, are a ValueError that names the area.
    """
    x, expects = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    check_areas(x < 0, "the observed events are below zero", areas)
    check_areas(expects <= 0, "no events are expected", areas)
    inner, outer = (get_exact_limits(x, each) for each in (WARNING, ALARM))
    return _judge(inner, outer, expects)


def get_rate_significance(
    events: npt.ArrayLike, denominator: npt.ArrayLike, target: float | None = None, areas: Sequence[str] = ()
) -> npt.NDArray[np.str_]:
    """A Significance for each area: its events against those expected at the target rate, else at all areas' own.

    denominator: of `get_rate_denominator`, so that a standardised rate is judged at the one it stands for; "" where it
    is NaN, as of a standardised rate not given for too few events. Events below zero or a denominator of zero are a
    ValueError that names the area.
    """
    asked = get_target(events, denominator) if target is None else target
    return get_ratio_significance(events, asked * np.asarray(denominator, dtype=np.float64), areas)


def _judge(inner: tuple[Floats, Floats], outer: tuple[Floats, Floats], target: float | Floats) -> npt.NDArray[np.str_]:
    cases = (
        (outer[0] > target, Significance.HIGH_ALARM),
        (inner[0] > target, Significance.HIGH),
        (outer[1] < target, Significance.LOW_ALARM),
        (inner[1] < target, Significance.LOW),
        (np.isfinite(inner[0] + target), Significance.NONE),
    )
    return np.select([case for case, _ in cases], [str(word) for _, word in cases], default="")
