"""One count's sums as networks: areas below areas, and the groups of a split in each.

Everybody first, from practices up; then each split, given everybody; then narrow bands, given the wide ones.
Each is a network: a cell is part of one sum of areas, and at the lowest level also of its row, the groups of one area.
The rows above follow from those.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.measures.contract import ALL
from placewise.publishing.attack.relations import (
    NESTED,
    iter_area_sums,
    iter_band_sums,
    iter_group_sums,
    iter_home_sums,
)
from placewise.publishing.attack.view import View

Places = npt.NDArray[np.int32]
FlatSums = tuple[Places, Places, Places, Places, Places]
_GROUND = 0


@dataclass(frozen=True, slots=True)
class Network:
    """cells: int[arcs], the cell of each arc; tail, head, starts, incident: as flows.solve takes them; rows: the cell
    that each node's arcs make together, or -1 where a node passes on what it gets."""

    cells: npt.NDArray[np.intp]
    tail: Places
    head: Places
    starts: Places
    incident: Places
    rows: npt.NDArray[np.intp]


class Networks:
    """Of the cells of a view, for counts that are known in some of them. sums: as ranges.draw_together takes them."""

    def __init__(self, view: View) -> None:
        at = {cell: place for place, cell in enumerate(view.cells)}
        splits = sorted({split for _, split, _ in view.cells})
        self._of_split = {
            split: np.array([at[cell] for cell in view.cells if cell[1] == split], np.intp) for split in splits
        }
        self._areas = {whole: parts for whole, parts in iter_area_sums(view, at) if parts}
        self._areas |= dict(iter_home_sums(view, at))
        groups = {split: dict(iter_group_sums(view.cells, at, split)) for split in splits if split != ALL}
        bands = {narrow: dict(iter_band_sums(view.cells, at, wide, narrow)) for wide, narrow in NESTED.items()}
        self._rows: dict[str, Sequence[Mapping[int, list[int]]]] = {
            split: [*([bands[split]] if split in bands else []), groups.get(split, {})] for split in splits
        }
        self._order = [ALL, *(split for split in splits if split not in (ALL, *bands))]
        self._order += [split for split in splits if split in bands]
        self.sums = flatten([self._areas, *groups.values(), *bands.values()], len(view.cells))
        self._made: dict[tuple[str, bytes], Network] = {}

    def iter_networks(self, known: npt.NDArray[np.bool_]) -> Iterator[Network]:
        """In the order to solve them. known: bool[cells]."""
        for split in self._order:
            cells = self._of_split[split]
            cells = cells[known[cells]]
            if not len(cells):
                continue
            key = split, cells.tobytes()
            if key not in self._made:
                self._made[key] = self._build(split, cells.tolist(), known)
            yield self._made[key]

    def _build(self, split: str, cells: list[int], known: npt.NDArray[np.bool_]) -> Network:
        inside = set(cells)
        areas = {whole: parts for whole, parts in self._areas.items() if whole in inside and inside.issuperset(parts)}
        nodes = {whole: node for node, whole in enumerate(areas, start=1)}
        rows = np.full(len(areas) + 1, -1)
        above = {part: nodes[whole] for whole, parts in areas.items() for part in parts}
        row_of: dict[int, int] = {}
        for sums in self._rows[split]:
            for whole, parts in sums.items():
                lowest = parts and known[whole] and inside.issuperset(parts) and nodes.keys().isdisjoint(parts)
                if lowest and row_of.keys().isdisjoint(parts):
                    row_of |= dict.fromkeys(parts, len(rows))
                    rows = np.append(rows, whole)
        tail = np.array([nodes.get(cell, row_of.get(cell, _GROUND)) for cell in cells], np.int32)
        head = np.array([above.get(cell, _GROUND) for cell in cells], np.int32)
        ends = np.concatenate([tail, head])
        order = np.argsort(ends, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=len(rows)))]).astype(np.int32)
        arcs = np.tile(np.arange(len(cells), dtype=np.int32), 2)
        return Network(np.array(cells, np.intp), tail, head, starts, np.ascontiguousarray(arcs[order]), rows)


def flatten(kinds: Iterable[Mapping[int, Sequence[int]]], cells: int) -> FlatSums:
    """kinds: whole -> parts. Starts, parts and whole of the sums; where the sums of each cell begin, and these."""
    rows = [(whole, parts) for sums in kinds for whole, parts in sums.items()]
    whole = np.array([each for each, _ in rows], np.int32)
    parts = np.array([part for _, of in rows for part in of], np.int32)
    sizes = np.array([len(of) for _, of in rows], np.intp)
    members = np.concatenate([parts, whole])
    of = np.concatenate([np.repeat(np.arange(len(rows)), sizes), np.arange(len(rows))])[
        np.argsort(members, kind="stable")
    ]
    first, of_first = (
        np.concatenate([[0], np.cumsum(each)]) for each in (sizes, np.bincount(members, minlength=cells))
    )
    return first.astype(np.int32), parts, whole, of_first.astype(np.int32), of.astype(np.int32)
