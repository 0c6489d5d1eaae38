"""A shard's counts as a small table, to be sent from where they were counted to where they are added up, and kept.

Counts change little from month to month, and a shard has people in few of the cells of a system. So what is sent is
where something changes and by how much, in the narrowest whole numbers that hold it: a few megabytes where the counts
themselves are some hundreds. Changes add as counts do, exactly and in any order.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Integers = npt.NDArray[np.int64]
Changes = tuple[Integers, npt.NDArray[np.integer]]
"""Positions, rising, and the change at each."""

PACKED = pa.schema(
    [
        pa.field("gap_type", pa.string(), nullable=False),
        pa.field("gaps", pa.large_binary(), nullable=False),  # from each position to the next
        pa.field("change_type", pa.string(), nullable=False),
        pa.field("changes", pa.large_binary(), nullable=False),
    ]
)
"""A row for each array or histogram of counts, in an order that both sides know."""


def pack(counts: Iterable[Changes]) -> pa.Table:
    """As PACKED."""
    rows = [(*_narrow(np.diff(position, prepend=0)), *_narrow(change)) for position, change in counts]
    return pa.Table.from_pylist([dict(zip(PACKED.names, row, strict=True)) for row in rows], schema=PACKED)


def iter_packed(packed: pa.Table) -> Iterator[Changes]:
    """What was packed, in the same order."""
    for row in packed.to_pylist():
        gaps, changes = np.frombuffer(row["gaps"], row["gap_type"]), np.frombuffer(row["changes"], row["change_type"])
        yield np.cumsum(gaps, dtype=np.int64), changes


def add_to(total: npt.NDArray[np.integer], counted: Changes) -> None:
    """Add changes where they belong in an array of the shape that they were found in."""
    position, change = counted
    total.reshape(-1)[position] += change


def _narrow(numbers: npt.NDArray[np.integer]) -> tuple[str, bytes]:
    """The narrowest type that holds the numbers, and their bytes."""
    lowest, highest = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    kind = np.min_scalar_type(highest if lowest >= 0 else min(lowest, -highest - 1))
    return kind.str, numbers.astype(kind).tobytes()
