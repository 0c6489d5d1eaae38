"""How often each value occurs, as the cube keeps it (VALUE_COUNTS in contract.py): by practice for everybody, and by
group over all practices for every other split."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.encoding import decode, encode
from placewise.floor.timeline.window import Window
from placewise.measures.contract import ALL, VALUE_COUNTS

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """values: those told apart, in hundredths; groups: of each split; rows: split -> cell, value (a place in values),
    month, and how many more have it from that month on. A cell is a practice (for `all`) or a group."""

    values: Integers
    groups: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Integers, Integers, Integers, Integers]]

    def get_counts(self, split: str, cells: Integers, months: int) -> Integers:
        """How many of these cells together have each value at the end of each month: int64[values, months]."""
        cell, value, month, change = self.rows[split]
        chosen = np.flatnonzero(np.isin(cell, cells))
        counts = np.zeros((len(self.values), months), np.int64)
        np.add.at(counts, (value[chosen], month[chosen]), change[chosen])
        return np.cumsum(counts, axis=1)

    def count_all(self, split: str, cells: int, months: int) -> Integers:
        """How many of each cell have any value at the end of each month: int64[cells, months]."""
        cell, _, month, change = self.rows[split]
        changes = np.bincount(cell * months + month, change, cells * months).astype(np.int64)
        return np.cumsum(changes.reshape(cells, months), axis=1)


def to_table(counts: ValueCounts, practices: Sequence[str], window: Window) -> pa.Table:
    """VALUE_COUNTS, sorted by split as declared, cell, value and month."""
    days = np.array(window.month_ends, dtype="datetime64[D]").astype(np.int32)
    parts = [VALUE_COUNTS.empty_table()]
    for split, (cell, value, month, change) in counts.rows.items():
        zero = np.zeros(len(cell), np.int32)
        own = cell.astype(np.int32)
        unit = encode(own, practices) if split == ALL else encode(zero, [""])
        group = encode(zero if split == ALL else own, counts.groups[split])
        columns = [encode(zero, [split]), group, unit, pa.array(counts.values[value])]
        columns += [pa.array(days[month], pa.int32()).cast(pa.date32()), pa.array(change)]
        parts.append(pa.table(columns, schema=VALUE_COUNTS))
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def read_value_counts(
    path: Path, values: Sequence[int], groups: Mapping[str, Sequence[str]], practices: Sequence[str], window: Window
) -> ValueCounts:
    table = pq.read_table(path)
    split, rows = decode(table["split"], list(groups)), {}
    for place, (name, of) in enumerate(groups.items()):
        chosen = table.filter(pa.array(split == place))
        days = chosen["month"].cast(pa.int32()).to_numpy().astype("datetime64[D]")
        rows[name] = (
            decode(chosen["unit"], practices) if name == ALL else decode(chosen["group"], of),
            np.searchsorted(np.array(values), chosen["value"].to_numpy()),
            days.astype("datetime64[M]").astype(np.int64) - window.first_month,
            chosen["change"].to_numpy(),
        )
    return ValueCounts(np.array(values), {name: tuple(of) for name, of in groups.items()}, rows)
