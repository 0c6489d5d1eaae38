"""Small areas in which more happens of late than the area and the months together explain: early warning.

Counted are people put on a register within a month, where they live. The neighbours of a small area stand nowhere in
the records, so each is scanned by itself, over its last months.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import eye_array

from placewise.floor.statistics.space_time_scan import find_clusters
from placewise.gaps.contract import RATE
from placewise.gaps.definition import Watched
from placewise.measures.contract import ALL
from placewise.measures.cube import SMALL_AREA, Cube

LONGEST = 12
"""Months of a window, the last among them."""

FEWEST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class AreaCluster:
    """months: how many, up to the last that is settled, the area has had more."""

    watched: Watched
    area: str
    months: int


def iter_clusters(cube: Cube, watched: Sequence[Watched], rate: float = RATE) -> Iterator[AreaCluster]:
    """Those of all measures; of builds where nothing clusters, so many have any at most."""
    counted = [each for each in watched if f"{SMALL_AREA}/{each.measure}" in cube.manifest["tables"]]
    for each in counted:
        table = cube.read(each.measure, SMALL_AREA)[ALL]
        months = table.numerator.shape[-1] - each.settles_after
        reported = table.reported[:, :months].any(axis=0)
        if months < FEWEST_MONTHS or not reported.all():
            continue
        areas = np.array(cube.units(SMALL_AREA))
        for cluster in find_clusters(
            table.numerator[:, 0, :months],
            eye_array(len(areas), format="csr"),
            longest=LONGEST,
            false_alarm=rate / len(counted),
            seed=0,
            areas=areas.tolist(),
        ):
            yield AreaCluster(each, str(areas[cluster.areas[0]]), cluster.months)
