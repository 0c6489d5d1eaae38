"""The chance that a target is met, by the trend so far."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.forecast import get_chance_of_meeting, get_forecast
from placewise.floor.statistics.trend import YEAR, fit_trend
from placewise.gaps.ambitions.contract import Ahead
from placewise.gaps.ambitions.periods import count_steps, get_step, lay_out

FEWEST_YEARS, FEWEST_MONTHS = 7, 12
"""Periods that must be known: fewer tell a trend only from itself."""
MONTHS_WITH_SEASONS = 36
"""Fewer months cannot tell a season from a year that was unlike the others."""
FURTHEST = 10
"""Years ahead beyond which nothing is said."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """ahead: a period each until the date; chance: of being at the aim or better in the first that reaches it."""

    ahead: tuple[Ahead, ...]
    chance: float


def get_prospect(
    levels: Floats,
    ends: tuple[date, ...],
    due: date,
    aim: float,
    better: str,
    *,
    has_seasons: bool = False,
    bounds: tuple[float, float] = (-np.inf, np.inf),
) -> Prospect | None:
    """levels: [periods], NaN where not known. A straight line through them, beside the seasons of months, whose errors
    remember the period before (floor/statistics/forecast.py). None where too few are known or the date is too far.
    bounds: between which a level can lie.

    Held against yearly series never seen, bands of 80% hold 88% of what comes after 8 years, 85% after 10 and 82 to 84%
    after 15; of what is called likely (80% or more) 94% comes, of what is called unlikely 3 to 9%
    (tests/generative/test_forecasts_of_ambitions_hold.py). So with few years the chance is told with too much caution.
    """
    known, step = np.count_nonzero(~np.isnan(levels)), get_step(ends)
    if known < (FEWEST_MONTHS if step == 1 else FEWEST_YEARS) or np.nanstd(levels) == 0:
        return None
    steps = count_steps(ends[-1], due, step)
    if not 0 < steps * step <= FURTHEST * YEAR:
        return None
    is_seasonal = has_seasons and step == 1 and known >= MONTHS_WITH_SEASONS
    trend = fit_trend(lay_out(levels, ends)[None], first_month=ends[0].month if is_seasonal else None)
    forecast = get_forecast(trend, steps)
    if np.isnan(forecast.expected).any():
        return None
    chance = get_chance_of_meeting(forecast, aim, "higher" if better == "higher" else "lower")[0, -1]
    ahead = zip(
        *(np.clip(each[0], *bounds) for each in (forecast.expected, forecast.lower, forecast.upper)), strict=True
    )
    return Prospect(
        tuple(
            Ahead(end=_add_months(ends[-1], step * (place + 1)), expected=middle, lower=lower, upper=upper)
            for place, (middle, lower, upper) in enumerate(ahead)
        ),
        float(chance),
    )


def _add_months(day: date, months: int) -> date:
    """The last day of the month so many months later."""
    return (np.datetime64(day, "M") + months + 1).astype("datetime64[D]").astype(date) - (
        date(2000, 1, 2) - date(2000, 1, 1)
    )
