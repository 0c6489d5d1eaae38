"""A grid of tiles: one tile an area, near where it lies, so that a small area with many people is as large as any.

Areas of the level that the deployment places stand where its tiles.csv says, others of the first level in the order of
the release. Areas below stand together inside the place they belong to: by name, row by row, as near to a square as
their number allows. So the same areas always stand in the same places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from placewise_site.evidence.sight import Area, Sight

GAP = 0.35
"""Between the blocks of places, in tiles."""
HEAD = 0.55
"""Above a block, for the name of its place, in tiles."""


@dataclass(frozen=True, slots=True)
class Block:
    """The tiles of one place: its name and corner, and the corner of each area's tile; a tile is 1 wide and high."""

    name: str
    x: float
    y: float
    tiles: tuple[tuple[Area, float, float], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    width: float
    height: float
    blocks: tuple[Block, ...]


def lay_out(sight: Sight, areas: Sequence[Area], placed: Mapping[str, tuple[int, int]], most_across: int = 0) -> Grid:
    """areas: of one level; placed: the tiles of the deployment; most_across: where it is given, the blocks stand one
    below the other, each so many tiles across at most, as a phone needs it."""
    homes: dict[str, list[Area]] = {}
    for each in areas:
        homes.setdefault(_home(sight, each, placed), []).append(each)
    if all(each.code in homes for each in areas):
        return _single(areas, placed, most_across)
    at = {code: (0, row) for row, code in enumerate(homes)} if most_across else _grid_of(list(homes), placed)
    across = {code: min(len(of), most_across) if most_across else ceil(sqrt(len(of))) for code, of in homes.items()}
    lefts = _edges({code: (at[code][0], across[code]) for code in homes}, GAP)
    tops = _edges({code: (at[code][1], ceil(len(homes[code]) / across[code])) for code in homes}, GAP + HEAD)
    blocks = []
    for code, of in homes.items():
        x, y = lefts[at[code][0]], tops[at[code][1]] + HEAD
        tiles = tuple((each, x + place % across[code], y + place // across[code]) for place, each in enumerate(of))
        blocks.append(Block(sight.areas[code].name if code in sight.areas else "", x, y - HEAD, tiles))
    right = max(tile[1] + 1 for block in blocks for tile in block.tiles)
    bottom = max(tile[2] + 1 for block in blocks for tile in block.tiles)
    return Grid(right, bottom, tuple(blocks))


def _single(areas: Sequence[Area], placed: Mapping[str, tuple[int, int]], most_across: int) -> Grid:
    """One tile for each area of the placed level, without blocks."""
    at = _grid_of([each.code for each in areas], placed)
    if most_across and max(x for x, _ in at.values()) >= most_across:
        at = {each.code: (place % most_across, place // most_across) for place, each in enumerate(areas)}
    tiles = tuple((each, float(at[each.code][0]), float(at[each.code][1])) for each in areas)
    return Grid(1 + max(x for x, _ in at.values()), 1 + max(y for _, y in at.values()), (Block("", 0, 0, tiles),))


def _home(sight: Sight, area: Area, placed: Mapping[str, tuple[int, int]]) -> str:
    """The code of the placed area that an area is in, or is; of the area just below the system where none is placed."""
    chain = sight.chain(area)
    return next((each.code for each in chain if each.code in placed), chain[min(1, len(chain) - 1)].code)


def _grid_of(codes: Sequence[str], placed: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    if all(code in placed for code in codes):
        return {code: placed[code] for code in codes}
    across = ceil(sqrt(len(codes)))
    return {code: (place % across, place // across) for place, code in enumerate(codes)}


def _edges(sizes: Mapping[str, tuple[int, int]], gap: float) -> dict[int, float]:
    """Where each column or row of blocks begins: as wide as its widest block, with a gap after each.

    sizes: by code, the column or row of a block and how many tiles wide or high it is.
    """
    widest: dict[int, int] = {}
    for line, size in sizes.values():
        widest[line] = max(widest.get(line, 0), size)
    edges, at = {}, 0.0
    for line in sorted(widest):
        edges[line] = at
        at += widest[line] + gap
    return edges
