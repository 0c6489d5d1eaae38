"""A table's rows put by shard into scratch files as they are read, so that a table of any size passes through."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.timeline.compiled import compiled
from placewise.intake.omop.sorting import take_values

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
        order, ends = _sort_by_shard(shard, len(self.paths))
        if ends[0] or len(self.paths) > 1:
            rows = pa.record_batch([take_values(each, order) for each in rows.columns], schema=rows.schema)
        for writer, start, end in zip(self._writers, ends[:-1], ends[1:], strict=True):
            if end > start:
                writer.write_batch(rows.slice(start, end - start))

    def finish(self) -> None:
        """No more rows come: they can be read."""
        self._open.close()

    def read(self, shard: int) -> pa.Table:
        with pa.memory_map(str(self.paths[shard])) as mapped:
            return pa.ipc.open_file(mapped).read_all()


@compiled
def _sort_by_shard(shard: npt.NDArray[np.int16], shards: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """The positions of the rows sorted by shard, NO_SHARD first; and where each of these ends."""
    ends = np.zeros(shards + 1, np.int64)
    for each in shard:
        ends[each + 1] += 1
    ends = np.cumsum(ends)
    begins, order = ends.copy(), np.empty(len(shard), np.int32)
    begins[1:] = ends[:-1]
    begins[0] = 0
    for row in range(len(shard)):
        order[begins[shard[row] + 1]] = row
        begins[shard[row] + 1] += 1
    return order, ends
