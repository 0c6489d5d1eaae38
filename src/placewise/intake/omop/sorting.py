"""A shard's rows in their order, by counting: linear in the rows, and nothing but a look where they stand in it."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.timeline.compiled import compiled

Integers = npt.NDArray[np.int64]
Positions = npt.NDArray[np.int32]

_DIGIT = 17
"""So many bits are counted at once: the people of a shard or the days of 150 years in one pass, its counters in cache.
"""


def find_order(rows: pa.Table, keys: Sequence[str], columns: Sequence[str]) -> tuple[Positions, npt.NDArray[np.bool_]]:
    """The positions of the rows sorted by the keys and then by `columns`, nulls last; and whether each row, so
    sorted, equals a neighbour.

    keys: columns of whole numbers or dates without nulls; columns: those in which equal rows are equal.
    """
    numbers = np.stack([_numbers(rows[key]) for key in keys])
    order = np.arange(len(rows), dtype=np.int32)
    if not _is_sorted(numbers):
        order = _order(numbers, order)
    alike = _find_ties(numbers, order)
    tied = np.flatnonzero(alike)
    if not len(tied):
        return order, alike
    among = rows.select(columns).take(pa.array(order[tied]))
    settled = pc.sort_indices(among, sort_keys=[(name, "ascending") for name in dict.fromkeys([*keys, *columns])])
    order[tied] = order[tied][settled.to_numpy()]
    alike[tied] = _equal_neighbours(among.take(settled), columns)
    return order, alike


def _numbers(column: pa.ChunkedArray) -> Integers:
    return (column.cast(pa.int32()) if pa.types.is_date32(column.type) else column).to_numpy().astype(np.int64)


def _order(numbers: Integers, order: Positions) -> Positions:
    for key in numbers[::-1]:
        least = key.min()
        bits = (int(key.max()) - int(least)).bit_length()
        for shift in range(0, bits, _DIGIT):
            order = _count(key, least, shift, min(_DIGIT, bits - shift), order)
    return order


def _equal_neighbours(rows: pa.Table, columns: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each row equals the one before or after it, nulls being equal."""
    with_next = reduce(np.logical_and, (_equals_next(rows[name].combine_chunks()) for name in columns))
    return np.concatenate([with_next, [False]]) | np.concatenate([[False], with_next])


def _equals_next(values: pa.Array) -> npt.NDArray[np.bool_]:
    one, other = values.slice(0, len(values) - 1), values.slice(1)
    equal = pc.or_(pc.fill_null(pc.equal(one, other), False), pc.and_(pc.is_null(one), pc.is_null(other)))
    return np.asarray(equal.to_numpy(zero_copy_only=False))


@compiled
def _is_sorted(numbers: Integers) -> bool:
    for i in range(1, numbers.shape[1]):
        for k in range(numbers.shape[0]):
            if numbers[k, i] < numbers[k, i - 1]:
                return False
            if numbers[k, i] > numbers[k, i - 1]:
                break
    return True


@compiled
def _find_ties(numbers: Integers, order: Positions) -> npt.NDArray[np.bool_]:
    """Whether each row in this order has the keys of the one before or after it."""
    tied = np.zeros(len(order), np.bool_)
    for i in range(1, len(order)):
        k = numbers.shape[0] - 1  # the last key tells most rows apart
        while k >= 0 and numbers[k, order[i]] == numbers[k, order[i - 1]]:
            k -= 1
        if k < 0:
            tied[i - 1] = tied[i] = True
    return tied


@compiled
def _count(key: Integers, least: np.int64, shift: int, bits: int, order: Positions) -> Positions:
    """The order settled by some bits of a key, rows alike in them staying as they stand."""
    mask = np.uint64((1 << bits) - 1)
    ends = np.zeros((1 << bits) + 1, np.int32)
    for i in range(len(key)):
        ends[((np.uint64(key[i]) - np.uint64(least)) >> np.uint64(shift) & mask) + np.uint64(1)] += 1
    ends = np.cumsum(ends).astype(np.int32)
    settled = np.empty_like(order)
    for i in range(len(order)):
        digit = (np.uint64(key[order[i]]) - np.uint64(least)) >> np.uint64(shift) & mask
        settled[ends[digit]] = order[i]
        ends[digit] += 1
    return settled
