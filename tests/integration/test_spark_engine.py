"""The same build on a real Spark cluster of executors in processes of their own: the same cube, also where one dies."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.command_line import build_once
from builders.judged_people import answer_case
from builders.light_tasks import refuse_second
from builders.questions import REGISTERS, histories, one_of_each_kind, windows
from builders.sharded_system import (
    build_sharded_system,
    cube_hash,
    kill_the_executor_once,
    read_lists,
    read_sandbox,
)
from judge.judge import Person, judge_months
from placewise import pipeline
from placewise.engines.local import LocalEngine
from placewise.engines.spark import SparkEngine, check_spark
from placewise.floor.faults import FaultsFound
from placewise.floor.language.nodes import Node
from placewise.floor.progress import quiet
from placewise.floor.timeline.window import Window

TWO_EXECUTORS = "local-cluster[2,1,1024]"
EXAMPLES = int(os.environ.get("PLACEWISE_GENERATIVE_EXAMPLES", "30"))
"""As in tests/generative/test_kernel_agrees_with_judge.py."""
AT_ONCE = 5
short_and_fixed = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkEngine]:
    """Two executors, each a JVM with its own Python; skipped, with what is missing, where there is no Spark."""
    try:
        check_spark()
    except FaultsFound as missing:
        pytest.skip(str(missing))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", str(TESTS))
        patched.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # starts in half the time
        patched.setenv("SPARK_WORKER_DIR", str(tmp_path_factory.mktemp("spark")))
        with closing(SparkEngine(TWO_EXECUTORS)) as engine:
            yield engine


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built on this machine alone."""

    def build_system(folder: Path) -> None:
        build_sharded_system(folder)
        build(folder / "store", LocalEngine(1))

    return build_once(tmp_path_factory, "spark_system", build_system)


@pytest.fixture
def unbuilt(system: Path, tmp_path: Path) -> Path:
    """A store with both loads, of which nothing has been worked out."""
    return Path(shutil.copytree(system / "store" / "warehouse", tmp_path / "store" / "warehouse")).parent


class Falling:
    """Spark, with an executor that dies while it works on one shard, once."""

    def __init__(self, engine: SparkEngine, died: Path) -> None:
        self.engine, self.died = engine, died

    def run(self, work: Callable[[Path], Any], tasks: Sequence[Path]) -> Iterator[tuple[Path, Any]]:
        return self.engine.run(partial(kill_the_executor_once, self.died, work), tasks)


def build(store: Path, engine: Any) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "open_engine", lambda _: nullcontext(engine))
        pipeline.build(read_sandbox(), store, quiet)


def test_spark_makes_what_this_machine_makes(spark: SparkEngine, system: Path, unbuilt: Path) -> None:
    build(unbuilt, spark)
    assert cube_hash(unbuilt) == cube_hash(system / "store")
    assert read_lists(unbuilt) == read_lists(system / "store")


def test_an_executor_that_dies_changes_nothing(spark: SparkEngine, system: Path, unbuilt: Path, tmp_path: Path) -> None:
    build(unbuilt, Falling(spark, tmp_path / "died"))
    assert (tmp_path / "died").read_text(encoding="utf-8").isdigit()
    assert cube_hash(unbuilt) == cube_hash(system / "store")
    assert read_lists(unbuilt) == read_lists(system / "store")


def test_spark_answers_random_questions_as_the_judge(spark: SparkEngine) -> None:
    """The questions that the kernel is asked here (tests/generative), on the executors, several people's at a time."""
    asked_of = st.tuples(histories(), one_of_each_kind, windows)

    @settings(short_and_fixed, max_examples=EXAMPLES // AT_ONCE)
    @given(cases=st.lists(asked_of, min_size=AT_ONCE, max_size=AT_ONCE))
    def ask(cases: list[tuple[list[Person], tuple[Node, ...], Window]]) -> None:
        answered = dict(spark.run(partial(answer_case, cases), range(AT_ONCE)))
        for place, (people, asked, window) in enumerate(cases):
            for node, words in zip(asked, answered[place], strict=True):
                expected = [judge_months(node, person, window, REGISTERS) for person in people]
                assert words == expected, f"{node} over {window}"

    ask()


def test_a_fault_on_an_executor_is_told_as_it_is_here(spark: SparkEngine) -> None:
    with pytest.raises(FaultsFound, match=r"^b\.csv, line 3: it is cut short; send it again\.$"):
        list(spark.run(refuse_second, ["a.csv", "b.csv"]))


def test_without_pyspark_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placewise.engines.spark.importlib.util.find_spec", lambda name: None)
    with pytest.raises(FaultsFound, match=r"PySpark is not installed; install placewise\[spark\], or use this machine"):
        list(SparkEngine("local[1]").run(str, ["task"]))


def test_without_java_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FaultsFound, match="there is no Java on this machine; install Java 17 or later, or use this"):
        list(SparkEngine("local[1]").run(str, ["task"]))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(FaultsFound, match=r"there is no Java in JAVA_HOME \("):
        list(SparkEngine("local[1]").run(str, ["task"]))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # PySpark leaves a pipe of Java's open
def test_a_master_that_is_none_is_told_in_spark_s_own_words(
    spark: SparkEngine, capfd: pytest.CaptureFixture[str]
) -> None:
    spark.close()  # one process has one cluster at a time
    with pytest.raises(FaultsFound, match=r"with the master nonsense \(.*SparkException: .*[Mm]aster.*; correct"):
        list(SparkEngine("nonsense").run(str, ["task"]))
    assert "Exception" not in capfd.readouterr().err
