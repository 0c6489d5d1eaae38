"""A small system in several shards, and what may happen to its records: a correction, a new extract.

FOLDER/  records/ extract/ care/ as the door leaves them, and store/ with both loads, not built yet
"""

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq

from builders.command_line import LINKAGE_KEY
from placewise.config import Deployment, read_deployment
from placewise.floor.folders import current, file_hash, read_json
from placewise.floor.progress import quiet
from placewise.intake.omop import shards
from placewise.pipeline import DIRECT_CARE, PLANNING, pass_door, receive, synthesise

PEOPLE, PEOPLE_IN_A_SHARD, SHARDS = 1_000, 250, 4
PURPOSES = {"extract": PLANNING, "care": DIRECT_CARE}


def read_sandbox() -> Deployment:
    return read_deployment("sandbox")


def build_sharded_system(folder: Path) -> None:
    deployment = read_sandbox()
    synthesise(deployment, folder / "records", PEOPLE, 1, quiet)
    for name, purpose in PURPOSES.items():
        pass_door(
            deployment,
            folder / "records",
            folder / name,
            purpose=purpose,
            linkage_key=bytes.fromhex(LINKAGE_KEY),
            report=quiet,
        )
        take_in(folder / name, folder / "store")


def take_in(extract: Path, store: Path) -> None:
    """Into several small shards, as many people would be."""
    with patch.object(shards, "PEOPLE_IN_A_SHARD", PEOPLE_IN_A_SHARD):
        receive(read_sandbox(), extract, store, None, quiet)


def correct(extract: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a table of an extract as the practices' processor would: the declaration tells its new hash."""
    file = extract / f"{table}.parquet"
    pq.write_table(change(pq.read_table(file)), file)
    declaration = extract / "extract.json"
    told = json.loads(declaration.read_text(encoding="utf-8"))
    told["tables"][table]["sha256"] = file_hash(file)
    declaration.write_text(json.dumps(told), encoding="utf-8")


def cube_hash(store: Path) -> str:
    """The content hash of the cube in force."""
    build = current(store / "builds")
    assert build is not None
    return str(read_json(build / "cube" / "manifest.json")["content_hash"])


def read_lists(store: Path) -> dict[str, pa.Table]:
    """Every call list in force, by list and practice."""
    lists = current(store / "lists")
    assert lists is not None
    return {str(file.relative_to(lists)): pq.read_table(file) for file in sorted(lists.glob("*/*.parquet"))}


def kill_the_executor_once(died: Path, work: Callable[[Path], Any], shard: Path) -> Any:
    """The work; but the first time that shard=002 is asked for, the executor that runs this dies with its Python.

    died: a file that is written then, with the process that was killed. Spark's Python is a child of its daemon's, and
    that of the executor.
    """
    if shard.name == "shard=002" and not died.exists():
        status = Path(f"/proc/{os.getppid()}/status").read_text(encoding="ascii")
        [executor] = [line.split()[1] for line in status.splitlines() if line.startswith("PPid:")]
        died.write_text(executor, encoding="ascii")
        os.kill(int(executor), signal.SIGKILL)
        time.sleep(60)
    return work(shard)
