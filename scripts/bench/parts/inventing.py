"""Synthetic records of a whole system, as `placewise synthesise` writes them."""

from pathlib import Path

from bench.asked import read_benchmark_code_lists, read_benchmark_deployment
from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.setting import Setting
from placewise.synthetic.build import synthesise


def write_records(folder: str, people: int, seed: int) -> dict[str, int]:
    return synthesise(read_benchmark_deployment(), read_benchmark_code_lists(), people, seed, Path(folder)).rows


def run(setting: Setting) -> Findings:
    written = measure(write_records, str(setting.folder / "records"), setting.people, setting.seed)
    rows = sum(written.result.values())
    return Findings(
        (
            Row(
                name=f"Synthetic records of {setting.people:,} people",
                figure=written.wall / 60,
                unit="minutes",
                goal=10,
            ),
        ),
        (Run(name="Synthetic records", measured=written, told=f"{rows:,} rows"),),
    )
