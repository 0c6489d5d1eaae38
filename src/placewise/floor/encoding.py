"""Codes in arrays to words in tables."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def encode(codes: npt.NDArray[np.integer], words: Sequence[str]) -> pa.Array:
    """Positions in `words` as a dictionary column of the same width; a negative position is null."""
    indices = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))
