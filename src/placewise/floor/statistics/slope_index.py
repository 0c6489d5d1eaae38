"""Slope and relative index of inequality: the gap between the two ends of a population put in order of deprivation."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.normal import get_z

DRAWS = 100_000
_AT_A_TIME = 32
"""Areas whose draws are held in memory together."""


class Scale(StrEnum):
    """The scale on which the values are taken to lie on a line: as they are, rates by LOG, proportions by LOGIT."""

    PLAIN = "plain"
    LOG = "log"
    LOGIT = "logit"


@dataclass(frozen=True, slots=True)
class SlopeIndex:
    """Of each area. slope: in the unit of the values; relative: a ratio; start, end: what the line says of the two ends
    of the population, in the unit of the values."""

    slope: Estimate
    relative: Estimate
    start: Floats
    end: Floats


def get_slope_index(
    values: npt.ArrayLike,
    errors: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    scale: Scale = Scale.PLAIN,
    high_is_bad: bool = False,
    confidence: float = 0.95,
    seed: int = 1,
    draws: int = DRAWS,
    areas: Sequence[str] = (),
) -> SlopeIndex:
    """The slope index and the relative index of inequality, with limits by simulation.

    values: [area, group], groups in order from the most to the least deprived; errors: the standard error of each, on
    the scale (`get_standard_errors`); population: of each. A group stands at the middle of its share of the cumulative
    population, from 0 to 1; a line is fitted through the groups, weighted by their population. With its ends
    at 0 (`start`) and at 1 (`end`), taken back from the scale,

        slope = end - start,  relative = end / start

    so that a positive slope means more among the least deprived. high_is_bad turns both round (start - end, and
    start / end), so that a positive slope is a disadvantage of the most deprived: it changes no unit, which is for
    `Estimate.scaled`. Limits are the quantiles of both over `draws` lines, each through values drawn with their errors.
    The line's two coefficients are sums of the values, so they are drawn together from their joint normal distribution,
    which is that of lines through drawn values. One seed serves every area: its answer depends on no other area.

    The relative index has no limits (NaN) where the interval of the end it is divided by includes 0: then it is
    unbounded. ValueError, with the area named: a value, error or population that is missing, an error below zero, a
    population not above zero; values not above 0 for LOG, not between 0 and 1 for LOGIT.
    Source: Low A, Low A, J Public Health 2004;26:388-395; Office for Health Improvement and Disparities, Fingertips
    technical guidance on inequality.
    """
    y, error, people = (np.atleast_2d(np.asarray(each, dtype=np.float64)) for each in (values, errors, population))
    y, error, people = np.broadcast_arrays(y, error, people)
    check_areas(~(np.isfinite(y) & np.isfinite(error)), "the value or the standard error of a group is missing", areas)
    check_areas(error < 0, "a standard error is below zero", areas)
    check_areas(~(people > 0), "the population of a group is zero, below zero or missing", areas)
    y = _to_scale(y, scale, areas)
    of_start, of_gradient = _get_weights(people)
    start, gradient = (of_start * y).sum(axis=-1), (of_gradient * y).sum(axis=-1)
    drawn = _draw(seed, draws)
    tails = np.array([(1 - confidence) / 2, (1 + confidence) / 2])
    limits = np.empty((4, len(y)))
    deviation, along, across = _get_deviations(of_start, of_gradient, error)
    for first in range(0, len(y), _AT_A_TIME):
        some = slice(first, first + _AT_A_TIME)
        starts = start[some, None] + deviation[some, None] * drawn[0]
        gradients = gradient[some, None] + along[some, None] * drawn[0] + across[some, None] * drawn[1]
        indices = _get_indices(_from_scale(starts, scale), _from_scale(starts + gradients, scale), high_is_bad)
        limits[:, some] = np.concatenate([np.quantile(index, tails, axis=-1) for index in indices])
    ends = _from_scale(start, scale), _from_scale(start + gradient, scale)
    slope, relative = _get_indices(*ends, high_is_bad)
    divided_by = start + gradient if high_is_bad else start
    spread = np.hypot(deviation + along, across) if high_is_bad else deviation
    unbounded = (scale == Scale.PLAIN) & (np.abs(divided_by) <= get_z(confidence) * spread)
    ratio_limits = np.where(unbounded, np.nan, limits[2:])
    return SlopeIndex(Estimate(slope, *limits[:2]), Estimate(relative, *ratio_limits), *ends)


def get_standard_errors(
    lower: npt.ArrayLike, upper: npt.ArrayLike, scale: Scale = Scale.PLAIN, areas: Sequence[str] = ()
) -> Floats:
    """The standard errors on a scale, from 95% limits: half their distance there, over 1.959964. Any shape."""
    low, high = (_to_scale(np.asarray(each, dtype=np.float64), scale, areas) for each in (lower, upper))
    return (high - low) / (2 * get_z(0.95))


@lru_cache(maxsize=1)
def _draw(seed: int, draws: int) -> Floats:
    """float64[2, 1, draws], the same for every area; nobody may change them."""
    drawn = np.random.default_rng(seed).standard_normal((2, 1, draws))
    drawn.flags.writeable = False
    return drawn


def _get_weights(people: Floats) -> tuple[Floats, Floats]:
    """By what the values are multiplied to give the start of the line, and its gradient."""
    share = people / people.sum(axis=-1, keepdims=True)
    place = np.cumsum(share, axis=-1) - share / 2
    middle = (share * place).sum(axis=-1, keepdims=True)
    gradient = share * (place - middle)
    gradient = gradient / (gradient * (place - middle)).sum(axis=-1, keepdims=True)
    return share - middle * gradient, gradient


def _get_deviations(of_start: Floats, of_gradient: Floats, error: Floats) -> tuple[Floats, Floats, Floats]:
    """The standard deviation of the start, and that of the gradient along with the start and across it."""
    variance = error**2
    deviation = np.sqrt((of_start**2 * variance).sum(axis=-1))
    together = (of_start * of_gradient * variance).sum(axis=-1)
    along = np.divide(together, deviation, out=np.zeros_like(deviation), where=deviation > 0)
    return deviation, along, np.sqrt(np.maximum((of_gradient**2 * variance).sum(axis=-1) - along**2, 0.0))


def _get_indices(start: Floats, end: Floats, high_is_bad: bool) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return (start - end, start / end) if high_is_bad else (end - start, end / start)


def _to_scale(values: Floats, scale: Scale, areas: Sequence[str]) -> Floats:
    if scale == Scale.LOG:
        check_areas(values <= 0, "a value is not above 0, so that it has no logarithm", areas)
        return np.log(values)
    if scale == Scale.LOGIT:
        check_areas((values <= 0) | (values >= 1), "a value is not between 0 and 1, so that it has no logit", areas)
        return logit(values)
    return values


def _from_scale(values: Floats, scale: Scale) -> Floats:
    return {Scale.PLAIN: np.asarray, Scale.LOG: np.exp, Scale.LOGIT: expit}[scale](values)
