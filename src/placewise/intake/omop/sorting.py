"""A shard's rows in their order, by counting: linear in the rows, and nothing but a look where they stand in it."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.picking import take

Integers = npt.NDArray[np.int64]
Positions = npt.NDArray[np.int32]

_DIGIT = 20
"""So many bits are counted at once at most: the people of a shard or the days of 150 years in one pass."""
_AS_WIDE = {8: pa.int8(), 16: pa.int16(), 32: pa.int32(), 64: pa.int64()}
"""By bits, the whole numbers that values are taken as."""
_FEW = 100
"""Rows that are alike but for the last key are put in order one by one, since hardly ever are there more."""


def find_order(rows: pa.Table, keys: Sequence[str], columns: Sequence[str]) -> tuple[Positions, npt.NDArray[np.bool_]]:
    """The positions of the rows sorted by the keys and then by `columns`, nulls last; and whether each row, so
    sorted, equals a neighbour.

    keys: columns of whole numbers or dates without nulls; columns: those in which equal rows are equal.
    """
    numbers = np.empty((len(keys), len(rows)), np.int64)
    for key, column in zip(keys, numbers, strict=True):
        _fill(column, rows[key])
    order, alike = np.arange(len(rows), dtype=np.int32), np.zeros(len(rows), np.bool_)
    if not _is_sorted(numbers):
        order = _order(numbers[:-1], order)
    if not _settle(numbers, order, alike, _FEW):
        order = _order(numbers, order)
        _settle(numbers, order, alike, len(rows))
    tied = np.flatnonzero(alike)
    if not len(tied):
        return order, alike
    among = rows.select(columns).take(pa.array(order[tied]))
    settled = pc.sort_indices(among, sort_keys=[(name, "ascending") for name in dict.fromkeys([*keys, *columns])])
    order[tied] = order[tied][settled.to_numpy()]
    alike[tied] = _equal_neighbours(among.take(settled), columns)
    return order, alike


def take_rows(rows: pa.Table, order: Positions) -> pa.Table:
    """The rows at these positions."""
    positions = pa.array(order)
    columns = [
        take_values(each.combine_chunks(), order) if each.null_count else each.take(positions) for each in rows.columns
    ]
    return pa.table(columns, schema=rows.schema)


def take_values(column: pa.Array, order: Positions) -> pa.Array:
    """The values at these positions. Arrow takes numbers and dates more slowly, five times where some are null."""
    kind = _AS_WIDE.get(column.type.bit_width) if pa.types.is_primitive(column.type) else None
    if kind is None:
        return column.take(pa.array(order))
    numbers, absent = column.view(kind), None
    if column.null_count:
        numbers, absent = numbers.fill_null(0), take(column.is_null().to_numpy(zero_copy_only=False), order)
    return pa.array(take(numbers.to_numpy(), order), kind, mask=absent).view(column.type)


def _fill(numbers: Integers, column: pa.ChunkedArray) -> None:
    numbers[:] = (column.cast(pa.int32()) if pa.types.is_date32(column.type) else column).to_numpy()


def _order(numbers: Integers, order: Positions) -> Positions:
    for key in numbers[::-1]:
        least = key.min()
        bits = (int(key.max()) - int(least)).bit_length()
        digit = -(-bits // -(-bits // _DIGIT)) if bits else 1
        for shift in range(0, bits, digit):
            order = _count(key, least, shift, min(digit, bits - shift), order)
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
def _settle(numbers: Integers, order: Positions, alike: npt.NDArray[np.bool_], few: int) -> bool:
    """Put rows that are in order of all keys but the last in order of that too, and mark those that have all keys in
    common with another. False where more than `few` differ in the last key at most and are not in order."""
    keys, rows = numbers.shape
    begin = 0
    for end in range(1, rows + 1):
        if end < rows:
            k = keys - 2  # the last keys tell most rows apart
            while k >= 0 and numbers[k, order[end]] == numbers[k, order[begin]]:
                k -= 1
            if k < 0:
                continue
        last = numbers[keys - 1]
        for i in range(begin + 1, end):
            row, at = order[i], i
            while at > begin and last[order[at - 1]] > last[row]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = row
            if at < i and end - begin > few:
                return False
        for i in range(begin + 1, end):
            if last[order[i]] == last[order[i - 1]]:
                alike[i - 1] = alike[i] = True
        begin = end
    return True


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
