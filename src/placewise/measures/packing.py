"""A shard's sums as a small table, to be sent from where they were counted to where they are added up, and kept.

Counts change little from month to month, so what is sent is how each changes, in the narrowest whole numbers that hold
it: a few megabytes where the sums themselves are some hundreds. Changes add as counts do, exactly and in any order.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.measures.histogram import Histogram

Integers = npt.NDArray[np.int64]
Changes = npt.NDArray[np.integer]

PACKED = pa.schema([pa.field("type", pa.string(), nullable=False), pa.field("changes", pa.large_binary())])
"""A row an array, in an order that both sides know, and then a row a histogram; changes is null where every count is 0,
and compressed for an array, of which most is 0."""

ZSTD = pa.Codec("zstd", compression_level=1)

HISTOGRAM = "histogram"
NO_HISTOGRAMS: Sequence[Histogram] = ()


def pack(arrays: Iterable[Changes], histograms: Iterable[Histogram] = NO_HISTOGRAMS) -> pa.Table:
    """PACKED of arrays of changes from month to month, and of histograms."""
    types, changes = [], []
    for changed in arrays:
        lowest, highest = int(changed.min(initial=0)), int(changed.max(initial=0))
        narrow = np.min_scalar_type(min(lowest, -highest - 1))
        types.append(narrow.str)
        changes.append(ZSTD.compress(changed.astype(narrow).tobytes(), asbytes=True) if lowest or highest else None)
    for histogram in histograms:
        keys, sums = histogram.sums()
        types.append(HISTOGRAM)
        changes.append(np.concatenate([keys, sums]).tobytes() if len(keys) else None)
    return pa.table([types, changes], schema=PACKED)


def add_packed(packed: pa.Table, arrays: Iterable[Changes], histograms: Iterable[Histogram] = NO_HISTOGRAMS) -> None:
    """Add what was packed to arrays and histograms of the same shapes, in the same order."""
    targets = [*arrays, *histograms]
    for kind, changes, target in zip(*(packed[name].to_pylist() for name in PACKED.names), targets, strict=True):
        if changes is None:
            continue
        if isinstance(target, Histogram):
            keys, sums = np.frombuffer(changes, np.int64).reshape(2, -1)
            target.add_sums(keys, sums)
        else:
            size = target.size * np.dtype(kind).itemsize
            target += np.frombuffer(ZSTD.decompress(changes, size), kind).reshape(target.shape)
