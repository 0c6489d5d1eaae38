"""The whole suite and how its work grows with the people; one measure in 60 months and in 1."""

from bench.asked import count_measures, read_all, read_benchmark_definitions, read_forty
from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.scan import measure_scan
from bench.setting import Setting
from bench.suite import MONTHS, count_forty, count_one_measure, count_suite
from bench.warehouse import take_shards

GIB = 2**30
SHARE = 0.1


def run_suite(setting: Setting) -> Findings:
    """All people and a tenth of them: the work should grow no faster than the people, a process's memory not at all."""
    whole = measure(count_suite, str(setting.store), ready=read_all)
    some = take_shards(setting.warehouse, setting.folder / "some", SHARE)
    times = len(setting.warehouse.shard_folders) / len(some.shard_folders)
    few = measure(count_suite, str(setting.folder / "some"), ready=read_all)
    scanned = measure_scan(some.folder)
    forty = measure(count_forty, str(setting.store), ready=read_all)
    suite = f"Whole suite, {count_measures(read_benchmark_definitions())} measures, {MONTHS} months, all breakdowns"
    some_of_it = f"Suite of {count_measures(read_forty())} measures that use every primitive and unit"
    growth = f"{times:.3g} x the people"
    return Findings(
        (
            Row(
                name=f"{some_of_it}, {MONTHS} months, all breakdowns: processor",
                figure=forty.processor / setting.unit.processor,
                unit="x scan",
                goal=5,
            ),
            Row(name=f"{suite}: time", figure=whole.wall / 60, unit="minutes", goal=3),
            Row(name=f"{suite}: memory of all processes", figure=whole.together / GIB, unit="GiB", goal=4),
            Row(name=f"{suite}: memory of the largest process", figure=whole.largest / GIB, unit="GiB", goal=2),
            Row(
                name=f"Whole suite, {growth}: processor over that for one part",
                figure=whole.processor / few.processor,
                unit="x",
                goal=round(1.1 * times, 1),
            ),
            Row(
                name=f"Whole suite, {growth}: memory of the largest process over that for one part",
                figure=whole.largest / few.largest,
                unit="x",
                goal=1.1,
            ),
        ),
        (
            Run(name=some_of_it, measured=forty),
            Run(name="Whole suite", measured=whole, told="the goal of five scans is set for forty measures"),
            Run(name="Whole suite, one part of the people", measured=few),
            Run(name="Scan, one part of the people", measured=scanned),
        ),
    )


def run_months(setting: Setting) -> Findings:
    many, one = (measure(count_one_measure, str(setting.store), months, ready=read_all) for months in (MONTHS, 1))
    return Findings(
        (
            Row(
                name=f"One measure, {MONTHS} months against 1: processor",
                figure=many.processor / one.processor,
                unit="x",
                goal=1.5,
            ),
        ),
        (Run(name=f"One measure, {MONTHS} months", measured=many), Run(name="One measure, 1 month", measured=one)),
    )
