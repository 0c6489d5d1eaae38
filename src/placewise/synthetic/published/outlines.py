"""Invented outlines of the synthetic places, middle and small areas: patches of a sea where nobody lives.

So no map of them can be taken for a real one. Each place is a field of its small areas, and neighbours share their
corners, so that no gap is drawn.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.synthetic.small_areas import SmallAreas

WEST, SOUTH = -3.0, -2.0
"""Degrees, in the Gulf of Guinea."""
SIDE, GAP = 0.02, 2
"""Of a small area, in degrees; between places, in small areas."""
JITTER = 0.28
"""How far a corner strays, as a share of a side."""

Corner = tuple[int, int]
"""Of the field of one place: column and row of a grid of corners, rows from north to south."""


def build_outlines(areas: SmallAreas, hierarchy: Hierarchy, rng: np.random.Generator) -> dict[str, bytes]:
    """GeoJSON collections of `places`, `middle_areas` and `small_areas`, each feature with a code and a name."""
    across = ceil(sqrt(len(areas.places)))
    widest = max(ceil(sqrt((areas.place == place).sum())) for place in range(len(areas.places))) + GAP
    middle = dict(zip(areas.codes, areas.middle_codes, strict=True))
    names = {code: hierarchy.organisations[code].name for code in areas.places}
    places, small = [], []
    rings: dict[str, list[list[list[float]]]] = {}
    for place, code in enumerate(areas.places):
        codes = [each for each, home in zip(areas.codes, areas.place, strict=True) if home == place]
        corners = _get_corners((place % across) * widest, (place // across) * widest, len(codes), rng)
        columns = areas.columns(place)
        places.append(_feature(code, names[code], [corners[each] for each in _get_edge(len(codes), columns)]))
        for number, area in enumerate(codes):
            x, y = number % columns, number // columns
            ring = [corners[each] for each in ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y))]
            small.append(_feature(area, area, ring))
            rings.setdefault(middle[area], []).append(ring)
    middles = [_feature(code, code, _join(parts)) for code, parts in rings.items()]
    return {"places": _collect(places), "middle_areas": _collect(middles), "small_areas": _collect(small)}


def _join(rings: Sequence[list[list[float]]]) -> list[list[float]]:
    """The edge around rings that touch: their sides, but for those that two of them have."""
    sides = {(tuple(a), tuple(b)) for ring in rings for a, b in pairwise(ring)}
    onward = {a: b for a, b in sides if (b, a) not in sides}
    edge = [next(iter(sorted(onward)))]
    while len(edge) == 1 or edge[-1] != edge[0]:
        edge.append(onward[edge[-1]])
    return [list(corner) for corner in edge]


def _get_corners(left: int, top: int, cells: int, rng: np.random.Generator) -> Mapping[Corner, list[float]]:
    columns = ceil(sqrt(cells))
    rows = ceil(cells / columns)
    strayed: npt.NDArray[np.float64] = rng.uniform(-JITTER, JITTER, (columns + 1, rows + 1, 2))
    return {
        (x, y): [
            round(float(WEST + (left + x + strayed[x, y, 0]) * SIDE), 5),
            round(float(SOUTH - (top + y + strayed[x, y, 1]) * SIDE), 5),
        ]
        for x in range(columns + 1)
        for y in range(rows + 1)
    }


def _get_edge(cells: int, columns: int) -> list[Corner]:
    """The corners around a field whose last row may be shorter, from the north-west and back to it."""
    full, left = divmod(cells, columns)
    edge = [(x, 0) for x in range(columns + 1)] + [(columns, y) for y in range(1, full + 1)]
    edge += [(x, full) for x in range(columns - 1, left - 1, -1)]
    if left:
        edge += [(left, full + 1)] + [(x, full + 1) for x in range(left - 1, -1, -1)]
    bottom = edge[-1][1]
    return [*edge, *((0, y) for y in range(bottom - 1, -1, -1))]


def _feature(code: str, name: str, ring: Sequence[list[float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [list(ring)]},
    }


def _collect(features: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
