"""Forecast bands of 80% hold about 80% of what comes, and a stated chance comes true about as often."""

import numpy as np
import pytest

from placewise.floor.statistics.forecast import get_chance_of_meeting, get_forecast
from placewise.floor.statistics.trend import fit_trend

MONTHS, AHEAD, SERIES = 60, 12, 500


def simulate(memory: float, seed: int) -> np.ndarray:
    """Series with a trend, seasons and errors with this autocorrelation: known months, then those to come."""
    rng = np.random.default_rng(seed)
    months = MONTHS + AHEAD
    errors = rng.normal(size=(SERIES, months))
    for month in range(1, months):
        errors[:, month] = memory * errors[:, month - 1] + np.sqrt(1 - memory**2) * errors[:, month]
    slope = rng.normal(scale=0.05, size=(SERIES, 1))
    return 70 + slope * np.arange(months) + 2 * np.cos(np.pi * np.arange(months) / 6) + errors


@pytest.mark.parametrize("memory", [0.0, 0.4, 0.8])
@pytest.mark.parametrize("break_at", [None, 30])
def test_bands_hold_about_80_per_cent_of_what_comes(memory: float, break_at: int | None) -> None:
    values = simulate(memory, 11)
    forecast = get_forecast(fit_trend(values[:, :MONTHS], first_month=4, break_at=break_at), AHEAD)
    came = values[:, MONTHS:]
    held = (forecast.lower <= came) & (came <= forecast.upper)
    assert held.mean() == pytest.approx(0.8, abs=0.04)
    assert np.all(np.abs(held.mean(axis=0) - 0.8) < 0.08), "in the first month as in the twelfth"


def test_a_stated_chance_comes_true_about_as_often() -> None:
    values = simulate(0.5, 12)
    forecast = get_forecast(fit_trend(values[:, :MONTHS], first_month=4), AHEAD)
    target = np.random.default_rng(13).normal(70, 2, (SERIES, 1))
    chance = get_chance_of_meeting(forecast, target, "higher")
    met = values[:, MONTHS:] >= target
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        said = (low <= chance) & (chance <= low + 0.2)
        assert met[said].mean() == pytest.approx(chance[said].mean(), abs=0.07)
    np.testing.assert_allclose(get_chance_of_meeting(forecast, target, "lower"), 1 - chance, atol=1e-12)


def test_months_not_yet_reported_are_forecast_from_the_last_that_was() -> None:
    """Two series alike, one without its last three months: its fourth month ahead is no surer than its first was."""
    values = simulate(0.6, 14)[:, :MONTHS]
    late = values.copy()
    late[:, -3:] = np.nan
    early = get_forecast(fit_trend(values[:, :-3], first_month=4), 5)
    delayed = get_forecast(fit_trend(late, first_month=4), 2)
    np.testing.assert_allclose(delayed.expected, early.expected[:, 3:], rtol=1e-6)
    np.testing.assert_allclose(delayed.spread, early.spread[:, 3:], rtol=1e-6)


def test_a_series_without_a_trend_has_no_forecast() -> None:
    forecast = get_forecast(fit_trend([[1.0, 2, 3]], first_month=None), 2)
    assert np.isnan(forecast.upper).all()
    assert np.isnan(get_chance_of_meeting(forecast, 3, "higher")).all()


def test_80_is_not_meant_as_a_band_of_80_per_cent() -> None:
    with pytest.raises(ValueError, match="confidence of 80"):
        get_forecast(fit_trend(simulate(0.0, 1)[:2], first_month=4), 2, band=80)
