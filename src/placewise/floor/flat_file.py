"""Arrays of several lengths in one file, to be mapped into memory: nothing is decoded, copied or read before its time.

8 bytes     how long the header is
header      JSON: name -> [type, where it begins, length]
arrays      one after another, as they lie in memory, each from a multiple of 64 bytes on
"""

import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_LENGTH, _ALIGNED = 8, 64
Arrays = Mapping[str, npt.NDArray[Any]]


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write one-dimensional arrays under their names; the file is there whole or not at all. Raises OSError."""
    header, at = {}, 0
    for name, array in arrays.items():
        header[name] = [array.dtype.str, at, len(array)]
        at = _align(at + array.nbytes)
    told = json.dumps(header).encode()
    told += b" " * (_align(_LENGTH + len(told)) - _LENGTH - len(told))
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(len(told).to_bytes(_LENGTH, "little") + told)
            for array in arrays.values():
                file.write(np.ascontiguousarray(array).data)
                file.write(bytes(_align(array.nbytes) - array.nbytes))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def map_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a file. What is written into them stays in memory and never reaches the file."""
    with path.open("rb") as file:
        held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    begin = _LENGTH + int.from_bytes(held[:_LENGTH], "little")
    header = json.loads(held[_LENGTH:begin])
    return {name: np.frombuffer(held, kind, length, begin + at) for name, (kind, at, length) in header.items()}


def find_names(path: Path) -> list[str]:
    """The names of a file's arrays."""
    with path.open("rb") as file:
        return list(json.loads(file.read(int.from_bytes(file.read(_LENGTH), "little"))))


def _align(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
