"""The outlines of areas that a release holds, for drawing: in degrees, each ring closed."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from placewise.publishing.release import Release

Ring = npt.NDArray[np.float64]
"""[points, 2]: longitude and latitude."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """rings: the outlines of the area's parts, and the holes in them."""

    area: str
    name: str
    rings: tuple[Ring, ...]


def outline_kinds(release: Release) -> tuple[str, ...]:
    """The kinds of area that can be drawn, in the order of the deployment."""
    return tuple(dict.fromkeys(release.boundaries["kind"].to_pylist()))


@lru_cache(maxsize=16)
def get_outlines(release: Release, kind: str) -> tuple[Outline, ...]:
    """The outlines of a kind of area, in the order of their file; none where the release has none."""
    rows = release.boundaries.filter(pc.equal(release.boundaries["kind"], kind))
    if not rows.num_rows:
        return ()
    points = np.column_stack([rows[name].to_numpy() for name in ("longitude", "latitude")])
    areas, names = (rows[name].to_pylist() for name in ("area", "name"))
    keys = list(zip(areas, rows["part"].to_pylist(), rows["ring"].to_pylist(), strict=True))
    starts = [place for place, key in enumerate(keys) if place == 0 or key != keys[place - 1]]
    rings: dict[str, list[Ring]] = {}
    called: dict[str, str] = {}
    for start, stop in zip(starts, [*starts[1:], len(keys)], strict=True):
        rings.setdefault(areas[start], []).append(points[start:stop])
        called[areas[start]] = names[start]
    return tuple(Outline(area, called[area], tuple(each)) for area, each in rings.items())
