"""How much of what could have been told a release hides, measure by measure: what protecting people costs.

Counted from the released files, as anybody may. How many of the hidden cells are small themselves is told of the whole
release alone (ReleaseManifest.cells): of a single measure it could tell which.
"""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE
from placewise.publishing.contract import HIDDEN, MEASURES_FOLDER, POPULATION_FILE, SHOWN
from placewise.publishing.release import Release


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells with data: areas by months, or by groups and months."""

    shown: int
    hidden: int

    @property
    def share_lost(self) -> float | None:
        """None where there are no cells."""
        return self.hidden / (self.shown + self.hidden) if self.shown + self.hidden else None


@dataclass(frozen=True, slots=True)
class Lost:
    """Of a measure, or of the people (measure `people`): its cells of everybody, and those by group."""

    measure: str
    title: str
    everybody: Cells
    groups: Cells


def find_lost(release: Release) -> tuple[Lost, ...]:
    """The people first, then the measures in the order of the release."""
    folder = release.folder
    tables = [(PEOPLE, "People registered", folder / POPULATION_FILE)]
    tables += [
        (card.measure, card.title, folder / MEASURES_FOLDER / f"{card.measure}.parquet")
        for card in release.manifest.measures
    ]
    return tuple(_find(name, title, pq.read_table(path, columns=["split", "state"])) for name, title, path in tables)


def _find(measure: str, title: str, table: pa.Table) -> Lost:
    of_all = pc.equal(table["split"].cast(pa.string()), ALL)
    return Lost(measure, title, _count(table.filter(of_all)), _count(table.filter(pc.invert(of_all))))


def _count(table: pa.Table) -> Cells:
    counted = {each["values"]: each["counts"] for each in table["state"].cast(pa.string()).value_counts().to_pylist()}
    return Cells(counted.get(SHOWN, 0), counted.get(HIDDEN, 0))
