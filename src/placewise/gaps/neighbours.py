"""Which areas where people live lie close together, so that what happens across a border is looked for too.

The records name areas and not where they lie: that stands in the outlines that a system was given, published or
invented. An area without one is a neighbourhood by itself.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array, eye_array, vstack
from scipy.spatial import KDTree

from placewise.floor.statistics.space_time_scan import build_zones

WIDEST = 6
"""Areas of the largest neighbourhood: about 10,000 people of small areas, 50,000 of middle ones."""

Floats = npt.NDArray[np.float64]


def build_neighbourhoods(areas: Sequence[str], outlines: pa.Table | None) -> csr_array:
    """Each area by itself and with its nearest 1 to WIDEST - 1 others, by the middles of their outlines.

    outlines: BOUNDARIES of any kinds of area, or None. What comes back is a matrix [neighbourhoods, areas] of 0 and 1.
    """
    alone = eye_array(len(areas), format="csr")
    there, middles = (np.zeros(0, np.int64), np.zeros((0, 2))) if outlines is None else _find_middles(areas, outlines)
    if len(there) < 2:
        return alone
    zones = build_zones(KDTree(middles).query(middles, k=min(WIDEST, len(there)))[1])
    several = zones[np.flatnonzero(zones.sum(axis=1) > 1)].tocoo()
    shape = (several.shape[0], len(areas))
    return csr_array(vstack([alone, csr_array((several.data, (several.row, there[several.col])), shape=shape)]))


def _find_middles(areas: Sequence[str], outlines: pa.Table) -> tuple[npt.NDArray[np.int64], Floats]:
    """Which areas have an outline, as places among them, and its centroid: degrees of latitude east and north."""
    points = outlines.filter(
        pc.and_(pc.equal(outlines["ring"], 0), pc.is_in(outlines["area"].cast(pa.string()), pa.array(areas)))
    )
    if not len(points):
        return np.zeros(0, np.int64), np.zeros((0, 2))
    area = pc.index_in(points["area"].cast(pa.string()), pa.array(areas)).to_numpy()
    north = points["latitude"].to_numpy()
    east = points["longitude"].to_numpy() * np.cos(np.radians(north.mean()))
    starts = np.flatnonzero(np.diff(area, prepend=-1) | np.diff(points["part"].to_numpy(), prepend=-1))
    within = np.ones(len(area) - 1, bool)
    within[starts[1:] - 1] = False  # from the last point of one part no line leads to the next
    # Beside a point of its own, since far from it the areas of triangles would cancel.
    of = np.repeat(starts, np.diff(starts, append=len(area)))
    x, y = east - east[of], north - north[of]
    twice = np.where(within, x[:-1] * y[1:] - x[1:] * y[:-1], 0.0)
    surface = np.add.reduceat(twice, starts) / 2
    middle = [np.add.reduceat(twice * (each[:-1] + each[1:]), starts) / 6 for each in (x, y)]
    there, part_of = np.unique(area[starts], return_inverse=True)
    weight = np.abs(surface)
    whole = np.bincount(part_of, weight)
    sums = [
        np.bincount(part_of, weight * first[starts] + np.sign(surface) * each)
        for first, each in zip((east, north), middle, strict=True)
    ]
    return there, np.column_stack(sums) / whole[:, None]
