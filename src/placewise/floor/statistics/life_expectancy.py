"""Life expectancy by an abridged life table: years that people would live at the death rates of now."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    population, deaths: from that age on, what the figure rests on; reason: str[area], a NoLifeExpectancy or nothing.
    """

    bands: tuple[str, ...]
    years: Estimate
    survivors: Floats
    person_years: Floats
    population: Floats
    deaths: Floats
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
    dead, people = np.broadcast_arrays(np.asarray(deaths, dtype=np.float64), np.asarray(population, dtype=np.float64))
    if dead.shape[-1:] != width.shape:
        raise ValueError(f"deaths and population have {dead.shape[-1:]} bands, but {len(width)} are declared")
    reason = _find_reasons(dead, people)
    lived = np.where((width == 1) & (np.arange(len(width)) == 0), LIVED_OF_FIRST_YEAR, LIVED_OF_OTHERS)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = dead / people
        hazard = rate[..., :-1] * width[:-1]
        q = np.minimum(hazard / (1 + hazard * (1 - lived[:-1])), 1.0)
        survivors = np.full(dead.shape, 100_000.0)
        np.cumprod(1 - q, axis=-1, out=survivors[..., 1:])
        survivors[..., 1:] *= 100_000
        start, end = survivors[..., :-1], survivors[..., 1:]
        person_years = np.empty(dead.shape)
        person_years[..., :-1] = width[:-1] * (end + lived[:-1] * (start - end))
        person_years[..., -1] = survivors[..., -1] / rate[..., -1]
        years = add_from_here(person_years) / survivors
        spread = np.empty(dead.shape)
        known = dead[..., :-1] > 0
        of_q = np.where(known, q * q * (1 - q) / np.where(known, dead[..., :-1], 1.0), 0.0)
        spread[..., :-1] = (start * ((1 - lived[:-1]) * width[:-1] + years[..., 1:])) ** 2 * of_q
        spread[..., -1] = person_years[..., -1] ** 2 / dead[..., -1]
        error = np.sqrt(add_from_here(spread)) / survivors
    blank = (reason != "")[..., None]
    reach = get_z(confidence) * error
    wide = 2 * get_z(0.95) * error > WIDEST_YEARS
    return LifeExpectancy(
        bands=tuple(bands),
        years=Estimate(years, years - reach, years + reach).blanked(blank | wide),
        survivors=np.where(blank, np.nan, survivors),
        person_years=np.where(blank, np.nan, person_years),
        population=add_from_here(people),
        deaths=add_from_here(dead),
        reason=reason,
    )


def _get_widths(bands: Sequence[str]) -> Floats:
    """Years of each band; infinity for the last."""
    edges = [read_band(name) for name in bands]
    follows = [0, *(end for _, end in edges)]
    if [start for start, _ in edges] + [np.inf] != follows:
        raise ValueError("the declared bands do not follow each other from age 0 to an open last one: one is missing")
    return np.array([end - start for start, end in edges])


def _find_reasons(deaths: Floats, population: Floats) -> npt.NDArray[np.str_]:
    found = (
        (NoLifeExpectancy.MISSING, (np.isnan(deaths) | np.isnan(population)).any(axis=-1)),
        (NoLifeExpectancy.NEGATIVE, ((deaths < 0) | (population < 0)).any(axis=-1)),
        (NoLifeExpectancy.EMPTY, (population == 0).any(axis=-1)),
        (NoLifeExpectancy.TOO_MANY_DEATHS, (deaths > population).any(axis=-1)),
        (NoLifeExpectancy.TOO_SMALL, population.sum(axis=-1) <= POPULATION_ABOVE),
        (NoLifeExpectancy.NO_DEATHS_LAST, deaths[..., -1] == 0),
    )
    return np.select([each for _, each in found], [str(word) for word, _ in found], default="")


def add_from_here(values: Floats) -> Floats:
    """The sum of each band and of those after it."""
    return np.cumsum(values[..., ::-1], axis=-1)[..., ::-1]
