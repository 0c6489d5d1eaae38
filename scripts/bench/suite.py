"""The whole suite, or one measure: every month and every breakdown, from a prepared load to a written cube."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.asked import read_benchmark_definitions, read_benchmark_deployment, read_forty, read_one_measure
from placewise.building import Workplace, build_counts
from placewise.definitions import Definitions
from placewise.engines.build import open_engine
from placewise.engines.definition import VARIABLE, choose_engine
from placewise.floor.parts import KeptParts
from placewise.floor.progress import quiet
from placewise.intake.warehouse import open_warehouse
from placewise.measures.contract import CUBE_FOLDER
from placewise.measures.cube import open_cube
from placewise.pipeline import PLANNING

MONTHS = 60


LOCAL = "local"
"""The engine, as PLACEWISE_ENGINE names it: a process for each core."""


def count_suite(store: str, engine: str = LOCAL) -> str:
    """Count all measures of the load in force; the cube's content hash."""
    return _count(store, read_benchmark_definitions(), MONTHS, engine)


def count_suite_again(store: str, kept: str) -> str:
    """As count_suite; what was worked out of a shard is kept in a folder, and taken from there where it still holds."""
    return _count(store, read_benchmark_definitions(), MONTHS, LOCAL, Path(kept))


def count_suite_before(store: str, kept: str) -> str:
    """As count_suite_again, for the month before."""
    return _count(store, read_benchmark_definitions(), MONTHS, LOCAL, Path(kept), months_ago=1)


def count_forty(store: str) -> str:
    """As count_suite, of the part that its goal is set for."""
    return _count(store, read_forty(), MONTHS, LOCAL)


def count_one_measure(store: str, months: int) -> str:
    """Count one measure in the last `months` months; the cube's content hash."""
    return _count(store, read_one_measure(), months, LOCAL)


def _count(
    store: str, definitions: Definitions, months: int, engine: str, kept: Path | None = None, months_ago: int = 0
) -> str:
    """kept: None where what was worked out of a shard goes with the draft."""
    deployment, warehouse = read_benchmark_deployment(months), open_warehouse(Path(store), PLANNING)
    deployment = replace(deployment, window=deployment.window.earlier(months_ago))
    with (
        TemporaryDirectory(dir=store) as folder,
        open_engine(choose_engine(deployment.engine, {VARIABLE: engine})) as opened,
    ):
        draft = Path(folder)
        workplace = Workplace(opened, KeptParts(kept or draft / "kept"))
        build_counts(deployment, definitions, warehouse, draft, workplace, quiet)
        return str(open_cube(draft / CUBE_FOLDER).manifest["content_hash"])
