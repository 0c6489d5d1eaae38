"""The whole suite, one measure in 60 months and in 1, and how the work grows with the people."""

from bench.asked import read_all, read_benchmark_definitions
from bench.measuring import Measured, measure
from bench.rows import Findings, Row, Run
from bench.scan import scan
from bench.setting import Setting
from bench.suite import MONTHS, count_one_measure, count_suite
from bench.warehouse import take_shards

GIB = 2**30
SHARE = 0.1
WORKER_LIMIT = 2 * GIB


def run_suite(setting: Setting) -> Findings:
    counted = measure(count_suite, str(setting.store))
    questions = sum(len(each.measures) for each in read_benchmark_definitions().programmes)
    name = f"Whole suite, {questions} measures, {MONTHS} months, all breakdowns"
    return Findings(
        (
            Row(name=f"{name}: processor", figure=counted.processor / setting.unit.processor, unit="x scan", goal=5),
            Row(name=f"{name}: time", figure=counted.wall / 60, unit="minutes", goal=3),
            Row(name=f"{name}: memory of all processes", figure=counted.together / GIB, unit="GiB", goal=4),
        ),
        (Run(name="Whole suite", measured=counted),),
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


def run_growth(setting: Setting) -> Findings:
    """A tenth of the people against all of them, each with what it takes over a scan of the same people, under a
    limit of memory that the system enforces on every process."""
    some = take_shards(setting.warehouse, setting.folder / "tenth", SHARE)
    whole = len(setting.warehouse.shard_folders) / len(some.shard_folders)
    few: Measured = measure(count_suite, str(setting.folder / "tenth"), memory=WORKER_LIMIT)
    all_of_them: Measured = measure(count_suite, str(setting.store), memory=WORKER_LIMIT)
    scanned = measure(scan, str(some.folder))
    told = "no process may have more than 2 GiB of data"
    return Findings(
        (
            Row(
                name=f"Growth: processor for {whole:.3g} times the people",
                figure=all_of_them.processor / few.processor / whole,
                unit="x linear",
                goal=1.1,
            ),
            Row(
                name=f"Growth: memory of the largest process for {whole:.3g} times the people",
                figure=all_of_them.largest / few.largest,
                unit="x",
                goal=1.1,
            ),
            Row(
                name="Whole suite where no process may have more than 2 GiB: largest process",
                figure=all_of_them.largest / GIB,
                unit="GiB",
                goal=2,
            ),
        ),
        (
            Run(name="Scan of a tenth", measured=scanned),
            Run(name="Whole suite, a tenth of the people", measured=few, told=told),
            Run(name="Whole suite, limited memory", measured=all_of_them, told=told),
        ),
    )
