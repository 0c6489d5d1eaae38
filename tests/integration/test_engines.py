"""The same build on one process or several, in any order, after a correction: always the same cube and lists."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from builders.command_line import build_once
from builders.light_tasks import refuse_second, stop_yourself
from builders.sharded_system import (
    SHARDS,
    build_sharded_system,
    correct,
    cube_hash,
    read_lists,
    read_sandbox,
    take_in,
)
from placewise import pipeline
from placewise.counting import Asked, build_asked
from placewise.definitions import read_definitions
from placewise.engines.definition import EngineSection, choose_engine
from placewise.engines.local import LocalEngine
from placewise.floor.faults import FaultsFound
from placewise.floor.folders import current, read_json
from placewise.floor.progress import quiet
from placewise.intake.warehouse import open_warehouse


class Recording:
    """An engine that works here, last shard first, and remembers on which shards."""

    def __init__(self) -> None:
        self.worked: list[str] = []

    def run(self, work: Callable[[Path], Any], tasks: Sequence[Path]) -> Iterator[tuple[Path, Any]]:
        for shard in reversed(tasks):
            self.worked.append(f"{shard.parents[1].name}/{shard.name}")
            yield shard, work(shard)

    def close(self) -> None:
        """Nothing was started."""


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once, on one process."""

    def build_system(folder: Path) -> None:
        build_sharded_system(folder)
        build(folder / "store", LocalEngine(1))

    return build_once(tmp_path_factory, "engines", build_system)


@pytest.fixture(scope="module")
def two_processes() -> Iterator[LocalEngine]:
    """Started once for this module: to import all that a build needs takes longer than the work of these tests."""
    with closing(LocalEngine(2, tasks_a_worker=1)) as engine:
        yield engine


@pytest.fixture
def folder(system: Path, tmp_path: Path) -> Path:
    """One's own copy."""
    return Path(shutil.copytree(system, tmp_path / "system"))


@pytest.fixture
def unbuilt(folder: Path) -> Path:
    """A store with both loads, of which nothing has been worked out."""
    return forget(folder / "store")


def build(store: Path, engine: Any) -> Path:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "open_engine", lambda _: nullcontext(engine))
        return pipeline.build(read_sandbox(), store, quiet)


def forget(store: Path) -> Path:
    for each in ("builds", "lists", "tallies"):
        shutil.rmtree(store / each)
    return store


def test_two_processes_make_what_one_makes(system: Path, unbuilt: Path, two_processes: LocalEngine) -> None:
    build(unbuilt, two_processes)
    assert cube_hash(unbuilt) == cube_hash(system / "store")
    assert read_lists(unbuilt) == read_lists(system / "store")


def test_the_order_of_shards_does_not_matter(system: Path, unbuilt: Path) -> None:
    build(unbuilt, Recording())
    assert cube_hash(unbuilt) == cube_hash(system / "store")
    assert read_lists(unbuilt) == read_lists(system / "store")


def test_a_correction_costs_the_shards_of_the_people_corrected(folder: Path) -> None:
    store, before = folder / "store", cube_hash(folder / "store")
    correct(folder / "extract", "person", born_in_1940)
    take_in(folder / "extract", store)
    engine = Recording()
    build(store, engine)
    assert len(engine.worked) == 1
    corrected = cube_hash(store)
    everything = Recording()
    build(forget(store), everything)
    assert len(everything.worked) == 2 * SHARDS
    assert cube_hash(store) == corrected != before


def test_a_load_with_the_same_rows_costs_nothing(folder: Path) -> None:
    store, before = folder / "store", cube_hash(folder / "store")
    correct(folder / "extract", "measurement", lambda table: table.take(list(reversed(range(len(table))))))
    take_in(folder / "extract", store)
    engine = Recording()
    build(store, engine)
    assert engine.worked == []
    assert cube_hash(store) == before


