"""Bands of age, joined by their name: never by their position."""

import re
from collections.abc import Sequence
from math import inf

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats

FIVES = tuple(f"{start}-{start + 4}" for start in range(5, 90, 5))
LIFE_TABLE_TO_85 = ("0", "1-4", *FIVES[:-1], "85+")
LIFE_TABLE_TO_90 = ("0", "1-4", *FIVES, "90+")

_NAME = re.compile(r"(\d+)(?:-(\d+)|(\+))?")


def read_band(name: str) -> tuple[int, float]:
    """The first age of a band and the first above it: "5-9" is (5, 10), "0" is (0, 1), "90+" is (90, infinity)."""
    told = _NAME.fullmatch(name.strip())
    if not told:
        raise ValueError(f"`{name}` is no band of age such as 0, 1-4 or 90+")
    start, last, is_open = int(told[1]), int(told[2] or told[1]), told[3]
    if last < start:
        raise ValueError(f"the band of age `{name}` ends before it starts")
    return start, inf if is_open else last + 1


def arrange_bands(values: npt.ArrayLike, bands: Sequence[str], declared: Sequence[str]) -> Floats:
    """The last axis put in the order of the declared bands.

    values: [..., band], in the order of `bands`; names may differ in their zeros (05-09). A declared band that is
    missing, one that is not declared and one that is there twice are a ValueError that names it.
    """
    given, asked = [read_band(name) for name in bands], [read_band(name) for name in declared]
    missing = [name for name, band in zip(declared, asked, strict=True) if band not in given]
    other = [name for name, band in zip(bands, given, strict=True) if band not in asked or given.count(band) > 1]
    if missing or other:
        told = ", ".join([f"{name} is missing" for name in missing] + [f"{name} is not expected" for name in other])
        raise ValueError(f"the bands of age are not the declared ones: {told}")
    return np.asarray(values, dtype=np.float64)[..., [given.index(band) for band in asked]]
