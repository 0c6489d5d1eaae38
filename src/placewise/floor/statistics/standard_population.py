"""The European Standard Population of 2013, to which rates are directly standardised."""

from collections.abc import Sequence
from math import inf

import numpy as np

from placewise.floor.statistics.age_bands import read_band
from placewise.floor.statistics.estimate import Floats

_FROM_FIVE = (5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500)
EUROPEAN_STANDARD_POPULATION_2013: dict[tuple[int, float], int] = {
    (0, 1): 1000,
    (1, 5): 4000,
    **{(5 * place, 5 * place + 5): people for place, people in enumerate(_FROM_FIVE, start=1)},
    (90, 95): 800,
    (95, inf): 200,
}
"""People of each band (first age, first age above it) of 100,000.

Source: Eurostat, Revision of the European Standard Population: report of Eurostat's task force, 2013 edition; both
sexes, EU-27 and EFTA. Public health in England uses it.
"""


def get_european_standard_population(bands: Sequence[str]) -> Floats:
    """People of each band, by its name, in the order given: for 19 bands (0-4 ... 90+), 20 (0, 1-4 ... 90+), those to
    85+, and any others made of whole bands of the standard.

    Bands that cut through one of the standard, overlap, or leave an age out (a band is missing) are a ValueError.
    """
    standard = EUROPEAN_STANDARD_POPULATION_2013
    people = []
    for name, (start, end) in zip(bands, map(read_band, bands), strict=True):
        within = {band: count for band, count in standard.items() if start <= band[0] and band[1] <= end}
        if not within or min(band[0] for band in within) != start or max(band[1] for band in within) != end:
            raise ValueError(f"the European Standard Population has no band `{name}`, nor bands that make it up")
        people.append(sum(within.values()))
    if len({start for start, _ in map(read_band, bands)}) < len(bands) or sum(people) != sum(standard.values()):
        raise ValueError(f"the bands of age overlap or leave ages out: they hold {sum(people):,} of 100,000")
    return np.array(people, dtype=np.float64)
