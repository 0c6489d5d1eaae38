"""One pass over a load: each shard read once, by the engine that the deployment has, and what came of it put together.

Of the load for planning come the cube and the rows of the population; of the load for direct care, the call lists. What
was worked out of a shard is kept, so that the next build does the work only where records or questions have changed: a
new month of changes costs the people that it tells something of.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa

from placewise.config import Deployment
from placewise.counting import (
    CASES,
    CHECKS,
    COUNTS,
    LISTED,
    PEOPLE_ROWS,
    Asked,
    Work,
    build_asked,
    count_shard,
    list_shard,
    name_of_end,
    read_part_checks,
)
from placewise.definitions import Definitions
from placewise.differences import NO_MORE_LISTED, PLACED_ANEW, count_difference
from placewise.engines.contract import Engine
from placewise.engines.local import LocalEngine
from placewise.floor.checking import Check
from placewise.floor.parquet import write_sorted
from placewise.floor.parts import KeptParts, Part
from placewise.floor.progress import Report
from placewise.floor.timeline.layers import find_layers, find_shard
from placewise.floor.timeline.prepared import prepare_shard
from placewise.intake.warehouse import Warehouse
from placewise.kept_counts import Keys, find_tasks, name_parts, name_total
from placewise.measures.checks import check_cube
from placewise.measures.contract import CUBE_FOLDER
from placewise.measures.cube import Cube
from placewise.plans.lists.checks import check_lists
from placewise.plans.lists.listed import CountedPeople
from placewise.population.contract import POPULATION_FOLDER
from placewise.population.person_rows import lay_person_rows

FEW_DIFFERENCES = 48
"""So many are counted in this process: each takes about half a second, and workers some seconds to start."""


@dataclass(frozen=True)
class Workplace:
    """Where shards are worked on, and what is kept of them. keys: of every part that this build rests on."""

    engine: Engine
    kept: KeptParts
    keys: set[str] = field(default_factory=set)

    def iter_parts(
        self,
        work: Work,
        asked: Asked,
        keys: Keys,
        report: Report,
        tables: Collection[str] | None = None,
        few: int = 0,
    ) -> Iterator[tuple[Path, Part]]:
        """Each task and its part: as it was kept where nothing has changed, else worked out now and kept.

        tables: those that are needed of what was kept, all unless told; few: how many tasks are not worth an engine.
        """
        self.keys.update(keys.values())
        missing = []
        for task, key in keys.items():
            part = self.kept.read(key, tables)
            if part is None:
                missing.append(task)
            else:
                yield task, part
        for task in missing:  # here and not by a worker, which writes nothing; intake has done nearly all of it
            for layer in find_layers(find_shard(task)):
                prepare_shard(layer, asked.lists)
        done = len(keys) - len(missing)
        told = f"Placing people and answering measures, {{}} of {len(keys)} parts done"
        report(told.format(done), done / max(1, len(keys)))
        engine = self.engine if len(missing) > few else LocalEngine(1)
        for task, part in engine.run(partial(work, asked), missing):
            self.kept.keep(keys[task], part)
            done += 1
            report(told.format(done), done / len(keys))
            yield task, part

    def read_total(self, keys: Keys) -> pa.Table | None:
        """What these shards count together, where it was kept: far less to read than each of theirs."""
        self.keys.add(name_total(keys))
        part = self.kept.read(name_total(keys))
        return None if part is None else part[COUNTS]

    def keep_total(self, keys: Keys, total: pa.Table) -> None:
        self.kept.keep(name_total(keys), {COUNTS: total})


def build_counts(
    deployment: Deployment,
    definitions: Definitions,
    warehouse: Warehouse,
    draft: Path,
    workplace: Workplace,
    report: Report,
) -> list[Check]:
    """The cube in the draft, and what was held of it."""
    tasks = find_tasks(deployment, definitions, warehouse, workplace.kept)
    asked, end = tasks.asked, tasks.asked.end
    builder, case_mix = asked.cube_builder(), asked.case_mix_builder(end)
    people = draft / POPULATION_FOLDER
    people.mkdir()
    checks: dict[str, Check] = {}

    cases, rows = (name_of_end(each, end) for each in (CASES, PEOPLE_ROWS))
    changes: dict[Path, Part] = {}
    needed = {PLACED_ANEW, COUNTS, cases, rows}
    for layer, part in workplace.iter_parts(count_difference, asked, tasks.layers, report, needed, FEW_DIFFERENCES):
        changes[layer] = part
        case_mix.add_packed(part[cases])
    total = workplace.read_total(tasks.shards)
    needed = {CHECKS, cases, rows} | ({COUNTS} if total is None else set())
    for shard, part in workplace.iter_parts(count_shard, asked, tasks.shards, report, needed):
        checks |= {each.check: each for each in read_part_checks(part)}
        if total is None:
            builder.add_packed(part[COUNTS])
        case_mix.add_packed(part[cases])
        layers = [changes[layer] for layer in find_layers(shard) if layer in changes]
        told = [(each[PLACED_ANEW], each[rows]) for each in layers]
        write_sorted(lay_person_rows(part[rows], told), people / f"{shard.name}.parquet")
    if total is None:
        workplace.keep_total(tasks.shards, builder.pack())
    else:
        builder.add_packed(total)
    for part in changes.values():
        builder.add_packed(part[COUNTS])
    report("Writing the cube", 0.95)
    (draft / CUBE_FOLDER).mkdir()
    case_mix.write(draft / CUBE_FOLDER)
    cube = builder.write(draft / CUBE_FOLDER, deployment.hierarchy)
    return [*checks.values(), *check_cube(cube, deployment.hierarchy)]


def find_counted(
    deployment: Deployment, definitions: Definitions, warehouse: Warehouse, workplace: Workplace, report: Report
) -> CountedPeople:
    """Whom a build counts that a call list is to hold, from what is kept of its shards."""
    tasks = find_tasks(deployment, definitions, warehouse, workplace.kept)
    asked, end = tasks.asked, tasks.asked.end
    counted = asked.counted_people(end)
    listed, no_more = name_of_end(LISTED, end), name_of_end(NO_MORE_LISTED, end)
    for _, part in workplace.iter_parts(count_difference, asked, tasks.layers, report, {listed, no_more}):
        counted.add_packed(part[no_more], -1)
        counted.add_packed(part[listed])
    for _, part in workplace.iter_parts(count_shard, asked, tasks.shards, report, {listed}):
        counted.add_packed(part[listed])
    return counted


def build_lists(
    deployment: Deployment,
    definitions: Definitions,
    warehouse: Warehouse,
    draft: Path,
    held: tuple[Cube, CountedPeople] | None,
    workplace: Workplace,
    report: Report,
) -> list[Check]:
    """The call lists in the draft, and what was held of them. held: the counts of a load of the same day, against which
    lists are held; None where there are none."""
    asked = build_asked(deployment, definitions, warehouse).for_lists()
    builder = asked.list_builder()
    for _, part in workplace.iter_parts(list_shard, asked, name_parts(list_shard, asked, warehouse), report):
        builder.add_packed(part)
    builder.write(draft, warehouse.sealed_identity)
    return list(check_lists(draft, asked.plans, *(held or (None, None))))
