"""Counts by where people live: small areas as the cube has them, and middle areas as exact sums of theirs."""

from dataclasses import dataclass

from placewise.floor.faults import refuse
from placewise.floor.vocabulary.residence import MIDDLE_AREA, SMALL_AREA
from placewise.measures.contract import ALL
from placewise.measures.cube import Cube
from placewise.measures.rollup import Cells, add_up, get_cells
from placewise.population.areas import Areas


@dataclass(frozen=True)
class Homes:
    """A cube's counts of everybody by where people live."""

    cube: Cube
    areas: Areas

    @classmethod
    def of(cls, cube: Cube, areas: Areas | None) -> "Homes":
        """areas: those of the cube's build, or None where only their codes are known. Raises FaultsFound for others."""
        units = cube.units(SMALL_AREA) if SMALL_AREA in cube.manifest["units"] else ()
        areas = areas or Areas.alone(units)
        if areas.codes[SMALL_AREA] != units:
            raise refuse(cube.folder, "its small areas are not those of its build", "build again")
        return cls(cube, areas)

    @property
    def levels(self) -> tuple[str, ...]:
        """Those of which anything is counted, largest first."""
        return tuple(level for level, codes in self.areas.codes.items() if codes)

    def counts(self, measure: str) -> bool:
        """Whether a measure is counted by where people live."""
        return f"{SMALL_AREA}/{measure}" in self.cube.manifest["tables"]

    def get_cells(self, measure: str, level: str) -> Cells:
        """Of every area of a level, by code, month by month."""
        small = get_cells(self.cube.read(measure, SMALL_AREA), self.cube.units(SMALL_AREA), [ALL])
        return small if level == SMALL_AREA else add_up(small, self.areas.codes[MIDDLE_AREA], self.areas.home)
