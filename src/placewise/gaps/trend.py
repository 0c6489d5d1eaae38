"""What became of each measure in a year and in two, who is improving fastest, and where measurement is falling.

The same month of the year is compared, so that seasons and figures of a financial year so far do not count as change.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from placewise.floor.statistics.difference import get_difference_scores, get_score_p_values
from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.false_discovery import find_discoveries
from placewise.gaps.contract import RATE, Verdict

YEAR = 12
FEWEST = 3
"""Areas of a level, to say that one of them improves faster than they do together."""

MEMORY = 1.06
"""How much larger the variance of two years less the two before can be than if all four were of other people. Where a
year goes with the one before by r, and with others by its powers, it is 1 + r / 2 - r^2 - r^3 / 2 times: 1.056 at most
(r = 0.21), and towards none where the same people are counted alike every year."""

Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fastest:
    """found: bool[measures, areas], improved faster than the areas of the level together; lead: by how many standard
    errors, to put them in order."""

    found: Booleans
    lead: Floats


def find_verdicts(good: Floats, people: Floats, falling: Booleans, rate: float = RATE) -> npt.NDArray[np.str_]:
    """Words of Verdict, [measures, areas]. good, people: float64[measures, areas, months]; falling: where measurement
    falls, so that no change of the figure is known for one.

    improved: better than a year before. deteriorated: worse than a year before, or in the last two years worse than in
    the two before and not better since. sustained: in the last two years better than in the two before, and not worse
    than a year before. Else not yet known.
    """
    scores = np.stack([_compare_years(good, people), _compare_pairs(good, people)])
    found = find_discoveries(get_score_p_values(scores), rate)
    (better, better_than_two), (worse, worse_than_two) = found & (scores > 0), found & (scores < 0)
    words = (
        (falling, Verdict.NOT_YET_KNOWN),
        (better, Verdict.IMPROVED),
        (worse | worse_than_two, Verdict.DETERIORATED),
        (better_than_two, Verdict.SUSTAINED),
    )
    return np.select([each for each, _ in words], [str(word) for _, word in words], str(Verdict.NOT_YET_KNOWN))


def find_fastest(good: Floats, people: Floats, rate: float = RATE) -> Fastest:
    """Of the areas that were better in the last two years than in the two before, those whose change exceeds that of
    all of the level together; none where fewer than FEWEST areas are known.

    The share of each is moved a little towards one half (one more of each kind), so that none or all of a few people
    are not taken for certain. Source: Agresti A, Caffo B, Am Stat 2000;54:280-288.
    """
    good, people = _get_pairs(good), _get_pairs(people)
    known = ~np.isnan(good + people).any(axis=0)
    enough = known.sum(axis=1, keepdims=True) >= FEWEST
    good, people = (np.where(known & enough, each, np.nan) for each in (good, people))
    change = np.subtract(*(good / people))
    together = np.nansum(good, axis=2) / np.where(enough[:, 0], np.nansum(people, axis=2), np.nan)
    share = (good + 1) / (people + 2)
    error = np.sqrt(MEMORY * (share * (1 - share) / (people + 2)).sum(axis=0))
    lead = (np.subtract(*share) - np.subtract(*together)[:, None]) / error
    return Fastest(find_discoveries(norm.sf(lead), rate) & (change > 0), lead)


def find_falling(good: Floats, people: Floats, known_by: npt.NDArray[np.int64], rate: float = RATE) -> Booleans:
    """bool[measures, areas]: fewer than a year before are known, by the measure that says so.

    known_by: for each measure the row of the one that says how much of it is known, -1 where none does.
    """
    asked = np.unique(known_by[known_by >= 0])
    fallen = np.zeros(good.shape[:2], dtype=np.bool_)
    fallen[asked] = find_discoveries(norm.cdf(_compare_years(good[asked], people[asked])), rate)
    return fallen[known_by] & (known_by >= 0)[:, None]


def _compare_years(good: Floats, people: Floats) -> Floats:
    """The score of the last month against the same month a year before; NaN where it is not in the window."""
    (now, before), (people_now, people_before) = (_get_years(each, 0, 1) for each in (good, people))
    return get_difference_scores(now, people_now, before, people_before)


def _compare_pairs(good: Floats, people: Floats) -> Floats:
    """The score of the last two years against the two before, allowing for MEMORY."""
    (now, before), (people_now, people_before) = _get_pairs(good), _get_pairs(people)
    return get_difference_scores(now, people_now, before, people_before) / np.sqrt(MEMORY)


def _get_pairs(counts: Floats) -> Floats:
    """float64[2, measures, areas]: the last month and that a year before added up, and so of the two years before."""
    years = _get_years(counts, 0, 1, 2, 3)
    return np.stack([years[0] + years[1], years[2] + years[3]])


def _get_years(counts: Floats, *back: int) -> Floats:
    """The last month, and the same month in years before; NaN where it is not in the window."""
    months = [counts.shape[-1] - 1 - years * YEAR for years in back]
    return np.stack([counts[..., month] if month >= 0 else np.full(counts.shape[:-1], np.nan) for month in months])
