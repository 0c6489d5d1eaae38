"""Whole people in shards: which shard a person belongs to, and sorted rows streamed into the shards' files."""

import hashlib
import math
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.content import table_hash
from placewise.intake.contract import SHARD_TABLES

PEOPLE_IN_A_SHARD = 50_000
ROWS_AT_ONCE = 1_000_000


def count_shards(people: int) -> int:
    """Enough shards for about 50,000 people each (35,000 to 71,000), so that one fits in memory however many there are.

    A power of two, since the number decides who is in which shard: a few people more or fewer seldom change it, and a
    correction leaves every shard as it was but those of the people corrected.
    """
    return int(2 ** max(0, round(math.log2(max(people, 1) / PEOPLE_IN_A_SHARD))))


def find_shards(person_id: npt.NDArray[np.int64], shards: int) -> npt.NDArray[np.int16]:
    """Each person's shard, 0 to shards - 1: how SplitMix64 (Steele, Lea and Flood 2014) mixes bits, modulo shards.

    It depends on the person alone, so that a person stays in one shard as long as the number of shards stays.
    """
    mixed = person_id.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(shards)).astype(np.int16)


def hash_shards(folder: Path) -> dict[str, str]:
    """Each shard's folder under this one -> SHA-256 of what its tables say, however the files hold it."""
    contents = {}
    for shard in sorted(folder.glob("shard=*")):
        digest = hashlib.sha256()
        for table, schema in SHARD_TABLES.items():
            digest.update(table_hash(pq.read_table(shard / f"{table}.parquet", columns=schema.names)).encode())
        contents[shard.name] = digest.hexdigest()
    return contents


def name_shard(shard: int) -> str:
    return f"shard={shard:03d}"


def write_shards(
    folder: Path,
    table: str,
    schema: pa.Schema,
    shards: int,
    batches: Iterable[pa.RecordBatch],
    set_aside: Callable[[pa.RecordBatch], None] = lambda rejected: None,
) -> int:
    """Write FOLDER/shard=NNN/TABLE.parquet for every shard; return the rows kept.

    batches: rejected rows first, then the rest sorted by shard, person_id and date; columns shard, those of the schema,
    row_number and reason. `set_aside` is given the rejected ones.
    """
    rows = 0
    with ExitStack() as open_files:
        writers = []
        for shard in range(shards):
            (folder / name_shard(shard)).mkdir(exist_ok=True)
            path = folder / name_shard(shard) / f"{table}.parquet"
            writers.append(open_files.enter_context(pq.ParquetWriter(path, schema, compression="zstd")))
        for batch in batches:
            rejected = len(batch) - batch["reason"].null_count if "reason" in batch.schema.names else 0
            if rejected:
                set_aside(batch.slice(0, rejected))
            kept = batch.slice(rejected)
            rows += len(kept)
            ends = np.searchsorted(kept["shard"].to_numpy(), np.arange(shards), side="right")
            starts = np.concatenate([[0], ends[:-1]])
            body = pa.table(kept.select(schema.names)).cast(schema)
            for writer, start, end in zip(writers, starts, ends, strict=True):
                if end > start:
                    writer.write_table(body.slice(start, end - start))
    return rows
