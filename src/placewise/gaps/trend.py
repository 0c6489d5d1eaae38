"""What became of each measure in a year and in two, who is improving fastest, and where measurement is falling."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from placewise.floor.statistics.difference import get_score_p_values
from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.false_discovery import find_discoveries
from placewise.gaps.contract import RATE, Verdict
from placewise.gaps.readings import Readings
from placewise.gaps.years import MEMORY, compare_pairs, compare_years, get_pairs

FEWEST = 3
"""Areas of a level, to say that one of them improves faster than they do together."""

Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fastest:
    """found: bool[measures, areas], improved faster than the areas of the level together; lead: by how many standard
    errors, to put them in order."""

    found: Booleans
    lead: Floats


def get_change_scores(counts: Readings) -> Floats:
    """float64[2, measures, areas]: of the last year, and of two years with the two before; above 0 where better.

    counts: [measures, areas, months].
    """
    return np.stack([compare_years(counts), compare_pairs(counts)])


def find_verdicts(scores: Floats, falling: Booleans, rate: float = RATE) -> npt.NDArray[np.str_]:
    """Words of Verdict, [measures, areas]. scores: float64[2, measures, areas], as of get_change_scores; falling: where
    measurement falls, so that no change of the figure is known for one.

    improved: better than a year before. deteriorated: worse than a year before, or in the last two years worse than in
    the two before and not better since. sustained: in the last two years better than in the two before, and not worse
    than a year before. Else not yet known.
    """
    found = find_discoveries(get_score_p_values(scores), rate)
    (better, better_than_two), (worse, worse_than_two) = found & (scores > 0), found & (scores < 0)
    words = (
        (falling, Verdict.NOT_YET_KNOWN),
        (better, Verdict.IMPROVED),
        (worse | worse_than_two, Verdict.DETERIORATED),
        (better_than_two, Verdict.SUSTAINED),
    )
    return np.select([each for each, _ in words], [str(word) for _, word in words], str(Verdict.NOT_YET_KNOWN))


def find_fastest(counts: Readings, rate: float = RATE) -> Fastest:
    """Of the areas that were better in the last two years than in the two before, those whose change exceeds that of
    all of the level together; none where fewer than FEWEST areas are known. counts: [measures, areas, months].

    The share of each is moved a little towards one half (one more of each kind), so that none or all of a few people
    are not taken for certain. Source: Agresti A, Caffo B, Am Stat 2000;54:280-288.
    """
    all_good, all_people = get_pairs(counts.good), get_pairs(counts.people)
    known = ~np.isnan(all_good + all_people).any(axis=0)
    enough = known & (known.sum(axis=1, keepdims=True) >= FEWEST)
    together = np.subtract(*(_add_up(all_good, enough) / _add_up(all_people, enough)))
    good = np.stack([get_pairs(counts.good_least)[0], get_pairs(counts.good_most)[1]])
    people = np.stack([get_pairs(counts.of_least)[0], get_pairs(counts.of_most)[1]])
    good, people = (np.where(enough, each, np.nan) for each in (good, people))
    change = np.subtract(*(good / np.where(people > 0, people, np.nan)))
    share = (good + 1) / (people + 2)
    error = np.sqrt(MEMORY * (share * (1 - share) / (people + 2)).sum(axis=0))
    lead = (np.subtract(*share) - together[:, None]) / error
    return Fastest(find_discoveries(ndtr(-lead), rate) & (change > 0), lead)


def _add_up(counts: Floats, known: Booleans) -> Floats:
    """[2, measures]: over the areas that are known; NaN where none is."""
    total = np.where(known, counts, 0.0).sum(axis=2)
    return np.where(known.any(axis=1), total, np.nan)


def find_falling(counts: Readings, known_by: npt.NDArray[np.int64], rate: float = RATE) -> Booleans:
    """bool[measures, areas]: fewer than a year before are known, by the measure that says so.

    known_by: for each measure the row of the one that says how much of it is known, -1 where none does.
    """
    asked = np.unique(known_by[known_by >= 0])
    scores = compare_years(counts)
    fallen = np.zeros(scores.shape, dtype=np.bool_)
    fallen[asked] = find_discoveries(ndtr(scores[asked]), rate)
    return fallen[known_by] & (known_by >= 0)[:, None]
