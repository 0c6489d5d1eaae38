"""Codes in arrays to words in tables, and back."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def encode(codes: npt.NDArray[np.integer], words: Sequence[str]) -> pa.Array:
    """Positions in `words` as a dictionary column of the same width; a negative position is null."""
    indices = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def get_codes(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.integer], list[str]]:
    """Positions of a dictionary column that has no nulls, and the words they stand for."""
    array = column.unify_dictionaries().combine_chunks()
    return array.indices.to_numpy(), array.dictionary.to_pylist()


def decode(column: pa.ChunkedArray, words: Sequence[str]) -> npt.NDArray[np.int64]:
    """A dictionary column as positions in `words`; -1 for a word that is none of them."""
    codes, found = get_codes(column)
    position = {word: index for index, word in enumerate(words)}
    lookup = np.array([position.get(word, -1) for word in found], dtype=np.int64)
    return lookup[codes]
