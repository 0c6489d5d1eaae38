"""A correction: one registration of one person is taken back, and the suite is counted again."""

import shutil
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow.parquet as pq

from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.setting import Setting
from bench.suite import count_suite, count_suite_again
from bench.warehouse import take_shards
from placewise.counting import CHECKS
from placewise.floor.folders import write_json
from placewise.floor.timeline.prepared import PREPARED
from placewise.intake.contract import LOAD_FILE
from placewise.intake.warehouse import Warehouse


def run(setting: Setting) -> Findings:
    kept, store = setting.folder / "kept", setting.folder / "corrected"
    before = measure(count_suite_again, str(setting.store), str(kept))
    counted = _count_shards(kept)
    _correct(take_shards(setting.warehouse, store, share=1))
    again, fresh = measure(count_suite_again, str(store), str(kept)), measure(count_suite, str(store))
    if not again.result == fresh.result != before.result:
        raise SystemExit("A correction does not give the cube that counting everything anew gives.")
    return Findings(
        (
            Row(
                name="Correction to one person: shards counted again, the same cube as counting everything anew",
                figure=_count_shards(kept) - counted,
                unit="shards",
                goal=1,
            ),
        ),
        (
            Run(name="Whole suite, kept", measured=before),
            Run(name="Whole suite after a correction to one person", measured=again),
            Run(name="Whole suite after it, everything anew", measured=fresh),
        ),
    )


def _count_shards(kept: Path) -> int:
    """Of how many shards a part is kept; what all of them count together is kept without checks."""
    return len(list(kept.glob(f"*/{CHECKS}.arrow")))


def _correct(warehouse: Warehouse) -> None:
    """Take the last registration of the first shard out of the load. Its other shards and tables stay as links."""
    shard = warehouse.shard_folders[0]
    real = shard.resolve()
    shard.unlink()
    shard.mkdir()
    for file in real.glob("*.parquet"):
        (shard / file.name).symlink_to(file)
    shutil.copytree(real / PREPARED, shard / PREPARED)
    registration = warehouse.read(shard, "registration")
    (shard / "registration.parquet").unlink()
    pq.write_table(registration.slice(0, len(registration) - 1), shard / "registration.parquet")
    contents = warehouse.report.contents | {shard.name: f"{warehouse.report.contents[shard.name]}, corrected"}
    write_json(warehouse.folder / LOAD_FILE, asdict(replace(warehouse.report, contents=contents)))
