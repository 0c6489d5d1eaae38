"""Outlines of invented areas, and the middle areas in which the small areas of the planted release lie."""

from typing import Any

import pyarrow as pa

from builders.release import SMALL_AREAS
from placewise.intake.contract import BOUNDARIES
from placewise.population.areas import AREAS, Areas

NAMES = {"HVN": "North Haven", "HVT": "South Haven"}


def build_squares(kind: str, areas: tuple[str, ...]) -> pa.Table:
    """A square for each area, side by side in a sea where nobody lives."""
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    rows = [
        {
            "kind": kind, "area": area, "name": NAMES.get(area, area), "part": 0, "ring": 0,
            "longitude": place + x, "latitude": float(y),
        }
        for place, area in enumerate(areas)
        for x, y in corners
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=BOUNDARIES)


def tell_homes() -> dict[str, Any]:
    """What a planted release is told besides: outlines of places, small areas and one of two middle areas."""
    drawn = {"place": ("HVN", "HVT"), "middle_area": ("M1",), "small_area": SMALL_AREAS}
    rows = {
        "small_area": SMALL_AREAS,
        "name": SMALL_AREAS,
        "middle_area": ["M1", "M1", "M2"],
        "middle_name": ["Middle Haven 001", "Middle Haven 001", "Middle Haven 002"],
        "deprivation_decile": pa.nulls(len(SMALL_AREAS), pa.int8()),
    }
    outlines = [build_squares(kind, areas) for kind, areas in drawn.items()]
    return {
        "boundaries": pa.concat_tables(outlines).unify_dictionaries(),
        "lived_in": Areas(pa.table(rows, AREAS)),
    }
