"""The same suite by the same kernel on a Spark cluster of this machine, against the local engine."""

from bench.asked import read_benchmark_deployment
from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.setting import Setting
from bench.suite import count_suite
from placewise.engines.build import open_engine
from placewise.engines.definition import VARIABLE, choose_engine
from placewise.engines.spark import check_spark
from placewise.floor.faults import FaultsFound

SPARK = "spark:local[2]"


def start() -> None:
    """Start a cluster, have it do next to nothing, and leave it."""
    with open_engine(choose_engine(read_benchmark_deployment().engine, {VARIABLE: SPARK})) as engine:
        list(engine.run(abs, [-1, -2]))


def run(setting: Setting) -> Findings:
    try:
        check_spark()
    except FaultsFound as missing:
        return Findings(skipped=f"Spark: {missing}")
    local, started = measure(count_suite, str(setting.store)), measure(start, ready=read_benchmark_deployment)
    spark = measure(count_suite, str(setting.store), SPARK)
    if spark.result != local.result:
        raise SystemExit("Spark counts something else than the local engine.")
    return Findings(
        (
            Row(
                name=f"Spark {SPARK.partition(':')[2]} against the local engine, start-up aside: time",
                figure=(spark.wall - started.wall) / local.wall,
                unit="x",
                goal=2,
            ),
        ),
        (
            Run(name="Spark, start-up", measured=started),
            Run(name="Whole suite on Spark", measured=spark, told="the same cube as the local engine's"),
            Run(name="Whole suite, local", measured=local),
        ),
    )
