"""One pass over a load: each shard read once, its people placed and every question answered.

Of the load for planning come the cube and the rows of the population; of the load for direct care, the call lists.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from placewise.config import Deployment
from placewise.definitions import Definitions
from placewise.floor.checking import Check
from placewise.floor.progress import Report
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.intake.warehouse import Warehouse
from placewise.measures.build import CubeBuilder, build_flags
from placewise.measures.checks import check_cube
from placewise.measures.contract import CUBE_FOLDER, PersonFlags
from placewise.measures.cube import open_cube
from placewise.plans.lists.build import ListBuilder
from placewise.plans.lists.checks import check_lists
from placewise.plans.lists.listed import CountedPeople
from placewise.population.build import build_placing, build_population
from placewise.population.checks import check_population
from placewise.population.contract import POPULATION_FOLDER, ShardPopulation
from placewise.population.person_rows import get_person_rows
from placewise.population.segments import read_segments
from placewise.programme import build_list_plans, get_registers
from placewise.registers.build import build_registers
from placewise.registers.checks import check_registers
from placewise.registers.contract import Registers


class Shards:
    """Each shard of a load: its people placed, its registers and measures answered, its tables read once."""

    def __init__(self, deployment: Deployment, definitions: Definitions, warehouse: Warehouse, report: Report) -> None:
        self.deployment, self.definitions, self.warehouse, self.report = deployment, definitions, warehouse, report
        self.segments = read_segments(definitions.code_lists)
        self.placing = build_placing(
            deployment.window,
            deployment.hierarchy,
            warehouse.small_areas,
            self.segments,
            declares_practices=warehouse.report.declares_practices,
        )
        self.registers = get_registers(definitions.programmes)
        self.measures = {
            slug: each for programme in definitions.programmes for slug, each in programme.measures.items()
        }
        self.code_lists = self.segments.code_lists.union(*(each.code_lists for each in definitions.programmes))

    def __iter__(self) -> Iterator[tuple[Path, Answers, ShardPopulation, Registers, PersonFlags]]:
        shards = self.warehouse.shard_folders
        for done, shard in enumerate(shards):
            self.report(f"Placing people and answering measures, part {done + 1} of {len(shards)}", done / len(shards))
            events = read_events(shard, self.code_lists, self.definitions.code_lists)
            answers = Answers(events, self.deployment.window, self.registers)
            placed = build_population(shard, answers, self.placing)
            registers = build_registers(self.registers, answers)
            flags = build_flags(self.measures, answers)
            yield shard, answers, placed, registers, flags


def build_counts(
    deployment: Deployment, definitions: Definitions, warehouse: Warehouse, draft: Path, report: Report
) -> tuple[list[Check], CountedPeople]:
    """The cube in the draft, what was held of it, and whom it counts that a call list is to hold."""
    shards = Shards(deployment, definitions, warehouse, report)
    population = shards.placing.population
    counted = CountedPeople(population, build_list_plans(definitions.programmes, definitions.code_lists))
    builder = CubeBuilder(population, shards.measures, deployment.compare_by, shards.registers)
    (draft / POPULATION_FOLDER).mkdir()
    checks: dict[str, Check] = {}
    for shard, _, placed, registers, flags in shards:
        checks |= {each.check: each for each in check_population(placed, population)}
        checks |= {each.check: each for each in check_registers(registers, len(placed.person_id), population.window)}
        rows = get_person_rows(placed, population, deployment.hierarchy)
        pq.write_table(rows, draft / POPULATION_FOLDER / f"{shard.name}.parquet")
        builder.add(placed, flags, registers)
        counted.add(placed, flags)
    report("Writing the cube", 0.95)
    (draft / CUBE_FOLDER).mkdir()
    cube = builder.write(draft / CUBE_FOLDER, deployment.hierarchy)
    return [*checks.values(), *check_cube(cube, deployment.hierarchy)], counted


def build_lists(
    deployment: Deployment,
    definitions: Definitions,
    warehouse: Warehouse,
    draft: Path,
    counted: CountedPeople | None,
    report: Report,
) -> list[Check]:
    """counted: of a load of the same day, so that lists can be held against counts; None where there is none."""
    shards = Shards(deployment, definitions, warehouse, report)
    plans = build_list_plans(definitions.programmes, definitions.code_lists)
    builder = ListBuilder(shards.placing.population, plans, definitions.code_lists, warehouse.sealed_identity)
    for _, answers, placed, _, flags in shards:
        builder.add(placed, flags, answers)
    builder.write(draft)
    return list(check_lists(draft, plans, open_cube(draft / CUBE_FOLDER) if counted else None, counted))
