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
_PLACE = "place_among_those_added"
RANGES = 256
"""The rows of a shard that are added at once are put in so many ranges of person_id: what is then sorted by person is
taken from near by, which is several times quicker than from all over the memory."""


class Parts:
    """The rows of each shard, uncompressed, for as long as it is open.

    `schema` is that of the rows added; added: how many there were so far. What is read is mapped, not copied.
    """

    def __init__(self, folder: Path, shards: int, schema: pa.Schema) -> None:
        folder.mkdir(exist_ok=True)
        self.paths = [folder / f"{shard}.arrow" for shard in range(shards)]
        self.added = 0
        self._schema = schema.insert(0, pa.field(_PLACE, pa.int32()))
        self._begins: list[list[int]] = [[] for _ in self.paths]
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

    def add(self, rows: pa.RecordBatch, person_id: npt.NDArray[np.int64], shard: npt.NDArray[np.int16]) -> None:
        """Each row to its shard; those of NO_SHARD are left out. person_id: without nulls, of each row."""
        if not len(rows):
            return
        order, ends = _sort_by_shard(shard, person_id, len(self.paths))
        columns = [pa.array(order), *(take_values(each, order) for each in rows.columns)]
        placed = pa.record_batch(columns, schema=self._schema)
        for writer, begins, start, end in zip(self._writers, self._begins, ends[:-1], ends[1:], strict=True):
            if end > start:
                writer.write_batch(placed.slice(start, end - start))
                begins.append(self.added)
        self.added += len(rows)

    def finish(self) -> None:
        """No more rows come: they can be read."""
        self._open.close()

    def read(self, shard: int) -> pa.Table:
        with pa.memory_map(str(self.paths[shard])) as mapped:
            return pa.ipc.open_file(mapped).read_all()

    def find_places(self, shard: int, chosen: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """Of some rows of a shard, where each stood among all rows that were added, from 0."""
        if not len(chosen):
            return np.empty(0, np.int64)
        places = self.read(shard)[_PLACE]
        ends = np.cumsum([len(each) for each in places.chunks])
        return np.array(self._begins[shard])[np.searchsorted(ends, chosen, side="right")] + places.to_numpy()[chosen]


@compiled
def _sort_by_shard(
    shard: npt.NDArray[np.int16], person_id: npt.NDArray[np.int64], shards: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The positions of the rows sorted by shard, NO_SHARD first, and roughly by person; and where each shard ends."""
    least = np.uint64(person_id.min())
    spread = np.uint64(person_id.max()) - least
    shift = np.uint64(0)
    while spread >> shift >= np.uint64(RANGES):
        shift += np.uint64(1)
    places = np.empty(len(shard), np.int32)
    ends = np.zeros((shards + 1) * RANGES + 1, np.int32)
    for row in range(len(shard)):
        places[row] = (shard[row] + 1) * RANGES + int((np.uint64(person_id[row]) - least) >> shift)
        ends[places[row] + 1] += 1
    for place in range(1, len(ends)):
        ends[place] += ends[place - 1]
    order = np.empty(len(shard), np.int32)
    for row in range(len(shard)):
        order[ends[places[row]]] = row
        ends[places[row]] += 1
    return order, ends[RANGES - 1 : -1 : RANGES]
