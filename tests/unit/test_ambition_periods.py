"""Periods as publishers write them, and years that nobody measured."""

from datetime import date

import numpy as np
import pytest

from placewise.gaps.ambitions.periods import count_steps, get_last_day, get_step, lay_out


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2019", date(2019, 12, 31)),
        ("2017 to 2019", date(2019, 12, 31)),
        ("2020-21", date(2021, 3, 31)),
        ("2020/21", date(2021, 3, 31)),
        ("1999-00", date(2000, 3, 31)),
        ("2009-10", date(2010, 3, 31)),  # a financial year, not a month
        ("2024-02", date(2024, 2, 29)),
        ("2024-05-07", date(2024, 5, 7)),
    ],
)
def test_the_last_day_of_a_period(period: str, last: date):
    assert get_last_day(period) == last


@pytest.mark.parametrize("period", ["lately", "2019-2021", "2024-13", ""])
def test_what_is_no_period_is_refused(period: str):
    with pytest.raises(ValueError, match="is no period"):
        get_last_day(period)


def test_a_year_that_nobody_measured_still_passed():
    ends = [date(year, 8, 31) for year in (2018, 2019, 2021, 2022)]
    assert get_step(ends) == 12
    np.testing.assert_array_equal(lay_out(np.array([1.0, 2, 4, 5]), ends), [1, 2, np.nan, 4, 5])


@pytest.mark.parametrize(
    ("last", "due", "step", "periods"),
    [
        (date(2021, 12, 31), date(2024, 12, 31), 12, 3),
        (date(2021, 12, 31), date(2025, 3, 31), 12, 4),  # the first year that reaches it
        (date(2024, 12, 31), date(2024, 12, 31), 12, 0),
        (date(2026, 3, 31), date(2029, 3, 31), 1, 36),
    ],
)
def test_how_many_periods_reach_the_day(last: date, due: date, step: int, periods: int):
    assert count_steps(last, due, step) == periods
