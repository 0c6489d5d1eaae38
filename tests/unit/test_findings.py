"""Findings: the tests they rest on beside SciPy's, and the verdicts of invented series."""

import numpy as np
import pytest
from scipy.stats import binomtest, chi2_contingency, false_discovery_control

from placewise.floor.statistics.difference import (
    get_difference_scores,
    get_exact_p_values,
    get_score_p_values,
    get_trend_scores,
)
from placewise.floor.statistics.false_discovery import find_discoveries
from placewise.gaps.readings import Readings
from placewise.gaps.special_causes import find_jumps
from placewise.gaps.trend import find_falling, find_fastest, find_verdicts, get_change_scores


def test_the_score_of_a_difference_is_the_root_of_chi_square_with_yates_correction() -> None:
    for met, of, met_before, of_before in ((30, 100, 50, 110), (3, 20, 9, 21), (700, 1000, 640, 980)):
        expected = chi2_contingency([[met, of - met], [met_before, of_before - met_before]]).pvalue
        score = get_difference_scores([met], [of], [met_before], [of_before])
        assert get_score_p_values(score)[0] == pytest.approx(expected)
        assert np.sign(score[0]) == np.sign(met / of - met_before / of_before)


def test_no_difference_can_be_told_of_all_and_all_and_nothing_of_nobody() -> None:
    assert get_difference_scores([10.0, 0, 1], [10, 5, 0], [20, 0, 1], [20, 7, 3]).tolist()[:2] == [0, 0]
    assert np.isnan(get_difference_scores([1], [0], [1], [3]))[0]


def test_a_trend_over_two_groups_is_their_difference_without_correction() -> None:
    met, of = np.array([30, 50]), np.array([100, 110])
    expected = chi2_contingency([met, of - met], correction=False).statistic
    assert get_trend_scores(met, of) ** 2 == pytest.approx(expected)
    assert get_trend_scores(met, of) > 0
    assert np.isnan(get_trend_scores([1, 2, np.nan], [5, 5, 5]))


def test_the_exact_chance_is_twice_that_of_one_side() -> None:
    for x, n in ((3, 40), (30, 40), (0, 12)):
        sides = [binomtest(x, n, 0.3, alternative=side).pvalue for side in ("less", "greater")]
        assert get_exact_p_values([x], [n], 0.3)[0] == pytest.approx(min(2 * min(sides), 1.0))


def test_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    p = np.random.default_rng(1).beta(0.4, 3, 60)
    assert find_discoveries(p, 0.05).tolist() == (false_discovery_control(p) <= 0.05).tolist()
    assert find_discoveries([[0.001, np.nan], [np.nan, 0.9]], 0.05).tolist() == [[True, False], [False, False]]


def series(*shares_a_year: float) -> tuple[np.ndarray, np.ndarray]:
    """One measure of one area of 1,000 people, the same share in all months of a year, as good and people."""
    good = np.repeat(np.array(shares_a_year) * 1000, 12)[None, None]
    return good, np.full(good.shape, 1000.0)


@pytest.mark.parametrize(
    ("shares", "word"),
    [
        ((0.5, 0.5, 0.5, 0.5, 0.7), "improved"),
        ((0.5, 0.5, 0.5, 0.7, 0.7), "sustained"),
        ((0.7, 0.7, 0.7, 0.7, 0.5), "deteriorated"),
        ((0.7, 0.7, 0.7, 0.5, 0.5), "deteriorated"),
        ((0.7, 0.7, 0.7, 0.4, 0.6), "improved"),
        ((0.5, 0.5, 0.5, 0.5, 0.51), "not yet known"),
        ((0.5,), "not yet known"),
    ],
)
def test_a_verdict_is_read_off_the_years(shares: tuple[float, ...], word: str) -> None:
    assert find_verdicts(get_change_scores(Readings.exactly(*series(*shares))), np.array([[False]])).tolist() == [
        [word]
    ]


def test_where_measurement_falls_no_change_is_known() -> None:
    assert find_verdicts(
        get_change_scores(Readings.exactly(*series(0.5, 0.5, 0.5, 0.5, 0.7))), np.array([[True]])
    ).tolist() == [["not yet known"]]


def test_falling_measurement_is_told_of_the_measure_it_stands_beside() -> None:
    controlled, people = series(0.5, 0.5, 0.5)
    measured, _ = series(0.9, 0.9, 0.6)
    both = np.concatenate([controlled, measured]), np.concatenate([people, people])
    assert find_falling(Readings.exactly(*both), np.array([1, -1])).tolist() == [[True], [False]]


def test_the_fastest_improves_by_more_than_all_together() -> None:
    every = [series(0.5, 0.5, 0.5, later, later)[0] for later in (0.6, 0.6, 0.6, 0.8)]
    good = np.concatenate(every, axis=1)
    fastest = find_fastest(Readings.exactly(good, np.full(good.shape, 1000.0)))
    assert fastest.found.tolist() == [[False, False, False, True]]


def test_a_jump_is_found_in_its_month_and_a_season_is_none() -> None:
    rng, months = np.random.default_rng(3), np.arange(60)
    season = 0.05 * np.sin(months * 2 * np.pi / 12)
    share = np.array([[0.6 + season, 0.6 + season - 0.1 * (months >= 54)]])
    people = np.full(share.shape, 100_000.0)
    jumps = find_jumps(rng.binomial(100_000, share).astype(float), people)
    assert [each.tolist() for each in np.nonzero(jumps.worse)] == [[0], [1], [54]]
    assert not jumps.better.any()
