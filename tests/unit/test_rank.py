"""Whether the values of one set lie above those of another: as SciPy counts it, from how often each occurs."""

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from placewise.floor.statistics.difference import get_score_p_values
from placewise.floor.statistics.rank import get_rank_scores


@pytest.mark.parametrize("shift", [0, 3, -2])
def test_ranks_of_counted_values_are_those_of_the_values_themselves(shift: int) -> None:
    rng = np.random.default_rng(7)
    first, second = rng.poisson(12 + shift, 60), rng.poisson(12, 85)
    counts = [np.bincount(each, minlength=40) for each in (first, second)]
    expected = mannwhitneyu(first, second, method="asymptotic")
    score = get_rank_scores(*counts)
    assert get_score_p_values(score) == pytest.approx(expected.pvalue)
    assert np.sign(score) == np.sign(shift) or shift == 0


def test_nothing_is_told_of_an_empty_set_and_equal_values_score_nothing() -> None:
    assert np.isnan(get_rank_scores([0, 0], [3, 4]))
    assert get_rank_scores([5, 0], [9, 0]) == 0
    both = get_rank_scores([[0, 5], [5, 0]], [[5, 0], [0, 5]])
    assert both[0] > 0 > both[1]
