"""A Spark cluster: Spark moves the shards' names out and the results back, and the same function does the work.

PySpark is an extra (`placewise[spark]`) and needs Java 17 or later. Every executor must see the store under the same
path and have Placewise installed. A task is one shard, so a lost executor costs the shards it held, and Spark
gives them to another.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from placewise.engines.contract import Result, Task
from placewise.floor.faults import FaultsFound, refuse

if TYPE_CHECKING:
    from pyspark import SparkContext

LOCAL = "or use this machine alone (PLACEWISE_ENGINE=local:2)"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.maxResultSize": "0",  # bounded here, by how many tasks are out at once
}
"""Whatever spark-defaults.conf says of executors, memory and queues stands beside these."""
ROUNDS = 4
"""Tasks given out at once for each core of the cluster: enough to keep it busy, few enough for the driver's memory."""


class SparkEngine:
    """master: as Spark writes it. The cluster is asked when the first task is given."""

    def __init__(self, master: str) -> None:
        self.master = master
        self._cluster: SparkContext | None = None

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """As contract.py tells. A fault of the data is told at once; only what may pass is tried again."""
        if not tasks:
            return
        if self._cluster is None:
            self._cluster = _open_cluster(self.master)
        given_out = self._cluster.broadcast(work)

        def attempt(task: Task) -> tuple[Task, Result | FaultsFound]:
            try:
                return task, given_out.value(task)
            except FaultsFound as found:
                return task, found

        at_once = ROUNDS * self._cluster.defaultParallelism
        for first in range(0, len(tasks), at_once):
            for task, result in _collect(self._cluster, attempt, tasks[first : first + at_once]):
                if isinstance(result, FaultsFound):
                    raise result
                yield task, result

    def close(self) -> None:
        if self._cluster is not None:
            self._cluster.stop()
            self._cluster = None


def check_spark() -> None:
    """Raises FaultsFound, with what to install, where PySpark or Java is missing."""
    if importlib.util.find_spec("pyspark") is None:
        raise refuse("engine", "it is set to spark, and PySpark is not installed", f"install placewise[spark], {LOCAL}")
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")):
        where = f"in JAVA_HOME ({home})" if home else "on this machine"
        raise refuse(
            "engine", f"it is set to spark, and there is no Java {where}", f"install Java 17 or later, {LOCAL}"
        )


def _open_cluster(master: str) -> "SparkContext":
    check_spark()
    from pyspark import SparkConf, SparkContext

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = SparkConf().setAll(list(SETTINGS.items())).setMaster(master).setAppName("Placewise")
    with TemporaryFile() as said:
        try:
            with _told_to(said):
                return SparkContext(conf=settings)
        except Exception as error:  # whatever Java, the network or the cluster's manager may say
            said.seek(0)
            lines = [*said.read().decode(errors="replace").splitlines(), *str(error).splitlines()]
            why = next((line for line in lines if "Exception: " in line or line.startswith("Error: ")), str(error))
            fault = f"Spark does not start with the master {master} ({why.lstrip(': ')})"
            raise refuse("engine", fault, f"correct the master, {LOCAL}") from error


@contextmanager
def _told_to(file: IO[bytes]) -> Iterator[None]:
    """What is said on standard error goes to a file. Java, started meanwhile, keeps to it: it is no reader's matter."""
    standard_error = 2
    kept = os.dup(standard_error)
    os.dup2(file.fileno(), standard_error)
    try:
        yield
    finally:
        os.dup2(kept, standard_error)
        os.close(kept)


def _collect(
    cluster: "SparkContext", attempt: Callable[[Task], tuple[Task, Result | FaultsFound]], tasks: Sequence[Task]
) -> list[tuple[Task, Result | FaultsFound]]:
    from py4j.protocol import Py4JJavaError

    try:
        return cluster.parallelize(tasks, len(tasks)).map(attempt).collect()
    except Py4JJavaError as error:
        told = _first_line(error.java_exception)
        raise refuse("engine", f"Spark gave the work up ({told})", f"look into the executors' logs, {LOCAL}") from error


def _first_line(error: object) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
