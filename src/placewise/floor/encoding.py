"""Codes in arrays to words in tables, and back."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def encode(codes: npt.NDArray[np.integer], words: Sequence[str]) -> pa.Array:
    """Positions in `words` as a dictionary column of the same width; a negative position is null."""
    indices = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def decode(column: pa.ChunkedArray, words: Sequence[str]) -> npt.NDArray[np.int64]:
    """A dictionary column as positions in `words`; -1 for a word that is none of them."""
    array = column.unify_dictionaries().combine_chunks()
    position = {word: index for index, word in enumerate(words)}
    lookup = np.array([position.get(word, -1) for word in array.dictionary.to_pylist()], dtype=np.int64)
    return lookup[array.indices.to_numpy()]
