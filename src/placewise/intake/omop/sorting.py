"""A shard's rows in their order: gathered by person, which is linear in the rows, and each person's put in order; or
nothing but a look where they stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.picking import take

Integers = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Positions = npt.NDArray[np.int32]

_AS_WIDE = {8: pa.int8(), 16: pa.int16(), 32: pa.int32(), 64: pa.int64()}
"""By bits, the whole numbers that values are taken as."""
_FEW = 8
"""Rows that have to pass no more others than this, on average, are put in order one by one."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """rows: in their order; order: where each of them stood before; alike: whether it equals a neighbour."""

    rows: pa.Table
    order: Positions
    alike: npt.NDArray[np.bool_]


def sort_rows(rows: pa.Table, keys: Sequence[str], columns: Sequence[str]) -> Sorted:
    """These columns of the rows, sorted by the keys and then by themselves, nulls last.

    keys: a column of whole numbers, and up to two of 32 bits or dates, without nulls, all among `columns`: those in
    which equal rows are equal.
    """
    first, rest = _join(rows, keys)
    order = np.arange(len(rows), dtype=np.int32)
    is_sorted = _is_sorted(first, rest)
    if not is_sorted:
        order, ends = _gather(first)
        first, rest = take(first, order), take(rest, order)
        _settle(first, rest, order, ends, _FEW)
    alike = _find_alike(first, rest)
    tied = np.flatnonzero(alike)
    if len(tied):
        among = rows.select(columns).take(pa.array(order[tied]))
        settled = pc.sort_indices(among, sort_keys=[(name, "ascending") for name in dict.fromkeys([*keys, *columns])])
        order[tied] = order[tied][settled.to_numpy()]
        alike[tied] = _equal_neighbours(among.take(settled), columns)
    if is_sorted and not len(tied):
        return Sorted(rows.select(columns), order, alike)
    known = dict(zip(keys, (first, *_split(rest)), strict=False))
    arrays = [
        pa.array(known[name]).view(rows.schema.field(name).type)
        if name in known
        else take_values(rows[name].combine_chunks(), order)
        for name in columns
    ]
    return Sorted(pa.table(arrays, names=list(columns)), order, alike)


def take_values(column: pa.Array, order: Positions) -> pa.Array:
    """The values at these positions. Arrow takes numbers and dates more slowly, five times where some are null."""
    kind = _AS_WIDE.get(column.type.bit_width) if pa.types.is_primitive(column.type) else None
    if kind is None:
        return column.take(pa.array(order))
    numbers, absent = column.view(kind), None
    if column.null_count:
        numbers, absent = numbers.fill_null(0), take(column.is_null().to_numpy(zero_copy_only=False), order)
    return pa.array(take(numbers.to_numpy(), order), kind, mask=absent).view(column.type)


def _join(rows: pa.Table, keys: Sequence[str]) -> tuple[Integers, Integers]:
    """The first key, and the others as one number that is in order as they are: so two numbers of a row are compared,
    and moved, instead of three."""
    nothing = np.zeros(len(rows), np.int32)
    second, last = [*(_get_numbers(rows[key]) for key in keys[1:]), nothing, nothing][:2]
    first = rows[keys[0]].to_numpy()
    first.flags.writeable = False  # as it is where Arrow holds it in one piece: loops are compiled for one kind
    return first, _join_two(second, last)


def _get_numbers(column: pa.ChunkedArray) -> Days:
    return column.cast(pa.int32()).to_numpy()


def _equal_neighbours(rows: pa.Table, columns: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each row equals the one before or after it, nulls being equal."""
    with_next = reduce(np.logical_and, (_equals_next(rows[name].combine_chunks()) for name in columns))
    return np.concatenate([with_next, [False]]) | np.concatenate([[False], with_next])


def _equals_next(values: pa.Array) -> npt.NDArray[np.bool_]:
    one, other = values.slice(0, len(values) - 1), values.slice(1)
    equal = pc.or_(pc.fill_null(pc.equal(one, other), False), pc.and_(pc.is_null(one), pc.is_null(other)))
    return np.asarray(equal.to_numpy(zero_copy_only=False))


@compiled
def _join_two(second: Days, last: Days) -> Integers:
    rest = np.empty(len(second), np.int64)
    for i in range(len(rest)):
        rest[i] = (np.int64(second[i]) << 32) + last[i]
    return rest


@compiled
def _split(rest: Integers) -> tuple[Days, Days]:
    """The two numbers of _join_two."""
    second, last = np.empty(len(rest), np.int32), np.empty(len(rest), np.int32)
    for i in range(len(rest)):
        last[i] = np.int32(rest[i])
        second[i] = (rest[i] - last[i]) >> 32
    return second, last


@compiled
def _is_sorted(first: Integers, rest: Integers) -> bool:
    for i in range(1, len(first)):
        if first[i] < first[i - 1] or (first[i] == first[i - 1] and rest[i] < rest[i - 1]):
            return False
    return True


@compiled
def _gather(first: Integers) -> tuple[Positions, Positions]:
    """The positions of the rows sorted by the leading bits of the first key, rows alike in them staying as they stand;
    and where the rows of each such number end, of which there are up to a fourth as many as rows: hardly ever do they
    hold more than one person's."""
    least = np.uint64(first.min())
    spread = np.uint64(first.max()) - least
    shift = np.uint64(0)
    while spread >> shift > np.uint64(max(len(first) // 4, 1)):
        shift += np.uint64(1)
    ends = np.zeros(int(spread >> shift) + 2, np.int32)
    for key in first:
        ends[((np.uint64(key) - least) >> shift) + np.uint64(1)] += 1
    for i in range(1, len(ends)):
        ends[i] += ends[i - 1]
    order = np.empty(len(first), np.int32)
    for i in range(len(first)):
        place = (np.uint64(first[i]) - least) >> shift
        order[ends[place]] = i
        ends[place] += 1
    return order, ends[:-1]


@compiled
def _settle(first: Integers, rest: Integers, order: Positions, ends: Positions, few: int) -> None:
    """Put the rows before each end in order of all keys: one by one, as they mostly come in the order of days, or by
    merging where many have to pass many."""
    begin = 0
    for end in ends:
        left = few * (end - begin)
        for i in range(begin + 1, end):
            one, other, row, at = first[i], rest[i], order[i], i
            while at > begin and (first[at - 1] > one or (first[at - 1] == one and rest[at - 1] > other)):
                first[at], rest[at], order[at] = first[at - 1], rest[at - 1], order[at - 1]
                at -= 1
            first[at], rest[at], order[at] = one, other, row
            left -= i - at
            if left < 0:
                merged = np.argsort(rest[begin:end], kind="mergesort")
                merged = merged[np.argsort(first[begin:end][merged], kind="mergesort")] + begin
                first[begin:end], rest[begin:end], order[begin:end] = first[merged], rest[merged], order[merged]
                break
        begin = end


@compiled
def _find_alike(first: Integers, rest: Integers) -> npt.NDArray[np.bool_]:
    """Whether each row has all keys in common with the one before or after it."""
    alike = np.zeros(len(first), np.bool_)
    for i in range(1, len(first)):
        if first[i] == first[i - 1] and rest[i] == rest[i - 1]:
            alike[i - 1] = alike[i] = True
    return alike
