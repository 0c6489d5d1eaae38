"""Regression of many short series whose errors remember the month before, averaged over how much they may remember.

A month that is high is often followed by a high one. An interval that ignores this is too narrow, and 60 months are too
few to estimate the memory well, so that an interval that trusts the estimate is too narrow as well. Here each series is
prewhitened (Prais and Winsten) with every autocorrelation of a grid, and what comes out is averaged, with the weight
that the series itself gives to each (restricted likelihood, which allows for the fitted terms).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats

Integers = npt.NDArray[np.int64]

GRID = np.linspace(-0.4, 0.98, 24)
"""Autocorrelations from one month to the next. At 0.98 a series all but wanders."""

LEAST_FREEDOM = 4
"""Fewer months than this beyond the fitted terms say nothing about the errors."""


@dataclass(frozen=True, slots=True)
class Regression:
    """The fit at each autocorrelation of GRID, [grid, areas, ...]; NaN in areas that cannot be fitted.

    weight: [grid, areas], of each autocorrelation, adding up to 1 in an area. coefficients: [grid, areas, terms];
    spread: [grid, areas, terms, terms], their covariance; variance: [grid, areas], of an error; freedom: [areas],
    months beyond the terms. last: int64[areas], the last month reported; last_error: [grid, areas].
    """

    weight: Floats
    coefficients: Floats
    spread: Floats
    variance: Floats
    freedom: Floats
    last: Integers
    last_error: Floats

    @property
    def autocorrelation(self) -> Floats:
        """float64[areas]: from one month to the next, averaged."""
        return np.einsum("ga,g->a", self.weight, GRID)


def fit_regression(values: Floats, design: Floats) -> Regression:
    """Fit the terms of a design to each series by generalised least squares, at each autocorrelation of GRID.

    values: float64[areas, months], NaN where not reported; design: float64[months, terms], no missing. An error is
    normal with autocorrelation r^d between months d apart, so that missing months need no filling. With R that
    correlation of n months, k terms and S the weighted sum of squared errors, the weight of an autocorrelation is
    proportional to |R|^(-1/2) |X' R^-1 X|^(-1/2) S^(-(n - k) / 2). NaN where n - k is below LEAST_FREEDOM or the months
    reported cannot tell the terms apart.
    Source: Prais SJ, Winsten CB, Cowles Commission discussion paper 383 (1954); Harville DA, J Am Stat Assoc
    1977;72:320-338 (restricted likelihood).
    """
    known = ~np.isnan(values)
    terms = design.shape[1]
    freedom = known.sum(axis=1) - terms
    fitted = (freedom >= LEAST_FREEDOM) & _tells_apart(known, design)
    freedom = np.where(fitted, freedom, np.nan)
    previous, gap = _get_previous(known)
    last = values.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    filled = np.where(known, values, 0.0)
    fits = [_fit(filled, design, known, previous, gap, freedom, fitted, each) for each in GRID]
    coefficients, spread, variance, likelihood = (np.stack(parts) for parts in zip(*fits, strict=True))
    weight = np.exp(likelihood - np.max(likelihood, axis=0))
    last_error = filled[np.arange(len(values)), last] - np.einsum("at,gat->ga", design[last], coefficients)
    return Regression(weight / weight.sum(axis=0), coefficients, spread, variance, freedom, last, last_error)


def _tells_apart(known: npt.NDArray[np.bool_], design: Floats) -> npt.NDArray[np.bool_]:
    """bool[areas]: no term is a sum of others in the months reported."""
    scaled = design / np.abs(design).max(axis=0)
    patterns, place = np.unique(known, axis=0, return_inverse=True)
    full = [np.linalg.matrix_rank(scaled[pattern]) == design.shape[1] for pattern in patterns]
    return np.array(full)[place.reshape(-1)]


def _get_previous(known: npt.NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """At each month the last reported one before it, -1 for none, and how many months lie between."""
    month = np.arange(known.shape[1])
    seen = np.maximum.accumulate(np.where(known, month, -1), axis=1)
    previous = np.concatenate([np.full((len(known), 1), -1), seen[:, :-1]], axis=1)
    return previous, month - previous


def _fit(
    values: Floats,
    design: Floats,
    known: npt.NDArray[np.bool_],
    previous: Integers,
    gap: Integers,
    freedom: Floats,
    fitted: npt.NDArray[np.bool_],
    autocorrelation: float,
) -> tuple[Floats, Floats, Floats, Floats]:
    """Coefficients, covariance, variance of an error and log likelihood of each area at one autocorrelation."""
    follows = previous >= 0
    memory = np.where(follows, autocorrelation**gap, 0.0)
    scale = np.where(known, 1 / np.sqrt(1 - memory**2), 0.0)
    before = np.take_along_axis(values, np.maximum(previous, 0), axis=1)
    y = scale * (values - memory * before)
    x = scale[..., None] * (design - memory[..., None] * design[np.maximum(previous, 0)])
    across = x.transpose(0, 2, 1)
    product = across @ x
    product[~fitted] = np.eye(design.shape[1])
    inverse = np.linalg.inv(product)
    coefficients = (inverse @ (across @ y[..., None]))[..., 0]
    errors = y - (x @ coefficients[..., None])[..., 0]
    squares = np.maximum((errors**2).sum(axis=1), np.finfo(float).tiny)
    variance = squares / freedom
    likelihood = np.log(scale, where=known, out=np.zeros(scale.shape)).sum(axis=1)
    likelihood -= (np.linalg.slogdet(product)[1] + freedom * np.log(squares)) / 2
    return np.where(fitted[:, None], coefficients, np.nan), inverse * variance[:, None, None], variance, likelihood
