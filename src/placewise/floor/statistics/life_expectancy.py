"""Life expectancy by an abridged life table: years that people would live at the death rates of now."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from operator import mul

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_90, read_band
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.normal import get_z

LIVED_OF_FIRST_YEAR = 0.1
LIVED_OF_OTHERS = 0.5
"""The share of a band that those who die in it have lived."""
POPULATION_ABOVE = 5000
"""Years lived by an area's people in all: it must have more to have a life expectancy."""
BORN = 100_000
WIDEST_YEARS = 20
"""A life expectancy whose 95% limits are further apart is not told."""


class NoLifeExpectancy(StrEnum):
    """Why an area has none; the first that holds is told."""

    MISSING = "the population or the deaths of a band are missing"
    NEGATIVE = "the population or the deaths of a band are below zero"
    EMPTY = "a band has no people"
    TOO_MANY_DEATHS = "a band has more deaths than people"
    TOO_SMALL = f"a population of {POPULATION_ABOVE:,} or less"
    NO_DEATHS_LAST = "the last band has no deaths"


@dataclass(frozen=True, slots=True)
class LifeExpectancy:
    """Of each area at the start of each band, float64[area, band]; NaN is a blank.

    years: expected from that age on, with limits; survivors: of 100,000 born; person_years: lived by them in the band;
    reason: str[area], a NoLifeExpectancy or nothing.
    """

    bands: tuple[str, ...]
    years: Estimate
    survivors: Floats
    person_years: Floats
    reason: npt.NDArray[np.str_]


def get_life_expectancy(
    deaths: npt.ArrayLike,
    population: npt.ArrayLike,
    bands: Sequence[str] = LIFE_TABLE_TO_90,
    confidence: float = 0.95,
) -> LifeExpectancy:
    """Chiang's second method, with the variance of Silcocks and others in the last band.

    deaths, population: [area, band], population in years lived (of five years of deaths, five populations); bands: the
    declared ones in order, from age 0 and without gaps to an open one (LIFE_TABLE_TO_85, LIFE_TABLE_TO_90 or years of
    age), else ValueError. With D deaths, P people, M = D / P, n the width of a band, a the share of it that
    those who die in it lived (0.1 in the first year of life, else 0.5) and n = 2 / M in the last band,

        q = M n / (1 + M n (1 - a)), at most 1, and 1 in the last band;  l = survivors, from 100,000;  d = l q
        L = n (l - d + a d), person-years;  e = (sum of L from this band on) / l
        var e = (sum of l^2 ((1 - a) n + e of the next band)^2 q^2 (1 - q) / D from this band on) / l^2

    where the last band adds l^2 / (D M^2): half its width 1 / M, with the variance 4 / (D M^2) of the whole width.

    An area with what NoLifeExpectancy names has no value and no limits at any age. A value whose 95% limits are more
    than WIDEST_YEARS apart is blank with its limits, whatever the confidence asked for.
    Source: Chiang CL, The life table and its applications (1984); Silcocks PBS and others, J Epidemiol Community Health
    2001;55:38-43; Toson B, Baker A, National Statistics Methodological Series 33 (2003); blanks as Fingertips.
    Scotland sets the variance of the last band to 0, so that limits differ between nations.
    """
    width = _get_widths(bands)
    given = np.broadcast_arrays(np.asarray(deaths, dtype=np.float64), np.asarray(population, dtype=np.float64))
    if given[0].shape[-1:] != width.shape:
        raise ValueError(f"deaths and population have {given[0].shape[-1:]} bands, but {len(width)} are declared")
    # Bands first: a step from band to band is then one pass over all areas.
    dead, people = (np.array(np.moveaxis(each, -1, 0), order="C") for each in given)
    reason = _find_reasons(dead, people)
    dead[:, reason != ""] = np.nan
    width = width[:-1].reshape(-1, *[1] * (dead.ndim - 1))
    lost = width * (1 - LIVED_OF_OTHERS)  # years of the band that somebody who dies in it does not live
    lost[0] = np.where(width[0] == 1, 1 - LIVED_OF_FIRST_YEAR, lost[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        each_death = width / (people[:-1] + dead[:-1] * lost)
        q = np.minimum(dead[:-1] * each_death, 1.0)
        survivors = np.stack([*accumulate(1 - q, mul, initial=BORN + 0 * dead[0])])
        person_years = np.concatenate([survivors[:-1] * (width - lost * q), survivors[-1:] * people[-1:] / dead[-1:]])
        years = _add_from_here(person_years) / survivors
        error = _get_error(dead, survivors, person_years, years, lost, q * (1 - q) * each_death)
    years[2 * get_z(0.95) * error > WIDEST_YEARS] = np.nan
    reach = get_z(confidence) * error
    value, lower, upper, alive, lived = (
        np.moveaxis(each, 0, -1) for each in (years, years - reach, years + reach, survivors, person_years)
    )
    return LifeExpectancy(tuple(bands), Estimate(value, lower, upper), alive, lived, reason)


def _get_widths(bands: Sequence[str]) -> Floats:
    """Years of each band; infinity for the last."""
    edges = [read_band(name) for name in bands]
    follows = [0, *(end for _, end in edges)]
    if [start for start, _ in edges] + [np.inf] != follows:
        raise ValueError("the declared bands do not follow each other from age 0 to an open last one: one is missing")
    return np.array([end - start for start, end in edges])


def _find_reasons(deaths: Floats, population: Floats) -> npt.NDArray[np.str_]:
    """Of each area. deaths, population: [band, area]."""
    found = (
        (NoLifeExpectancy.MISSING, (np.isnan(deaths) | np.isnan(population)).any(axis=0)),
        (NoLifeExpectancy.NEGATIVE, ((deaths < 0) | (population < 0)).any(axis=0)),
        (NoLifeExpectancy.EMPTY, (population == 0).any(axis=0)),
        (NoLifeExpectancy.TOO_MANY_DEATHS, (deaths > population).any(axis=0)),
        (NoLifeExpectancy.TOO_SMALL, population.sum(axis=0) <= POPULATION_ABOVE),
        (NoLifeExpectancy.NO_DEATHS_LAST, deaths[-1] == 0),
    )
    return np.select([each for _, each in found], [str(word) for word, _ in found], default="")


def _get_error(
    dead: Floats, survivors: Floats, person_years: Floats, years: Floats, lost: Floats, variance: Floats
) -> Floats:
    """The standard error of years, [band, area]. variance: of the chance to die in each band but the last."""
    # Where nobody comes to the next band, nobody has years to expect there.
    after = np.where(survivors[1:] > 0, years[1:], 0.0)
    spread = [(survivors[:-1] * (lost + after)) ** 2 * variance, person_years[-1:] ** 2 / dead[-1:]]
    return np.sqrt(_add_from_here(np.concatenate(spread))) / survivors


def _add_from_here(values: Floats) -> Floats:
    """The sum of each band and of those after it. values: [band, area]."""
    return np.stack([*accumulate(values[::-1])])[::-1]
