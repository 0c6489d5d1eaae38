"""Whether proportions differ, from one another or from a given share, by more than chance."""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.surges import get_binomial_tail


def get_difference_scores(
    first: npt.ArrayLike, first_of: npt.ArrayLike, second: npt.ArrayLike, second_of: npt.ArrayLike
) -> Floats:
    """The score of first / first_of less second / second_of, in standard errors, with Yates's correction.

    Counts and their denominators, arrays of one shape; NaN where one is missing or a denominator is 0. With the pooled
    proportion p, the score is (|difference| - c) / sqrt(p (1 - p) (1/n + 1/m)), at least 0 and with the difference's
    sign, c = (1/n + 1/m) / 2. So corrected it stays near Fisher's exact test in small numbers. Both proportions 0, or
    both 1, score 0. Of the same people at two times the score is smaller than it would be if that were allowed for.
    Source: Yates F, J R Stat Soc Suppl 1934;1:217-235.
    """
    x, n, y, m = (np.asarray(each, dtype=np.float64) for each in (first, first_of, second, second_of))
    n, m = (np.where(each > 0, each, np.nan) for each in (n, m))
    pooled, both = (x + y) / (n + m), 1 / n + 1 / m
    difference, error = x / n - y / m, np.sqrt(pooled * (1 - pooled) * both)
    corrected = np.maximum(np.abs(difference) - both / 2, 0.0)
    return np.sign(difference) * np.where(error > 0, corrected / np.where(error > 0, error, 1.0), error)


def get_score_p_values(scores: npt.ArrayLike) -> Floats:
    """Two-sided, of scores that are normal where nothing differs; NaN stays NaN."""
    return np.asarray(2 * ndtr(-np.abs(np.asarray(scores, dtype=np.float64))))


def get_exact_p_values(counts: npt.ArrayLike, denominators: npt.ArrayLike, target: float | Floats) -> Floats:
    """Two-sided and exact: twice the chance of lying so far from the target share on that side, by the binomial.

    counts, denominators: arrays of one shape, NaN where not known; target: 0 to 1, of all or of each.
    """
    x, n = np.broadcast_arrays(np.asarray(counts, dtype=np.float64), np.asarray(denominators, dtype=np.float64))
    known = n > 0
    x, n = np.where(known, x, 0.0), np.where(known, n, 0.0)
    side = np.minimum(get_binomial_tail(x, n, target), get_binomial_tail(n - x, n, 1 - target))
    return np.where(known, np.minimum(2 * side, 1.0), np.nan)


def get_trend_scores(counts: npt.ArrayLike, denominators: npt.ArrayLike) -> Floats:
    """The score of a straight trend of shares over groups in order, in standard errors; above 0 where they rise.

    counts, denominators: [..., groups]; the answer is without the last axis, NaN where a group is missing or empty. A
    group stands at the middle of its share of the cumulative denominator, as for the slope index of inequality.
    With p the share of all groups together and d the place of each less the mean place, the score is
    sum((x - n p) d) / sqrt(p (1 - p) sum(n d^2)); 0 where p is 0 or 1.
    Source: Armitage P, Biometrics 1955;11:375-386 (Cochran and Armitage's test).
    """
    x, n = (np.asarray(each, dtype=np.float64) for each in (counts, denominators))
    n = np.where(n > 0, n, np.nan)
    whole = n.sum(axis=-1, keepdims=True)
    place = (np.cumsum(n, axis=-1) - n / 2) / whole
    place = place - (n * place).sum(axis=-1, keepdims=True) / whole
    share = x.sum(axis=-1, keepdims=True) / whole
    error = np.sqrt((share * (1 - share))[..., 0] * (n * place**2).sum(axis=-1))
    slope = ((x - n * share) * place).sum(axis=-1)
    return np.where(error > 0, slope / np.where(error > 0, error, 1.0), error)
