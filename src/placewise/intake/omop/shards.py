"""Whole people in shards: which shard a person belongs to, and its tables as they are written."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.content import table_hash
from placewise.floor.parquet import write_sorted
from placewise.floor.timeline.compiled import compiled
from placewise.intake.contract import SHARD_TABLES

PEOPLE_IN_A_SHARD = 75_000
ROWS_AT_ONCE = 500_000


def count_shards(people: int) -> int:
    """Enough shards for about 75,000 people each (53,000 to 106,000), so that each fits in memory.

    A power of two, since the number decides who is in which shard: a few people more or fewer seldom change it, and a
    correction leaves every shard as it was but those of the people corrected.
    """
    return int(2 ** max(0, round(math.log2(max(people, 1) / PEOPLE_IN_A_SHARD))))


@compiled
def find_shards(person_id: npt.NDArray[np.int64], shards: int) -> npt.NDArray[np.int16]:
    """Each person's shard, 0 to shards - 1: how SplitMix64 (Steele, Lea and Flood 2014) mixes bits, modulo shards.

    It depends on the person alone, so that a person stays in one shard as long as the number of shards stays.
    """
    found = np.empty(len(person_id), np.int16)
    for i in range(len(person_id)):
        mixed = np.uint64(person_id[i])
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found[i] = (mixed ^ (mixed >> np.uint64(31))) % np.uint64(shards)
    return found


def name_shard(shard: int) -> str:
    return f"shard={shard:03d}"


@dataclass(frozen=True, slots=True)
class Written:
    """A table of a shard: its rows, the hash of what it says however the file holds it, and its rows by concept."""

    rows: int
    content: str
    concepts: Mapping[int, int]


def write_shard(folder: Path, shard: int, table: str, rows: pa.Table) -> Written:
    """Write FOLDER/shard=NNN/TABLE.parquet. rows: sorted, and with all columns of the table among theirs."""
    schema = SHARD_TABLES[table]
    said = rows.select(schema.names).cast(schema)
    (folder / name_shard(shard)).mkdir(exist_ok=True)
    write_sorted(said, folder / name_shard(shard) / f"{table}.parquet", in_runs="person_id")
    concepts = {}
    if "concept_id" in schema.names:
        values, counts = pc.value_counts(said["concept_id"]).flatten()
        concepts = dict(zip(values.to_pylist(), counts.to_pylist(), strict=True))
    return Written(len(said), table_hash(said), concepts)


def get_keys(table: str) -> list[str]:
    """The columns that a table is sorted by, before all others."""
    return [key for key in ("person_id", "date", "start_date", "concept_id") if key in SHARD_TABLES[table].names]


def join_contents(written: Mapping[str, Written]) -> str:
    """The hash of what a shard says, from its tables."""
    return hashlib.sha256("".join(written[table].content for table in SHARD_TABLES).encode()).hexdigest()