def test_what_is_asked_has_one_fingerprint_in_every_process(system: Path, two_processes: LocalEngine) -> None:
    warehouse = open_warehouse(system / "store", pipeline.PLANNING)
    asked = build_asked(read_sandbox(), read_definitions(read_sandbox()), warehouse)
    told = {fingerprint for _, fingerprint in two_processes.run(Asked.fingerprint, [asked, asked])}
    assert told == {asked.fingerprint()}


def test_what_the_last_two_builds_do_not_rest_on_is_removed(folder: Path) -> None:
    store = folder / "store"
    for year in (1940, 1950):
        correct(folder / "extract", "person", partial(born_in_1940, year=year))
        take_in(folder / "extract", store)
        build(store, LocalEngine(1))
    made = [
        sorted(map(read_json, store.glob(files)), key=lambda each: each["made_at"])
        for files in ("builds/*/build.json", "lists/*/made.json")
    ]
    assert [len(each) for each in made] == [3, 3]
    kept = {path.name for path in (store / "tallies").iterdir()}
    assert kept == {key for of_kind in made for each in of_kind[-2:] for key in each["parts"]}
    assert not set(made[0][0]["parts"]) <= kept


def test_what_is_kept_of_persons_is_for_its_owner_alone(system: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in (system / "store" / "tallies").iterdir()} == {0}


def test_a_fault_in_a_worker_is_told_as_it_is_here(unbuilt: Path, two_processes: LocalEngine) -> None:
    load = current(unbuilt / "warehouse" / "population_health_planning")
    assert load is not None
    file = load / "shard=002" / "registration.parquet"
    rows = pq.read_table(file)
    nowhere = pa.array(["NOWHERE"] * len(rows)).cast(rows["practice"].type)
    pq.write_table(rows.set_column(rows.column_names.index("practice"), "practice", nowhere), file)
    told = []
    for engine in (LocalEngine(1), two_processes):
        with pytest.raises(FaultsFound) as found:
            build(unbuilt, engine)
        told.append(str(found.value))
    assert told[0] == told[1]
    assert 'people have the practice "NOWHERE", which nothing else names' in told[0]
    assert current(unbuilt / "builds") is None


def test_a_worker_that_is_killed_is_told_in_one_sentence() -> None:
    with pytest.raises(FaultsFound, match="was stopped before its work was done; free some memory"):
        run(stop_yourself, ["one", "two", "three"])


def test_a_fault_reaches_another_process_whole() -> None:
    with pytest.raises(FaultsFound) as found:
        run(refuse_second, ["a.csv", "b.csv"])
    [fault] = found.value.faults
    assert (fault.line, fault.remedy) == (3, "send it again")


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("", EngineSection(workers=3)),
        ("local", EngineSection()),
        ("local:1", EngineSection(workers=1)),
        ("spark:local[2]", EngineSection(kind="spark", master="local[2]")),
        ("spark:spark://host:7077", EngineSection(kind="spark", master="spark://host:7077")),
    ],
)
def test_the_environment_is_stronger_than_the_deployment(written: str, chosen: Any) -> None:
    assert choose_engine(EngineSection(workers=3), {"PLACEWISE_ENGINE": written}) == chosen


@pytest.mark.parametrize("written", ["hadoop", "local:0", "local:many", "spark"])
def test_an_engine_there_is_not(written: str) -> None:
    with pytest.raises(FaultsFound, match=f"`{written}` names no engine; write it like local:2 or spark:local"):
        choose_engine(EngineSection(), {"PLACEWISE_ENGINE": written})


def born_in_1940(people: pa.Table, year: int = 1940) -> pa.Table:
    """The first person of the table had the wrong year of birth."""
    years = people["year_of_birth"]
    first = pc.equal(people["person_id"], people["person_id"][0])
    right = pc.if_else(first, pa.scalar(year, years.type), years)
    return people.set_column(people.column_names.index("year_of_birth"), "year_of_birth", right)


def run(work: Callable[[str], Any], tasks: list[str]) -> None:
    with closing(LocalEngine(2, tasks_a_worker=1)) as engine:
        list(engine.run(work, tasks))
