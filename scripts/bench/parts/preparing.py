"""A load from what is sent to what the engine reads: checked, sharded and sorted, its people and the events of the code
lists laid out for questions, once an extract."""

import pyarrow as pa

from bench.asked import read_all, read_benchmark_definitions
from bench.extract import prepare, write_extract
from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.scan import scan
from bench.setting import Setting
from bench.warehouse import take_shards
from placewise.intake.omop.sorting import find_order

SHARE = 0.1
"""Of the people: the ratio is to a scan of the same tenth."""


def get_ready() -> None:
    """Read what is asked, and have Numba imported as every library is before the clock starts."""
    read_all()
    read_benchmark_definitions()
    find_order(pa.table({"day": [1, 0]}), ["day"], ["day"])


def run(setting: Setting) -> Findings:
    some = take_shards(setting.warehouse, setting.folder / "sent", SHARE)
    write_extract(some, setting.folder / "extract")
    unit = measure(scan, str(some.folder))
    prepared = measure(prepare, str(setting.folder / "extract"), str(setting.folder / "prepared"), ready=get_ready)
    if measure(scan, prepared.result).result != unit.result:
        raise SystemExit("The prepared load does not hold what was sent.")
    ratio = prepared.processor / unit.processor
    share = f"{len(some.shard_folders)} of {len(setting.warehouse.shard_folders)} shards"
    return Findings(
        (Row(name=f"Prepare a load ({share}), processor", figure=ratio, unit="x scan", goal=10),),
        (
            Run(name=f"Scan of {share}", measured=unit),
            Run(name=f"Prepare a load of {share}", measured=prepared, told="the same rows as were sent"),
        ),
    )
