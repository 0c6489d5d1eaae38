"""A shard's counts as bytes, to be sent from where they were counted to where they are added up, and kept.

Counts change little from month to month, and a shard has people in few of the cells of a system. So what is sent is
where something changes and by how much: the gap from the last position that changed, then the change (0, -1, 1, -2, 2
as 0, 1, 2, 3, 4), each as seven bits a byte, the lowest first, the top bit set while more follow: some two bytes
a change where the counts themselves are hundreds of megabytes. Changes add as counts do, exactly and in any order.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.timeline.compiled import compiled

Integers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

PACKED = pa.schema([pa.field("changes", pa.large_binary(), nullable=False)])
"""A row for each array or histogram of counts, in an order that both sides know."""

_LONGEST = 20
"""Bytes that a position and its change take at most."""
_BLOCK = 64
_AT_ONCE = 512
"""Blocks packed together: room for all that might change would be made anew by the system each time."""


def take_changes(changes: npt.NDArray[np.integer]) -> bytes:
    """An array of changes, packed; all of it is 0 thereafter."""
    return _take_blocks(changes, np.arange(0, changes.size, _BLOCK), _BLOCK)


def pack_changes(changes: npt.NDArray[np.integer]) -> bytes:
    """As take_changes, of an array that stays as it is."""
    packed = take_changes(changes)
    add_changes_to(changes, packed)
    return packed


def take_changes_of(changes: npt.NDArray[np.integer], rows: Integers) -> bytes:
    """As take_changes, of an array of which only these rows, which rise, may hold anything but 0."""
    return _take_blocks(changes, rows * changes.shape[1], changes.shape[1])


def take_sums(position: Integers, changes: npt.NDArray[np.integer]) -> bytes:
    """The changes at some positions, which rise, without those that are 0, packed; all of them are 0 thereafter."""
    packed = np.empty(len(position) * _LONGEST, np.uint8)
    return packed[: _take_at(position, changes, packed)].tobytes()


def pack_sums(position: Integers, change: Integers) -> bytes:
    """Changes at some positions, which rise, packed."""
    packed = np.empty(len(position) * _LONGEST, np.uint8)
    return packed[: _pack(position, change, packed)].tobytes()


def unpack_sums(packed: bytes) -> tuple[Integers, Integers]:
    """Positions, rising, and the change at each."""
    numbers = np.empty((len(packed) // 2, 2), np.int64)
    found = _unpack(np.frombuffer(packed, np.uint8), numbers)
    return numbers[:found, 0].copy(), numbers[:found, 1].copy()


def add_changes_to(total: npt.NDArray[np.integer], packed: bytes) -> None:
    """Add packed changes where they belong in an array of the shape that they were found in."""
    _add(total.reshape(-1), np.frombuffer(packed, np.uint8))


def to_table(packed: Iterable[bytes]) -> pa.Table:
    """As PACKED."""
    return pa.table([pa.array(packed, pa.large_binary())], schema=PACKED)


def iter_packed(table: pa.Table) -> Iterator[bytes]:
    """What to_table was given, in the same order."""
    return iter(table["changes"].to_pylist())


def _take_blocks(changes: npt.NDArray[np.integer], begins: Integers, size: int) -> bytes:
    packed, last, pieces = np.empty(_AT_ONCE * size * _LONGEST, np.uint8), 0, []
    for first in range(0, len(begins), _AT_ONCE):
        length, last = _take(changes.reshape(-1), begins[first : first + _AT_ONCE], size, packed, last)
        pieces.append(packed[:length].tobytes())
    return b"".join(pieces)


@compiled
def _take(changes: npt.NDArray[np.integer], begins: Integers, size: int, packed: Bytes, last: int) -> tuple[int, int]:
    """Pack what is not 0 in the blocks that begin there and make it so; how many bytes it took, and the last position.

    last: the position packed before.

    Where changes are is found a block at a time and without a choice: a processor that guesses at each loses more time
    than all the rest takes.
    """
    at, found = 0, np.empty(size, np.int64)
    for begin in begins:
        block, few = changes[begin : begin + size], 0
        for i in range(len(block)):
            found[few] = i
            few += block[i] != 0
        for i in found[:few]:
            change = np.int64(block[i])
            block[i] = 0
            for number in (np.uint64(begin + i - last), np.uint64((change << 1) ^ (change >> 63))):
                while number > np.uint64(127):
                    packed[at] = (number & np.uint64(127)) | np.uint64(128)
                    number >>= np.uint64(7)
                    at += 1
                packed[at] = number
                at += 1
            last = begin + i
    return at, last


@compiled
def _take_at(position: Integers, changes: npt.NDArray[np.integer], packed: Bytes) -> int:
    at, last = 0, np.int64(0)
    for i in range(len(position)):
        change = np.int64(changes[i])
        if change:
            changes[i] = 0
            for number in (np.uint64(position[i] - last), np.uint64((change << 1) ^ (change >> 63))):
                while number > np.uint64(127):
                    packed[at] = (number & np.uint64(127)) | np.uint64(128)
                    number >>= np.uint64(7)
                    at += 1
                packed[at] = number
                at += 1
            last = position[i]
    return at


@compiled
def _pack(position: Integers, change: Integers, packed: Bytes) -> int:
    at, last = 0, np.int64(0)
    for i in range(len(position)):
        for number in (np.uint64(position[i] - last), np.uint64((change[i] << 1) ^ (change[i] >> 63))):
            while number > np.uint64(127):
                packed[at] = (number & np.uint64(127)) | np.uint64(128)
                number >>= np.uint64(7)
                at += 1
            packed[at] = number
            at += 1
        last = position[i]
    return at


@compiled
def _add(total: npt.NDArray[np.integer], packed: Bytes) -> None:
    one, seven = np.uint64(1), np.uint64(7)  # an index with a sign is asked each time whether it counts from the end
    at, position, end = np.uint64(0), np.uint64(0), np.uint64(len(packed))
    while at < end:
        gap, shift = np.uint64(packed[at] & 127), seven
        while packed[at] > 127:
            at += one
            gap |= np.uint64(packed[at] & 127) << shift
            shift += seven
        at += one
        number, shift = np.uint64(packed[at] & 127), seven
        while packed[at] > 127:
            at += one
            number |= np.uint64(packed[at] & 127) << shift
            shift += seven
        at += one
        position += gap
        total[position] += np.int64(number >> one) ^ -np.int64(number & one)


@compiled
def _unpack(packed: Bytes, numbers: npt.NDArray[np.int64]) -> int:
    """Fill in positions and changes; how many there are."""
    at, found, position = 0, 0, np.int64(0)
    while at < len(packed):
        gap, shift = np.int64(packed[at] & 127), 7
        while packed[at] > 127:
            at += 1
            gap |= np.int64(packed[at] & 127) << shift
            shift += 7
        at += 1
        number, shift = np.uint64(packed[at] & 127), 7
        while packed[at] > 127:
            at += 1
            number |= np.uint64(packed[at] & 127) << np.uint64(shift)
            shift += 7
        at += 1
        position += gap
        numbers[found, 0] = position
        numbers[found, 1] = np.int64(number >> np.uint64(1)) ^ -np.int64(number & np.uint64(1))
        found += 1
    return found
