"""Periods as publishers write them, and the last day of each: what a promise's date is held against."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

_YEARS = re.compile(r"(\d{4})(?: to (\d{4}))?")
_FINANCIAL_YEAR = re.compile(r"(\d{4})[-/](\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def get_last_day(period: str) -> date:
    """2019, 2017 to 2019, 2020-21 or 2020/21 (a financial year), 2026-03 (a month) or a day.

    Two digits that follow on from the year are a financial year: 2009-10 ends in March 2010. ValueError for others.
    """
    if years := _YEARS.fullmatch(period):
        return date(int(years[2] or years[1]), 12, 31)
    if (split := _FINANCIAL_YEAR.fullmatch(period)) and int(split[2]) == (int(split[1]) + 1) % 100:
        return date(int(split[1]) + 1, 3, 31)
    if (month := _MONTH.fullmatch(period)) and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return date(year, number, monthrange(year, number)[1])
    try:
        return date.fromisoformat(period)
    except ValueError:
        raise ValueError(f"{period} is no period; write 2019, 2017 to 2019, 2020-21, 2026-03 or 2026-03-31") from None


def get_step(ends: Sequence[date]) -> int:
    """The months from one period to the next, by the usual distance; 12 where there is but one."""
    months = [each.year * 12 + each.month for each in ends]
    return max(int(np.median(np.diff(months))), 1) if len(months) > 1 else 12


def lay_out(values: npt.NDArray[np.float64], ends: Sequence[date]) -> npt.NDArray[np.float64]:
    """The values on an even grid of periods, NaN where one is missing: a year that nobody measured still passed."""
    months = np.array([each.year * 12 + each.month for each in ends])
    place = np.round((months - months[0]) / get_step(ends)).astype(np.int64)
    even = np.full(place[-1] + 1, np.nan)
    even[place] = values
    return even


def count_steps(last: date, due: date, step: int) -> int:
    """How many periods after the last one the first one ends that reaches the date."""
    months = (due.year - last.year) * 12 + due.month - last.month
    return max(-(-months // step), 0)
