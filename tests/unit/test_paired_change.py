"""The change of a monthly series against an earlier period, with an interval from how its months differ."""

import numpy as np
import pytest

from placewise.floor.statistics.change import get_paired_change

YEAR = np.array([100, 90, 110, 105, 120, 115, 130, 100, 95, 105, 115, 125]) * 100.0


def test_every_month_higher_by_a_tenth_is_a_tenth_without_doubt() -> None:
    change = get_paired_change(1.1 * YEAR, YEAR)
    np.testing.assert_allclose([change.value, change.lower, change.upper], 0.1)


def test_a_month_longer_by_a_day_counts_for_a_day() -> None:
    days = np.array([1.0, 29 / 28])
    change = get_paired_change([[310.0, 290.0]], [[310.0, 280.0]], days=days)
    assert change.value[0] == pytest.approx(0.0)


def test_the_limits_are_those_of_students_t_on_the_logarithms() -> None:
    """Three months, worked by hand: the logarithms of 1.1, 1.2 and 1.3, of mean 0.180 and deviation 0.084."""
    change = get_paired_change([110.0, 120.0, 130.0], [100.0, 100.0, 100.0])
    apart = np.log([1.1, 1.2, 1.3])
    reach = 4.302653 * apart.std(ddof=1) / np.sqrt(3)
    assert change.value[0] == pytest.approx(0.2)
    assert [change.lower[0], change.upper[0]] == pytest.approx([1.2 * np.exp(-reach) - 1, 1.2 * np.exp(reach) - 1])


@pytest.mark.parametrize("missing", [np.nan, 0.0])
def test_an_area_that_lacks_a_month_has_no_change(missing: float) -> None:
    change = get_paired_change([YEAR, YEAR], [[missing, *YEAR[1:]], YEAR])
    assert np.isnan([change.value[0], change.lower[0], change.upper[0]]).all()
    assert change.value[1] == 0


def test_the_interval_holds_its_confidence() -> None:
    chance = np.random.default_rng(1)
    before = YEAR * chance.lognormal(sigma=0.05, size=(4000, 12))
    after = YEAR * 1.15 * chance.lognormal(sigma=0.05, size=(4000, 12))
    change = get_paired_change(after, before)
    assert ((change.lower <= 0.15) & (change.upper >= 0.15)).mean() == pytest.approx(0.95, abs=0.015)
