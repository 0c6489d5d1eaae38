"""Small areas in which more happens of late than the area and the months together explain: early warning.

Counted are people put on a register within a month, where they live. Each area is scanned by itself and, where outlines
tell which areas lie beside it, together with those nearest to it, over the last months; small areas and middle ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from placewise.floor.statistics.space_time_scan import find_clusters
from placewise.gaps.contract import RATE
from placewise.gaps.definition import Watched
from placewise.gaps.neighbours import build_neighbourhoods
from placewise.measures.residence import Homes

LONGEST = 12
"""Months of a window, the last among them."""

FEWEST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class AreaCluster:
    """level: of the areas; areas: one, or neighbours that only together have more; months: how many, up to the last
    that is settled."""

    watched: Watched
    level: str
    areas: tuple[str, ...]
    months: int


def iter_clusters(
    homes: Homes, watched: Sequence[Watched], outlines: pa.Table | None = None, rate: float = RATE
) -> Iterator[AreaCluster]:
    """Those of all measures; of builds where nothing clusters, so many have any at most at each level. outlines:
    BOUNDARIES."""
    counted = [each for each in watched if homes.counts(each.measure)]
    for level in homes.levels if counted else ():
        areas = homes.areas.codes[level]
        neighbourhoods = build_neighbourhoods(areas, outlines)
        for each in counted:
            cells = homes.get_cells(each.measure, level)
            months = cells.numerator.shape[-1] - each.settles_after
            reported = cells.reported[:, 0, :months].any(axis=0)
            if months < FEWEST_MONTHS or not reported.all():
                continue
            for cluster in find_clusters(
                cells.numerator[:, 0, :months],
                neighbourhoods,
                longest=LONGEST,
                false_alarm=rate / len(counted),
                seed=0,
                areas=areas,
            ):
                yield AreaCluster(each, level, tuple(areas[place] for place in cluster.areas), cluster.months)
