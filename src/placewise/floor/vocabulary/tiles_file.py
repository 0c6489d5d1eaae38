"""Read tiles.csv: where each area of one level stands in a grid of tiles, as they lie to each other on the ground.

Columns: area, column, row; the first column and row are 0, in the north-west. The areas are of one level; those below
them are laid out inside their own tile, so nobody need place them.
"""

from collections.abc import Mapping
from pathlib import Path

from placewise.floor.csv_rows import find_rows
from placewise.floor.faults import Fault, nearest
from placewise.floor.vocabulary.organisations import Hierarchy

COLUMNS = ("area", "column", "row")
MOST = 40
"""Columns and rows of a grid; a page is no wider."""

Tiles = Mapping[str, tuple[int, int]]
"""The code of an area -> its column and row."""


def find_tiles(path: Path, hierarchy: Hierarchy) -> tuple[Tiles, list[Fault]]:
    """The tiles, and the mistakes of the file by line; no tiles if there are any."""
    rows, faults = find_rows(path, COLUMNS)
    file = str(path)
    tiles: dict[str, tuple[int, int]] = {}
    levels: dict[str, int] = {}
    for line, cells in rows:
        area, place = cells["area"], (cells["column"], cells["row"])
        if not all(each.isdigit() and int(each) < MOST for each in place):
            faults.append(Fault(file, line, f"{' and '.join(place)} are no place", f"count from 0, below {MOST}"))
            continue
        at = int(place[0]), int(place[1])
        organisation = hierarchy.organisations.get(area)
        if organisation is None or not organisation.level:
            remedy = nearest(area, hierarchy.organisations)
            faults.append(Fault(file, line, f"{area} is no area of organisations.csv", remedy))
            continue
        if area in tiles or at in tiles.values():
            faults.append(Fault(file, line, "the area or the place stands in an earlier row", "keep one row for each"))
        levels.setdefault(organisation.level, line)
        tiles[area] = at
    if len(levels) > 1:
        fault = f"the areas are of {len(levels)} levels"
        faults.append(Fault(file, max(levels.values()), fault, "place the areas of one level only"))
    if not faults and levels:
        level = next(iter(levels))
        missing = [each.code for each in hierarchy.at(level) if each.code not in tiles]
        faults += [Fault(file, None, f"{each} has no tile", "give every area of the level a place") for each in missing]
    return ({}, faults) if faults else (tiles, [])
