"""Before and after, beside areas that were like those treated before: differences in differences of matched areas."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.special import stdtrit

from placewise.floor.statistics.estimate import Estimate, Floats

MOST_EACH = 3
"""Controls for each treated area: more hardly narrow the interval, and are less like it."""
LEAST_TREATED = 3
"""Fewer areas do not tell how much their changes differ."""


@dataclass(frozen=True, slots=True)
class MatchedChange:
    """change: the mean over treated areas, 0 dimensions; matches: int64[treated, each], places of their controls.
    treated, controls: float64[months], the mean series of both."""

    change: Estimate
    matches: npt.NDArray[np.int64]
    treated: Floats
    controls: Floats


def get_matched_change(
    values: npt.ArrayLike, treated: npt.ArrayLike, *, starts_at: int, confidence: float = 0.95
) -> MatchedChange:
    """How much more treated areas changed than areas that stood where they stood and went where they went.

    values: float64[areas, months], shares or rates without missing months; treated: bool[areas]; starts_at: the place
    of the first month after the start, from 0. Each treated area has up to MOST_EACH controls of its own, none used
    twice: those nearest in the mean of the first and of the second half of the months before, found together so that
    the sum of distances is least. Seasons, a pandemic and whatever else all areas share fall out. Limits are Student's
    t of the differences of the matched sets. Raises ValueError for fewer than LEAST_TREATED treated areas, fewer
    controls than treated, a missing value, or fewer than two months before.
    Chosen for lying low, areas would rise by themselves: so would controls that lay as low. What began elsewhere in the
    same month is not told apart.
    Source: Stuart EA, Stat Sci 2010;25:1-21 (matching); Donald SG, Lang K, Rev Econ Stat 2007;89:221-233 (limits by
    areas, not by people).
    """
    values, treated = np.asarray(values, dtype=np.float64), np.asarray(treated, dtype=np.bool_)
    if np.isnan(values).any():
        raise ValueError("a month is missing")
    if not 2 <= starts_at < values.shape[1]:
        raise ValueError(f"start {starts_at} leaves fewer than two months before it, or none after")
    if treated.sum() < LEAST_TREATED or (~treated).sum() < treated.sum():
        raise ValueError(f"{treated.sum()} treated and {(~treated).sum()} other areas are too few to match")
    matches = match_controls(values[:, :starts_at], treated)
    of_controls = values[matches].mean(axis=1)
    apart = values[treated] - of_controls
    changes = apart[:, starts_at:].mean(axis=1) - apart[:, :starts_at].mean(axis=1)
    reach = stdtrit(len(changes) - 1, (1 + confidence) / 2) * changes.std(ddof=1) / np.sqrt(len(changes))
    change = np.asarray(changes.mean())
    return MatchedChange(
        Estimate(change, change - reach, change + reach),
        matches,
        values[treated].mean(axis=0),
        of_controls.mean(axis=0),
    )


def match_controls(before: Floats, treated: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Places [treated, each] of the areas most like each treated one before; before: float64[areas, months]."""
    middle = before.shape[1] // 2
    traits = np.stack([before[:, :middle].mean(axis=1), before[:, middle:].mean(axis=1)], axis=1)
    spread = traits.std(axis=0)
    traits = traits / np.where(spread > 0, spread, 1)
    others = np.flatnonzero(~treated)
    each = min(MOST_EACH, len(others) // int(treated.sum()))
    distance = np.linalg.norm(traits[treated][:, None] - traits[others][None], axis=-1)
    rows, columns = linear_sum_assignment(np.repeat(distance, each, axis=0))
    chosen: npt.NDArray[np.int64] = others[columns[np.argsort(rows)]].reshape(-1, each)
    return chosen
