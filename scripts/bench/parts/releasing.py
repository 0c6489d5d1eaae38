"""A release of the whole suite: every month at once, and then the month that comes after."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.asked import read_benchmark_definitions, read_benchmark_deployment
from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.setting import Setting
from bench.suite import LOCAL, MONTHS
from placewise.building import Workplace, build_counts
from placewise.engines.build import open_engine
from placewise.engines.definition import VARIABLE, choose_engine
from placewise.floor.parts import KeptParts
from placewise.floor.progress import quiet
from placewise.intake.warehouse import open_warehouse
from placewise.measures.contract import CUBE_FOLDER
from placewise.measures.cube import open_cube
from placewise.pipeline import PLANNING
from placewise.programme_cards import build_cards
from placewise.publishing.build import build_release
from placewise.publishing.release import open_release

MADE = datetime(2026, 4, 2, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC)


def release_twice(store: str) -> dict[str, list[float]]:
    """Wall seconds of a first release and of the next month's, and the cells that each shows and hides."""
    deployment, definitions = read_benchmark_deployment(MONTHS), read_benchmark_definitions()
    warehouse = open_warehouse(Path(store), PLANNING)
    cards = build_cards(definitions.programmes, definitions.code_lists)
    found: dict[str, list[float]] = {"seconds": [], "processor": [], "shown": [], "hidden": []}
    with TemporaryDirectory(dir=store) as folder:
        for months_before, made_at in zip((1, 0), MADE, strict=True):
            asked = replace(deployment, window=deployment.window.earlier(months_before))
            draft = Path(folder) / f"{months_before}"
            draft.mkdir()
            with open_engine(choose_engine(asked.engine, {VARIABLE: LOCAL})) as engine:
                workplace = Workplace(engine, KeptParts(draft / "kept"))
                build_counts(asked, definitions, warehouse, draft, workplace, quiet)
            wall, processor = time.perf_counter(), time.process_time()
            made = build_release(
                Path(folder) / "store",
                deployment=asked.slug,
                mode="synthetic",
                build=f"benchmark {months_before}",
                made_at=made_at,
                hierarchy=asked.hierarchy,
                rule=asked.disclosure,
                cube=open_cube(draft / CUBE_FOLDER),
                cards=cards,
            )
            found["seconds"].append(time.perf_counter() - wall)
            found["processor"].append(time.process_time() - processor)
            cells = open_release(made).manifest.cells
            found["shown"].append(cells["shown"])
            found["hidden"].append(cells["hidden"])
    return found


def run(setting: Setting) -> Findings:
    measured = measure(release_twice, str(setting.store))
    first, month = measured.result["seconds"]
    shown, hidden = measured.result["shown"][0], measured.result["hidden"][0]
    told = (
        f"counted twice before; first release {first:.0f} s of it, the next month's {month:.0f} s; "
        f"{shown:,} cells shown, {hidden:,} hidden"
    )
    return Findings(
        (
            Row(
                name=f"Release of all measures and {MONTHS} months, protected",
                figure=first / 60,
                unit="minutes",
                goal=10,
            ),
            Row(name="Release of one month more, protected beside the last", figure=month, unit="s", goal=60),
        ),
        (Run(name="Two releases", measured=measured, told=told),),
    )
