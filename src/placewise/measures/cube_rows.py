"""The rows that a table of the cube has (CUBE in contract.py), and the table that counts make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.content import Pieces, find_pieces
from placewise.floor.encoding import encode
from placewise.floor.timeline.window import Window
from placewise.measures.contract import CUBE

if TYPE_CHECKING:
    from placewise.measures.cube import Counts


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows a table has, sorted by split, group, unit and month. Most measures have the same, so that they are
    found once.

    kept: split -> where they stand in [groups, units, months]; columns: those that name them, after the measure;
    said: what these columns say, as table_hash takes it up.
    """

    kept: Mapping[str, npt.NDArray[np.int64]]
    columns: Mapping[str, pa.Array]
    said: Mapping[str, Pieces]

    @classmethod
    def find(cls, counts: "Counts", units: Sequence[str], window: Window) -> "Rows":
        """Those that the units reported."""
        words = list(dict.fromkeys(group for each in counts.values() for group in each.groups))
        splits, groups, of_unit, months, kept = [], [], [], [], {}
        for place, (split, each) in enumerate(counts.items()):
            shape = (len(each.groups), len(units), window.months)
            kept[split] = np.flatnonzero(np.broadcast_to(each.reported, shape))
            group, unit, month = np.unravel_index(kept[split], shape)
            splits.append(np.full(len(group), place, np.int32))
            groups.append(np.array([words.index(word) for word in each.groups], np.int32)[group])
            of_unit.append(unit.astype(np.int32))
            months.append(month)
        days = window.month_starts[1:].astype(np.int32) - 1
        columns = {
            "split": encode(np.concatenate(splits), list(counts)),
            "group": encode(np.concatenate(groups), words),
            "unit": encode(np.concatenate(of_unit), units),
            "month": pa.array(days[np.concatenate(months)], pa.int32()).cast(pa.date32()),
        }
        said = {name: find_pieces(pa.chunked_array([column])) for name, column in columns.items()}
        return cls(kept, columns, said)

    def to_table(self, measure: str, counts: "Counts") -> pa.Table:
        """The counts as a table of these rows."""
        more = next(iter(counts.values())).more
        sums = [
            [each.denominator for each in counts.values()],
            [each.numerator for each in counts.values()],
            *([each.more[name] for each in counts.values()] for name in more),
        ]
        columns = [
            encode(np.zeros(len(self.columns["split"]), np.int32), [measure]),
            *self.columns.values(),
            *(pa.array(self._take(each)) for each in sums),
        ]
        schema = pa.schema([*CUBE, *(pa.field(name, pa.int64(), nullable=False) for name in more)])
        return pa.table(columns, schema=schema)

    def _take(self, sums: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
        """Of each split's sums, one value a row."""
        return np.concatenate(
            [each.transpose(1, 0, 2).reshape(-1)[kept] for each, kept in zip(sums, self.kept.values(), strict=True)]
        )
