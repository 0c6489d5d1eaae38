"""Whether the values of one set lie above those of another, from how often each value occurs."""

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats


def get_rank_scores(first: npt.ArrayLike, second: npt.ArrayLike) -> Floats:
    """The score of Mann and Whitney's test, above 0 where the first set's values are higher; NaN where a set is empty.

    first, second: how often each value occurs, [..., values], the values rising along the last axis; the answer is
    without it. With n and m values, N of both and t of each value in both, U counts the pairs in which the first is
    higher, a tie as one half, and the score is (|U - n m / 2| - 1/2) / sqrt(n m / 12 x (N + 1 - sum(t^3 - t) /
    (N (N - 1)))), at least 0 and with the sign of the difference; 0 where all values are one.
    Source: Mann HB, Whitney DR, Ann Math Stat 1947;18:50-60; Lehmann EL, Nonparametrics (1975), 1.5 (ties).
    """
    a, b = np.broadcast_arrays(np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64))
    n, m = a.sum(axis=-1), b.sum(axis=-1)
    pairs, ties = n * m, a + b
    higher = (a * (np.cumsum(b, axis=-1) - b / 2)).sum(axis=-1) - pairs / 2
    both = n + m
    with np.errstate(divide="ignore", invalid="ignore"):
        tied = (ties**3 - ties).sum(axis=-1) / (both * (both - 1))
        error = np.sqrt(np.maximum(pairs / 12 * (both + 1 - tied), 0.0))
        score = np.sign(higher) * np.where(error > 0, np.maximum(np.abs(higher) - 0.5, 0.0) / error, 0.0)
    return np.where(pairs > 0, score, np.nan)
