"""Practices beside what is expected of people like theirs: of the same age, sex and deprivation, as all practices do.

What these explain of how practices differ is warranted as far as they tell; what is left is not. Deprivation explains
and does not excuse: that people of poorer areas fare worse is told as inequality, and stands beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from placewise.floor.statistics.difference import get_exact_p_values
from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.false_discovery import find_discoveries
from placewise.floor.statistics.funnel import get_target
from placewise.floor.statistics.indirect_standardisation import get_indirectly_standardised
from placewise.floor.statistics.overdispersion import get_proportion_overdispersion
from placewise.gaps.contract import RATE
from placewise.gaps.variation import FEWEST
from placewise.measures.case_mix import CaseMix

Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """[measures, practices]. outside: further from what is expected of its people than chance explains; is_above: more
    count than expected. [measures] differ: practices differ by more than chance; explained: how much of the variance
    between them, beyond chance, whom they look after explains, 0 to 1; NaN where there is none."""

    outside: Booleans
    is_above: Booleans
    differ: Booleans
    explained: Floats


def find_adjusted(case_mixes: Sequence[CaseMix | None], practices: int, rate: float = RATE) -> Adjusted:
    """case_mixes: of each measure, None where it is not counted so. False findings are held over all of them.

    A practice is judged by the exact binomial about its expected share, which errs on the side of no finding, since
    chances that differ from person to person vary less than one that is the same for all.
    """
    shape = (len(case_mixes), practices)
    p_values, above = np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    differ, explained = np.full(shape[0], np.nan), np.full(shape[0], np.nan)
    for row, case_mix in enumerate(case_mixes):
        if case_mix is None:
            continue
        met, people = case_mix.numerator.sum(axis=1), case_mix.denominator.sum(axis=1)
        expects = get_expected_share(case_mix)
        some = np.flatnonzero(~np.isnan(expects))
        if len(some) < FEWEST or met.sum() == people.sum():
            continue
        x, n = met[some], people[some]
        expected = expects[some]
        p_values[row, some] = get_exact_p_values(x, n, expected)
        above[row, some] = x > n * expected
        differ[row], explained[row] = _split_variation(x, n, expected)
    return Adjusted(find_discoveries(p_values, rate), above, find_discoveries(differ, rate), explained)


def get_expected_share(case_mix: CaseMix) -> Floats:
    """float64[practices]: the share that would count if all did for people alike; NaN where nobody would.

    Indirect standardisation: each practice's people of a group by the share of the group in all practices together.
    """
    people = case_mix.denominator.sum(axis=1)
    groups = np.flatnonzero(case_mix.numerator.sum(axis=0))
    of, met = case_mix.denominator[:, groups], case_mix.numerator[:, groups]
    some = np.flatnonzero(of.sum(axis=1))
    share = np.full(len(people), np.nan)
    if not len(some):  # nobody counts anywhere, so nothing is expected of anybody
        return share
    expected = get_indirectly_standardised(met[some].sum(axis=1), of[some], met.sum(axis=0), of.sum(axis=0)).expected
    share[some] = np.clip(expected / people[some], 0.0, 1.0)
    return share


def _split_variation(met: Floats, people: Floats, expected: Floats) -> tuple[float, float]:
    """The chance that practices lie so far apart where none differs, and the share of the variance between them that
    is gone once each is held against what is expected of its people."""
    target = get_target(met, people)
    squares = (met - people * target) ** 2 / (people * target * (1 - target))
    crude = get_proportion_overdispersion(met, people, target).variance
    adjusted = get_proportion_overdispersion(met, people, expected).variance
    explained = float(np.clip(1 - adjusted / crude, 0.0, 1.0)) if crude > 0 else np.nan
    chance = float(chdtrc(len(met) - 1, squares.sum())) if len(met) > 1 else np.nan
    return chance, explained
