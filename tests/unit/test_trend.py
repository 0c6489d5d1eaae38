"""Trends with seasons and a stated break: the intervals hold what they say, for months that remember each other."""

import numpy as np
import pytest

from placewise.floor.statistics.autoregression import GRID, fit_regression
from placewise.floor.statistics.trend import TrendTerms, fit_trend

MONTHS, BREAK, APRIL = 60, 24, 4
SEASON = np.array([3.0, 2, 1, 0, -1, -2, -3, -2, -1, 0, 1, 2])
"""January first; adds up to 0."""


def truth(slope: float = 0.2, level: float = -8.0, turn: float = 0.3) -> np.ndarray:
    month = np.arange(MONTHS)
    after = month >= BREAK
    return 50 + slope * month + level * after + turn * (month - BREAK) * after + SEASON[(month + APRIL - 1) % 12]


def remembered(areas: int, memory: float, seed: int, months: int = MONTHS) -> np.ndarray:
    """Errors of standard deviation 1 with this autocorrelation."""
    rng = np.random.default_rng(seed)
    errors = rng.normal(size=(areas, months))
    for month in range(1, months):
        errors[:, month] = memory * errors[:, month - 1] + np.sqrt(1 - memory**2) * errors[:, month]
    return errors


def test_without_noise_every_term_is_recovered_even_with_months_missing() -> None:
    values = np.stack([truth(), truth()])
    values[1, [3, 17, 18, 40]] = np.nan
    values += remembered(2, 0.0, 1) * 1e-9
    trend = fit_trend(values, first_month=APRIL, break_at=BREAK)
    assert trend.slope_before is not None and trend.level_change is not None and trend.slope_change is not None
    np.testing.assert_allclose(trend.slope_before.value, 0.2, atol=1e-8)
    np.testing.assert_allclose(trend.level_change.value, -8, atol=1e-8)
    np.testing.assert_allclose(trend.slope_change.value, 0.3, atol=1e-8)
    np.testing.assert_allclose(trend.slope.value, 0.5, atol=1e-8)
    np.testing.assert_allclose(trend.season, np.stack([SEASON, SEASON]), atol=1e-8)


def test_the_fit_is_that_of_the_whole_correlation_matrix() -> None:
    """Prewhitening month by month, with gaps, against the textbook's matrices for one series."""
    values = (truth() + remembered(1, 0.6, 3)[0])[None, :]
    values[0, [5, 6, 30]] = np.nan
    design = TrendTerms(MONTHS, APRIL, BREAK).get_design(0, MONTHS)
    fit = fit_regression(values, design)
    month = np.flatnonzero(~np.isnan(values[0]))
    x, y, free = design[month], values[0, month], len(month) - design.shape[1]
    likelihood = []
    for place, memory in enumerate(GRID):
        inverse = np.linalg.inv(memory ** np.abs(month[:, None] - month))
        product = x.T @ inverse @ x
        beta = np.linalg.solve(product, x.T @ inverse @ y)
        squares = (y - x @ beta) @ inverse @ (y - x @ beta)
        np.testing.assert_allclose(fit.coefficients[place, 0], beta, rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(fit.spread[place, 0], np.linalg.inv(product) * squares / free, rtol=1e-5, atol=1e-7)
        log_determinants = np.linalg.slogdet(inverse)[1] - np.linalg.slogdet(product)[1]
        likelihood.append((log_determinants - free * np.log(squares)) / 2)
    weight = np.exp(np.array(likelihood) - max(likelihood))
    np.testing.assert_allclose(fit.weight[:, 0], weight / weight.sum(), rtol=1e-4, atol=1e-8)


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.8])
def test_intervals_hold_the_truth_about_as_often_as_they_say(memory: float) -> None:
    """95% intervals of the slope and of the jump, in 600 series each."""
    trend = fit_trend(truth() + remembered(600, memory, 7), first_month=APRIL, break_at=BREAK)
    assert trend.level_change is not None
    for estimate, true in ((trend.slope, 0.5), (trend.level_change, -8.0)):
        held = np.mean((estimate.lower <= true) & (true <= estimate.upper))
        assert 0.90 <= held <= 0.985


def test_the_autocorrelation_is_found_although_fifteen_terms_are_fitted() -> None:
    trend = fit_trend(truth() + remembered(300, 0.6, 8), first_month=APRIL, break_at=BREAK)
    assert trend.regression.autocorrelation.mean() == pytest.approx(0.6, abs=0.06)


def test_a_series_too_short_for_its_terms_has_no_trend_and_leaves_the_others_theirs() -> None:
    values = truth() + remembered(2, 0.3, 9)
    whole = fit_trend(values, first_month=APRIL).slope.value[1]
    values[0, 16:] = np.nan
    trend = fit_trend(values, first_month=APRIL)
    assert np.isnan(trend.slope.value[0]) and np.isnan(trend.slope.upper[0])
    assert trend.slope.value[1] == pytest.approx(whole)


def test_a_series_without_a_word_before_the_break_has_no_trend() -> None:
    values = truth() + remembered(1, 0.3, 10)
    values[0, :BREAK] = np.nan
    assert np.isnan(fit_trend(values, first_month=APRIL, break_at=BREAK).slope.value[0])


def test_years_have_no_season() -> None:
    trend = fit_trend([[10.0, 12, 13, 16, 18, 19, 22, 24, 25]], first_month=None)
    assert trend.season is None and trend.slope_change is None
    assert trend.slope.value[0] == pytest.approx(1.9, abs=0.05)
    assert trend.slope.lower[0] > 1.5


def test_a_break_or_month_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="break 60 lies outside the 60 months"):
        fit_trend([truth()], first_month=APRIL, break_at=60)
    with pytest.raises(ValueError, match="first month 13"):
        fit_trend([truth()], first_month=13)
