"""Indirectly standardised ratios and rates: an area's events against those expected at the reference's rates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.poisson import get_count_limits


@dataclass(frozen=True, slots=True)
class IndirectlyStandardised:
    """observed, expected: events of each area; ratio: observed to expected; reference_rate: events a person of all
    the reference; rate: ratio times reference rate, in events a person."""

    observed: Floats
    expected: Floats
    ratio: Estimate
    reference_rate: float
    rate: Estimate


def get_indirectly_standardised(
    observed: npt.ArrayLike,
    population: npt.ArrayLike,
    reference_events: npt.ArrayLike,
    reference_population: npt.ArrayLike,
    confidence: float = 0.95,
    areas: Sequence[str] = (),
) -> IndirectlyStandardised:
    """Ratios and rates with the limits of the observed count (exact below ten, else Byar's) over the expected one.

    observed: [area], all events of each area; population: [area, band], a band without people expects no events;
    reference_events, reference_population: [band], an event count that is not known (NaN) counts as none. With n people
    of a band, expected = sum n x (reference events / reference population). A count or a population below zero or
    missing (unless the reference has no events in that band), a reference population of zero, or an area that expects
    no events at all is a ValueError; those of an area name it.
    Source: Association of Public Health Observatories, Technical briefing 3 (2008); Fingertips technical guidance.
    """
    x, n = np.asarray(observed, dtype=np.float64), np.asarray(population, dtype=np.float64)
    events = np.nan_to_num(np.asarray(reference_events, dtype=np.float64), nan=0.0)
    people = np.asarray(reference_population, dtype=np.float64)
    if np.any(events < 0) or not np.all(people > 0):
        raise ValueError("a band of the reference has events below zero, or a population of zero or missing")
    check_areas(~(x >= 0), "the observed events are below zero or missing", areas)
    check_areas((n < 0) | (np.isnan(n) & (events > 0)), "the population of a band is below zero or missing", areas)
    expected = np.nan_to_num(n, nan=0.0) @ (events / people)
    check_areas(expected == 0, "no events are expected", areas)
    lower, upper = get_count_limits(x, confidence)
    ratio = Estimate(x / expected, lower / expected, upper / expected)
    reference_rate = float(events.sum() / people.sum())
    return IndirectlyStandardised(x, expected, ratio, reference_rate, ratio.scaled(reference_rate))
