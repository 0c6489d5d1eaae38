"""The chance of meeting a target is honest: bands of 80% hold about 80% of what comes, and a stated chance comes true
about as often, over hundreds of yearly series that were never seen."""

from datetime import date

import numpy as np
import pytest

from placewise.gaps.ambitions.forecast import get_prospect

SERIES, FURTHEST = 300, 5


def simulate(years: int, memory: float, rng: np.random.Generator) -> np.ndarray:
    """float64[series, years + FURTHEST]: rates of about 900 events a year on a straight line, whose true rate strays by
    3% with a memory of the year before, and which are counted by chance."""
    shape = (SERIES, years + FURTHEST)
    place = np.arange(shape[1])
    line = 1 + rng.normal(0, 0.012, (SERIES, 1)) * (place - years / 2)
    strays = np.zeros(shape)
    fresh = rng.normal(0, 0.03, shape)
    strays[:, 0] = fresh[:, 0] / np.sqrt(1 - memory**2)
    for year in place[1:]:
        strays[:, year] = memory * strays[:, year - 1] + fresh[:, year]
    return rng.poisson(900 * np.maximum(line + strays, 0.1)) / 100_000


def back_test(years: int, memory: float) -> tuple[float, np.ndarray, np.ndarray]:
    """The share of values inside their band; of each series the chance told of a rate no higher than 900 five years
    on, and whether it came."""
    rates = simulate(years, memory, np.random.default_rng(20 + years))
    ends = tuple(date(2000 + year, 12, 31) for year in range(years))
    due = date(2000 + years - 1 + FURTHEST, 12, 31)
    inside, chances = [], []
    for series in rates:
        prospect = get_prospect(series[:years], ends, due, 0.009, "lower")
        assert prospect is not None
        assert len(prospect.ahead) == FURTHEST
        inside += [each.lower <= came <= each.upper for each, came in zip(prospect.ahead, series[years:], strict=True)]
        chances.append(prospect.chance)
    return float(np.mean(inside)), np.array(chances), rates[:, -1] <= 0.009


@pytest.mark.parametrize(("years", "memory"), [(8, 0.0), (10, 0.3), (15, 0.3), (15, 0.6)])
def test_a_band_of_80_in_100_holds_about_80_in_100(years: int, memory: float):
    held, chances, came = back_test(years, memory)
    assert 0.75 <= held <= 0.9
    assert came[chances >= 0.8].mean() >= 0.8
    assert came[chances <= 0.2].mean() <= 0.2
