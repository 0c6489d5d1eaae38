"""A hash of what a table says, not of the bytes a file happens to hold it in."""

import hashlib
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Pieces = tuple[bytes | memoryview, ...]
NOTHING_SAID: Mapping[str, Pieces] = {}


def table_hash(table: pa.Table, said: Mapping[str, Pieces] = NOTHING_SAID) -> str:
    """SHA-256 of a table's column names, types and values in row order, as 64 hexadecimal digits.

    Chunks, dictionaries' order, compression and the writer's version do not change it; a value, a null, a column's type
    or the order of the rows does. Columns may be whole numbers, floats, dates, booleans, text or dictionaries of text.
    said: of columns for which find_pieces was asked already.
    """
    digest = hashlib.sha256()
    for name, column in zip(table.column_names, table.columns, strict=True):
        digest.update(f"{name}\0{table.num_rows}\0".encode())
        for piece in said[name] if name in said else find_pieces(column):
            digest.update(piece)
    return digest.hexdigest()


def find_pieces(column: pa.ChunkedArray) -> Pieces:
    """What a column says, as table_hash takes it up."""
    array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()  # one alone would be copied too
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    if pa.types.is_dictionary(array.type) or pa.types.is_string(array.type):
        return _tell_text(array)
    return _tell_numbers(array)


def _tell_text(array: pa.Array) -> Pieces:
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    words = np.array(encoded.dictionary.to_pylist(), dtype=object)
    codes = encoded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    used = np.flatnonzero(np.bincount(codes, minlength=len(words) + 1)[: len(words)])
    order = sorted(used.tolist(), key=lambda code: words[code])
    said = b"text\0", "\0".join(words[order]).encode() + b"\0"
    if not encoded.null_count and order == list(range(len(words))):
        return *said, np.ascontiguousarray(codes, np.int32).data  # they rank the words already
    rank = np.full(len(words) + 1, -1, dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return *said, rank[codes].data


def _tell_numbers(array: pa.Array) -> Pieces:
    kind, nulls = f"{array.type}\0".encode(), b""
    if pa.types.is_date32(array.type):
        array = array.cast(pa.int32())
    if array.null_count:
        nulls = np.packbits(pc.is_null(array).to_numpy(zero_copy_only=False)).tobytes()
        array = array.fill_null(pa.scalar(False) if pa.types.is_boolean(array.type) else pa.scalar(0, array.type))
    return kind, nulls, np.ascontiguousarray(array.to_numpy(zero_copy_only=False)).data
