"""A load from what is sent to what the engine reads: checked, sharded and sorted, its people and the events of the code
lists laid out for questions, once an extract."""

from bench.asked import read_all
from bench.extract import prepare, write_extract
from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.scan import measure_scan, scan
from bench.setting import Setting
from bench.warehouse import take_shards

SHARE = 0.1
"""Of the people: the ratio is to a scan of the same tenth."""


def run(setting: Setting) -> Findings:
    some = take_shards(setting.warehouse, setting.folder / "sent", SHARE)
    write_extract(some, setting.folder / "extract")
    unit = measure_scan(some.folder)
    prepared = measure(prepare, str(setting.folder / "extract"), str(setting.folder / "prepared"), ready=read_all)
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
