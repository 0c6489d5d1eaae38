"""Synthetic small areas of about 1,600 people, each in one place and one deprivation decile, and who lives in which.

Those of a place lie side by side in rows, as many across as down; each block of two by two is a middle area.
"""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, sqrt

import numpy as np
import numpy.typing as npt

from placewise.synthetic.margins import Margins
from placewise.synthetic.subset import share_out

PEOPLE_IN_AREA = 1_600
BLOCK = 2
"""Small areas across a middle area, and down."""


@dataclass(frozen=True)
class SmallAreas:
    """In order of place and decile. place: index into places; people: who live there at the last month."""

    places: tuple[str, ...]
    place: npt.NDArray[np.int16]
    decile: npt.NDArray[np.int8]
    people: npt.NDArray[np.int64]

    @property
    def codes(self) -> list[str]:
        return [f"SYNA{number:05d}" for number in range(1, len(self.place) + 1)]

    def columns(self, place: int) -> int:
        """How many lie side by side in a place."""
        return ceil(sqrt((self.place == place).sum()))

    @cached_property
    def middle_codes(self) -> list[str]:
        """Of each small area the middle area in which it lies."""
        blocks: dict[tuple[int, int, int], str] = {}
        codes = []
        for place in range(len(self.places)):
            columns = self.columns(place)
            for number in range(int((self.place == place).sum())):
                block = (place, number // columns // BLOCK, number % columns // BLOCK)
                codes.append(blocks.setdefault(block, f"SYNM{len(blocks) + 1:05d}"))
        return codes

    def people_in(self, place: int) -> int:
        return int(self.people[self.place == place].sum())


def build_small_areas(margins: Margins, people: int, rng: np.random.Generator) -> SmallAreas:
    """As many areas as the people need; their people add up to `people`, and to each place and decile's share of it."""
    rows = sorted(margins.deciles, key=lambda row: (row.place, row.decile))
    places = tuple(sorted({row.place for row in rows}))
    cell_people = share_out(people, np.array([row.people for row in rows], dtype=np.float64))
    areas = np.where(cell_people > 0, np.maximum(1, np.rint(cell_people / PEOPLE_IN_AREA)), 0).astype(int)
    parts = [
        share_out(int(whole), rng.lognormal(sigma=0.12, size=count))
        for whole, count in zip(cell_people, areas, strict=True)
        if count
    ]
    return SmallAreas(
        places=places,
        place=np.repeat(np.array([places.index(row.place) for row in rows], np.int16), areas),
        decile=np.repeat(np.array([row.decile for row in rows], np.int8), areas),
        people=np.concatenate(parts),
    )
