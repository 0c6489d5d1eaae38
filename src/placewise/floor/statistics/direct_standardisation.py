"""Directly standardised rates: what an area's rate would be if its people were as old as the standard's."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.poisson import get_byar_limits

NONE_BELOW = 10
"""An area with fewer events than this in all has no directly standardised rate."""


def get_directly_standardised_rates(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    standard: npt.ArrayLike,
    confidence: float = 0.95,
    areas: Sequence[str] = (),
) -> Estimate:
    """Rates standardised by age, in events a person, with Dobson's limits.

    events, population: [area, band], an event that is not known (NaN) counts as none; standard: [band], people of the
    standard population. With w the standard's shares, x events and n people of a band and X all events of the area,

        rate = sum w x / n,  variance = sum w^2 x / n^2,  limits = rate + sqrt(variance / X) (limits of X - X)

    with Byar's limits of X. Fewer than NONE_BELOW events in all: NaN. A count below zero, a population or a standard
    that is zero, below zero or missing is a ValueError, which names the area.
    Source: Dobson AJ and others, Stat Med 1991;10:457-462; Association of Public Health Observatories, Technical
    briefing 3 (2008); Fingertips technical guidance.
    """
    x, n, shares = _check(events, population, standard, areas)
    rates = x / n
    variance = (rates / n) @ (shares * shares)
    return _get_dobson(rates @ shares, variance, x.sum(axis=-1), confidence)


def get_directly_standardised_rates_of_repeats(
    persons: npt.ArrayLike,
    frequencies: npt.ArrayLike,
    population: npt.ArrayLike,
    standard: npt.ArrayLike,
    confidence: float = 0.95,
    areas: Sequence[str] = (),
) -> Estimate:
    """The same for events that are not independent because one person may have several, such as readmissions.

    persons: [area, frequency, band], people who had exactly so many events; frequencies: [frequency], how many;
    population: [area, band]; standard: [band]. People come independently, events do not: the variance is
    sum f^2 w^2 p / n^2 over frequencies f and bands, with p persons, and the limits are wider for it. Blanks and errors
    as above, on events.
    Source: Fingertips technical guidance; Glynn RJ and others, Stat Med 1993;12:1447-1459, of such variances.
    """
    people = np.asarray(persons, dtype=np.float64)
    check_areas(people < 0, "a count of persons is below zero", areas)
    people, often = np.where(np.isnan(people), 0.0, people), np.asarray(frequencies, dtype=np.float64)
    x, n, shares = _check(np.einsum("...fb,f->...b", people, often), population, standard, areas)
    variance = (np.einsum("...fb,f->...b", people, often**2) / n**2) @ shares**2
    return _get_dobson((x / n) @ shares, variance, x.sum(axis=-1), confidence)


def _check(
    events: npt.ArrayLike, population: npt.ArrayLike, standard: npt.ArrayLike, areas: Sequence[str]
) -> tuple[Floats, Floats, Floats]:
    """The events, the population and the shares of the standard, after refusing what cannot be."""
    x, n, people = (np.asarray(each, dtype=np.float64) for each in (events, population, standard))
    if not (np.isfinite(people).all() and (people > 0).all()):
        raise ValueError("a band of the standard population is zero, below zero or missing")
    if x.shape != n.shape or x.shape[-1:] != people.shape:
        raise ValueError(f"events {x.shape}, population {n.shape} and standard {people.shape} have not the same bands")
    check_areas(x < 0, "a count of events is below zero", areas)
    check_areas(~((n > 0) & (n < np.inf)), "the population of a band is zero, below zero or missing", areas)
    return np.where(np.isnan(x), 0.0, x), n, people / people.sum()


def _get_dobson(value: Floats, variance: Floats, events: Floats, confidence: float) -> Estimate:
    total = np.where(events >= NONE_BELOW, events, np.nan)
    scale = np.sqrt(variance / total)
    lower, upper = get_byar_limits(total, confidence)
    return Estimate(value + 0 * total, value + scale * (lower - total), value + scale * (upper - total))
