"""Where areas lie, as outlines: GeoJSON that a publisher or council gives, in degrees of longitude and latitude.

The `boundaries` of a deployment's published.yaml name a file for each kind of area that is drawn. All are optional: a
file that is not there is awaited, and the area is drawn as a tile. Outlines are taken as they stand, so choose the
publisher's generalised edition: simplifying one area by itself would part it from its neighbours.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.encoding import encode
from placewise.floor.faults import refuse
from placewise.intake.contract import BOUNDARIES
from placewise.intake.published.content import SEND_AGAIN, Content
from placewise.intake.published.definition import BoundaryFile

MOST_POINTS = 400_000
"""More would make pages of many megabytes."""
GENERALISED = "take a more generalised edition from its publisher"
OTHER_PROPERTY = "name the property that holds the area's code, and a file that holds each area once"

Ring = npt.NDArray[np.float64]
"""[points, 2]: longitude and latitude, the last point the first."""


def read_boundaries(kind: str, file: BoundaryFile, content: Content) -> pa.Table:
    """BOUNDARIES of one kind of area, a row a point. Raises FaultsFound, naming the area, for what is no outline."""
    columns: dict[str, list[Any]] = {"area": [], "name": [], "part": [], "ring": [], "points": []}
    for area, name, polygons in _iter_areas(file, content):
        if area in columns["area"]:
            raise refuse(content.name, f"the area {area} is given twice", OTHER_PROPERTY)
        for part, polygon in enumerate(polygons):
            for ring, points in enumerate(polygon):
                for key, value in zip(
                    columns, (area, name, part, ring, _get_ring(content.name, area, points)), strict=True
                ):
                    columns[key].append(value)
    lengths = np.array([len(each) for each in columns["points"]], dtype=np.int64)
    if not lengths.size:
        raise refuse(content.name, "it holds no area", SEND_AGAIN)
    if lengths.sum() > MOST_POINTS:
        raise refuse(
            content.name, f"its outlines have {lengths.sum():,} points, more than {MOST_POINTS:,}", GENERALISED
        )
    points = np.concatenate(columns["points"])
    words = {"kind": [kind] * len(lengths), "area": columns["area"], "name": columns["name"]}
    arrays = [_repeat(words[key], lengths) for key in words]
    arrays += [pa.array(np.repeat(np.array(columns[key], np.int32), lengths)) for key in ("part", "ring")]
    return pa.table([*arrays, pa.array(points[:, 0]), pa.array(points[:, 1])], schema=BOUNDARIES)


def _iter_areas(file: BoundaryFile, content: Content) -> Iterator[tuple[str, str, list[Any]]]:
    """Code, name and polygons of each feature, in the order of the file."""
    try:
        features = json.loads(content.text)["features"]
    except (ValueError, KeyError, TypeError):
        raise refuse(content.name, "it is no GeoJSON collection of features", SEND_AGAIN) from None
    for number, feature in enumerate(features, 1):
        said, shape = (feature.get(key) or {} for key in ("properties", "geometry"))
        code = said.get(file.code)
        if not isinstance(code, str) or not code:
            raise refuse(content.name, f"the feature {number} has no text in its property {file.code}", OTHER_PROPERTY)
        if shape.get("type") not in ("Polygon", "MultiPolygon"):
            raise refuse(content.name, f"the area {code} is a {shape.get('type')}, and no outline", OTHER_PROPERTY)
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        yield code, str(said.get(file.name) or code), polygons


def _get_ring(file: str, area: str, points: Any) -> Ring:
    try:
        ring = np.array([each[:2] for each in points], dtype=np.float64)
    except (ValueError, TypeError, IndexError):
        raise refuse(file, f"the outline of {area} holds something else than numbers", SEND_AGAIN) from None
    if ring.ndim != 2 or len(ring) < 4 or (ring[0] != ring[-1]).any():
        raise refuse(file, f"the outline of {area} is not closed", SEND_AGAIN)
    if not (np.abs(ring) <= (180, 90)).all():
        raise refuse(
            file, f"the outline of {area} is not in degrees of longitude and latitude", "convert it to EPSG:4326"
        )
    return ring


def _repeat(words: list[str], lengths: npt.NDArray[np.int64]) -> pa.Array:
    known = list(dict.fromkeys(words))
    place = {word: code for code, word in enumerate(known)}
    return encode(np.repeat(np.array([place[word] for word in words], np.int32), lengths), known)
