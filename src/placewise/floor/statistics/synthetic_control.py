"""Synthetic control: a mixture of other areas that went as one went before, and what it did afterwards."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls
from scipy.special import stdtrit

from placewise.floor.statistics.estimate import Estimate, Floats

FOLDS = 3
"""As the source advises: more would leave blocks too short to stand for a year that was not fitted."""
LEAST_BLOCK = 4
"""Months of a block: fewer do not tell how far a mixture strays."""
FIRM = 1e3
"""How firmly weights are held to add up to 1, beside the values."""
EVEN = 1e-2
"""How gently they are drawn to be even, so that more areas than months still have one answer."""


@dataclass(frozen=True, slots=True)
class SyntheticChange:
    """change: 0 dimensions. weights: float64[others], adding up to 1; expected: float64[months], the mixture, moved to
    where the treated stood on average before."""

    change: Estimate
    weights: Floats
    expected: Floats


def get_synthetic_change(
    values: npt.ArrayLike, others: npt.ArrayLike, *, starts_at: int, confidence: float = 0.95
) -> SyntheticChange:
    """The mean over the months from the start, less that of a mixture of other areas.

    values: float64[months], one series, or that of all treated areas together; others: float64[others, months]; shares
    or rates, no missing months; starts_at: the place of the first month after the start, from 0. Weights are none below
    0, add up to 1 and follow the months before, each series beside its own mean. What was fitted fits too well, so the
    months before are cut into FOLDS blocks: each is left out of a fit and shows how far the mixture strays where it was
    not fitted; the change is the mean of the folds, each less its own straying, with Student's t of FOLDS - 1 degrees
    of freedom. Raises ValueError for fewer than two others, a missing value, or blocks shorter than LEAST_BLOCK.
    Source: Abadie A, Diamond A, Hainmueller J, J Am Stat Assoc 2010;105:493-505; limits: Chernozhukov V, Wuthrich K,
    Zhu Y, A t-test for synthetic controls, arXiv 1812.10820.
    """
    values, others = np.asarray(values, dtype=np.float64), np.asarray(others, dtype=np.float64)
    after = len(values) - starts_at
    block = min(starts_at // FOLDS, after)
    if np.isnan(values).any() or np.isnan(others).any():
        raise ValueError("a month is missing")
    if len(others) < 2:
        raise ValueError(f"{len(others)} other areas make no mixture")
    if block < LEAST_BLOCK:
        raise ValueError(f"{starts_at} months before and {after} after are too few")
    changes = []
    for fold in range(FOLDS):
        left_out = np.arange(starts_at - (FOLDS - fold) * block, starts_at - (FOLDS - fold - 1) * block)
        fitted = np.setdiff1d(np.arange(starts_at), left_out)
        apart = values - _fit_weights(values[fitted], others[:, fitted]) @ others
        changes.append(apart[starts_at:].mean() - apart[left_out].mean())
    weights = _fit_weights(values[:starts_at], others[:, :starts_at])
    mixed = weights @ others
    change = np.asarray(np.mean(changes))
    spread = np.std(changes, ddof=1) * np.sqrt(1 + FOLDS * block / after)
    reach = stdtrit(FOLDS - 1, (1 + confidence) / 2) * spread / np.sqrt(FOLDS)
    expected = mixed + (values[:starts_at] - mixed[:starts_at]).mean()
    return SyntheticChange(Estimate(change, change - reach, change + reach), weights, expected)


def _fit_weights(values: Floats, others: Floats) -> Floats:
    """Least squares with weights of 0 or more that add up to 1; values: [months], others: [others, months]."""
    y, x = values - values.mean(), (others - others.mean(axis=1, keepdims=True)).T
    scale = max(float(np.linalg.norm(x)), np.finfo(float).tiny)
    number = len(others)
    rows = np.vstack([x, np.full((1, number), FIRM * scale), EVEN * scale * np.eye(number)])
    wanted = np.concatenate([y, [FIRM * scale], np.full(number, EVEN * scale / number)])
    weights = nnls(rows, wanted)[0]
    mixed: Floats = weights / weights.sum()
    return mixed
