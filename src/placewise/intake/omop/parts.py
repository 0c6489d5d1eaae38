"""A table's rows put by shard into scratch files as they are read, so that a table of any size passes through."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pyarrow as pa

NO_SHARD = -1


class Parts:
    """The rows of each shard, uncompressed and in the order they came, for as long as it is open.

    `schema` is that of the rows added. What is read is mapped, not copied.
    """

    def __init__(self, folder: Path, shards: int, schema: pa.Schema) -> None:
        folder.mkdir(exist_ok=True)
        self.paths = [folder / f"{shard}.arrow" for shard in range(shards)]
        self._schema = schema
        self._open = ExitStack()

    def __enter__(self) -> "Parts":
        self._writers = [self._open.enter_context(pa.ipc.new_file(str(path), self._schema)) for path in self.paths]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        for path in self.paths:
            path.unlink(missing_ok=True)

    def add(self, rows: pa.RecordBatch, shard: npt.NDArray[np.int16]) -> None:
        """Each row to its shard; those of NO_SHARD are left out."""
        ends = np.cumsum(np.bincount(shard + 1, minlength=len(self.paths) + 1))
        if ends[0] or len(self.paths) > 1:
            rows = rows.take(pa.array(np.argsort(shard, kind="stable")))
        for writer, start, end in zip(self._writers, ends[:-1], ends[1:], strict=True):
            if end > start:
                writer.write_batch(rows.slice(start, end - start))

    def finish(self) -> None:
        """No more rows come: they can be read."""
        self._open.close()

    def read(self, shard: int) -> pa.Table:
        with pa.memory_map(str(self.paths[shard])) as mapped:
            return pa.ipc.open_file(mapped).read_all()
