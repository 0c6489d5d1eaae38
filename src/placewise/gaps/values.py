"""What became of measures that are no share of people: rates, means, medians and shares of other units.

Each compares the newest settled period with that of a year before, and the last two years with the two before, as the
verdicts of shares do, by the test that its sums allow:
- a share of other units by its difference, as shares of people are;
- a rate by its events among those of both periods, given what it is of in each; events of one person come together, so
  the variance is widened by how much more than chance the practices' months differ from one to the next;
- a mean by its difference in standard errors;
- a median by ranks: whether the values lie higher or lower, from how often each occurs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.rank import get_rank_scores
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.gaps.definition import Judged
from placewise.gaps.readings import Readings
from placewise.gaps.years import MEMORY, compare_pairs, compare_years, get_pairs, get_years
from placewise.measures.contract import ALL
from placewise.measures.cube import Cube, SplitCounts
from placewise.measures.entries import SQUARES
from placewise.measures.periods import add_up_cells, get_first_months
from placewise.measures.rollup import Cells, find_members, get_cells, roll_up
from placewise.measures.value_counts import ValueCounts

FEWEST = 30
"""Values or events in both periods together: with fewer the scores are not near normal."""

Integers = npt.NDArray[np.int64]
Parts = dict[str, Floats]
"""numerator, denominator and further sums (entries.py), each float64[areas, months]."""


@dataclass(frozen=True, slots=True)
class Changes:
    """scores: float64[2, measures, areas], of the last year, and of two years with the two before, above 0 where it has
    become better; NaN where no test can be made. reported: bool[measures, areas], of the newest settled month."""

    scores: Floats
    reported: npt.NDArray[np.bool_]


def get_changes(cube: Cube, judged: Sequence[Judged], hierarchy: Hierarchy, level: str) -> Changes:
    """Of these measures; areas are in the order of `roll_up`."""
    areas = len(hierarchy.at(level))
    scores, reported = np.full((2, len(judged), areas), np.nan), np.zeros((len(judged), areas), dtype=np.bool_)
    for row, each in enumerate(judged):
        cells = roll_up(get_cells(cube.read(each.measure), cube.units(), [ALL]).reporting, hierarchy, level)
        parts = _get_parts(add_up_cells(cells, each.over, cube.window, of_people=False), each)
        match each.statistic:
            case "proportion":
                met = Readings.exactly(parts["numerator"], parts["denominator"])
                found = np.stack([compare_years(met), compare_pairs(met)])
            case "rate":
                found = compare_rates(parts, get_spread(cube.read(each.measure)[ALL]))
            case "mean":
                found = compare_means(parts)
            case "median":
                found = _compare_medians(cube, each, hierarchy, level)
        scores[:, row] = found if each.higher_is_better else -found
        reported[row] = ~np.isnan(parts["denominator"][:, -1])
    return Changes(scores, reported)


def _get_parts(cells: Cells, judged: Judged) -> Parts:
    """[areas, months] of everybody, NaN where nothing is known, moved up so that the last month is settled."""
    parts = {}
    for name, counts in {"numerator": cells.numerator, "denominator": cells.denominator, **cells.more}.items():
        known = np.where(cells.reported & (cells.denominator > 0), counts, np.nan)[:, 0]
        parts[name] = np.full(known.shape, np.nan)
        parts[name][:, judged.settles_after :] = known[:, : known.shape[1] - judged.settles_after]
    return parts


def get_spread(counts: SplitCounts) -> float:
    """How many times chance the variance of events is: 1 or more.

    Of months one after another of each practice, whose means are nearly the same: the sum of their squared differences
    over that of their events. Seasons count as spread too, which errs on the side of no finding.
    """
    events = np.where(counts.reported, counts.numerator[:, 0], np.nan)
    before, after = events[:, :-1], events[:, 1:]
    total = np.nansum(before + after)
    return max(float(np.nansum((after - before) ** 2) / total), 1.0) if total else 1.0


def compare_rates(parts: Parts, spread: float) -> Floats:
    """float64[2, areas]: the score of the events of now among those of both periods, with Yates's correction.

    Source: Przyborowski J, Wilenski H, Biometrika 1940;31:313-323 (the conditional test); McCullagh P, Nelder JA,
    Generalized linear models (1989), 4.5 (the wider variance).
    """

    def compare(now: Parts, before: Parts) -> Floats:
        both, of = (now[name] + before[name] for name in ("numerator", "denominator"))
        share = now["denominator"] / np.where(of > 0, of, np.nan)
        apart = now["numerator"] - both * share
        error = np.sqrt(spread * both * share * (1 - share))
        enough = (both >= FEWEST) & (error > 0)
        score = np.sign(apart) * np.maximum(np.abs(apart) - 0.5, 0.0) / np.where(enough, error, 1.0)
        return np.where(enough, score, np.nan)

    return _compare(parts, compare)


def compare_means(parts: Parts) -> Floats:
    """float64[2, areas]: the difference of two means in standard errors, each with its own variance.

    Source: Welch BL, Biometrika 1947;34:28-35.
    """

    def compare(now: Parts, before: Parts) -> Floats:
        means, variances = [], []
        for each in (now, before):
            n = np.where(each["denominator"] >= FEWEST, each["denominator"], np.nan)
            means.append(each["numerator"] / n)
            variances.append((each[SQUARES] / n - means[-1] ** 2) / (n - 1))
        error = np.sqrt(np.maximum(variances[0] + variances[1], 0.0))
        apart = means[0] - means[1]
        return np.where(error > 0, apart / np.where(error > 0, error, 1.0), 0 * apart)

    return _compare(parts, compare)


def _compare(parts: Parts, compare: Callable[[Parts, Parts], Floats]) -> Floats:
    years, pairs = ({name: get(each) for name, each in parts.items()} for get in (_get_last_years, get_pairs))
    of_years, of_pairs = (
        compare(*({name: part[place] for name, part in each.items()} for place in (0, 1))) for each in (years, pairs)
    )
    return np.stack([of_years, of_pairs / np.sqrt(MEMORY)])


def _get_last_years(counts: Floats) -> Floats:
    return get_years(counts, 0, 1)


def _compare_medians(cube: Cube, judged: Judged, hierarchy: Hierarchy, level: str) -> Floats:
    counts, window = cube.read_value_counts(judged.measure), cube.window
    first = get_first_months(judged.over, window)
    areas, home = find_members(cube.units(), hierarchy, level)
    last = window.months - 1 - judged.settles_after

    def in_period(years_back: int) -> Floats:
        month = last - 12 * years_back
        if month < 0 or first[month] < 0:
            return np.full((len(areas), len(counts.values)), np.nan)
        return _count_values(counts, home, len(areas), int(first[month]), month)

    periods = [in_period(years) for years in range(4)]
    pairs = periods[0] + periods[1], periods[2] + periods[3]
    scores = np.stack([get_rank_scores(*periods[:2]), get_rank_scores(*pairs) / np.sqrt(MEMORY)])
    enough = np.stack([np.minimum(a.sum(axis=1), b.sum(axis=1)) for a, b in (periods[:2], pairs)]) >= FEWEST
    return np.where(enough, scores, np.nan)


def _count_values(counts: ValueCounts, home: Integers, areas: int, first: int, last: int) -> Floats:
    """How often each value occurs in the months of a period: float64[areas, values]."""
    cell, value, month, change = counts.rows[ALL]
    months = np.maximum(last + 1 - np.maximum(month, first), 0)
    inside = np.flatnonzero((home[cell] >= 0) & (months > 0))
    values = len(counts.values)
    place = home[cell[inside]] * values + value[inside]
    weights = (change * months)[inside]
    return np.asarray(np.bincount(place, weights=weights, minlength=areas * values), np.float64).reshape(areas, values)
