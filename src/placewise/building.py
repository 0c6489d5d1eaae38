"""One pass over a load: each shard read once, by the engine that the deployment has, and what came of it put together.

Of the load for planning come the cube and the rows of the population; of the load for direct care, the call lists. What
was worked out of a shard is kept, so that the next build does the work only where records or questions have changed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from placewise.config import Deployment
from placewise.counting import (
    CASES,
    COUNTS,
    LISTED,
    PEOPLE_ROWS,
    Asked,
    Work,
    build_asked,
    count_shard,
    hash_code,
    list_shard,
    read_part_checks,
)
from placewise.definitions import Definitions
from placewise.engines.contract import Engine
from placewise.floor.checking import Check
from placewise.floor.parts import KeptParts, Part
from placewise.floor.progress import Report
from placewise.floor.timeline.prepared import prepare_shard
from placewise.intake.warehouse import Warehouse
from placewise.measures.checks import check_cube
from placewise.measures.contract import CUBE_FOLDER
from placewise.measures.cube import open_cube
from placewise.plans.lists.checks import check_lists
from placewise.plans.lists.listed import CountedPeople
from placewise.population.contract import POPULATION_FOLDER


@dataclass(frozen=True)
class Workplace:
    """Where shards are worked on, and what is kept of them. keys: of every part that this build rests on."""

    engine: Engine
    kept: KeptParts
    keys: set[str] = field(default_factory=set)

    def iter_parts(self, work: Work, asked: Asked, warehouse: Warehouse, report: Report) -> Iterator[tuple[str, Part]]:
        """Each shard's name and part: as it was kept where nothing has changed, else worked out now and kept."""
        keys = _name_parts(work, asked, warehouse)
        self.keys.update(keys.values())
        missing = []
        for shard, key in keys.items():
            part = self.kept.read(key)
            if part is None:
                missing.append(shard)
            else:
                yield shard.name, part
        for shard in missing:  # here and not by a worker, which writes nothing; intake has done nearly all of it
            prepare_shard(shard, asked.lists)
        done = len(keys) - len(missing)
        told = f"Placing people and answering measures, {{}} of {len(keys)} parts done"
        report(told.format(done), done / len(keys))
        for shard, part in self.engine.run(partial(work, asked), missing):
            self.kept.keep(keys[shard], part)
            done += 1
            report(told.format(done), done / len(keys))
            yield shard.name, part


def build_counts(
    deployment: Deployment,
    definitions: Definitions,
    warehouse: Warehouse,
    draft: Path,
    workplace: Workplace,
    report: Report,
) -> tuple[list[Check], CountedPeople]:
    """The cube in the draft, what was held of it, and whom it counts that a call list is to hold."""
    asked = build_asked(deployment, definitions, warehouse)
    builder, case_mix, counted = asked.cube_builder(), asked.case_mix_builder(), asked.counted_people()
    (draft / POPULATION_FOLDER).mkdir()
    checks: dict[str, Check] = {}
    for shard, part in workplace.iter_parts(count_shard, asked, warehouse, report):
        checks |= {each.check: each for each in read_part_checks(part)}
        pq.write_table(part[PEOPLE_ROWS], draft / POPULATION_FOLDER / f"{shard}.parquet", write_statistics=False)
        builder.add_packed(part[COUNTS])
        case_mix.add_packed(part[CASES])
        counted.add_packed(part[LISTED])
    report("Writing the cube", 0.95)
    (draft / CUBE_FOLDER).mkdir()
    case_mix.write(draft / CUBE_FOLDER)
    cube = builder.write(draft / CUBE_FOLDER, deployment.hierarchy)
    return [*checks.values(), *check_cube(cube, deployment.hierarchy)], counted


def build_lists(
    deployment: Deployment,
    definitions: Definitions,
    warehouse: Warehouse,
    draft: Path,
    counted: CountedPeople | None,
    workplace: Workplace,
    report: Report,
) -> list[Check]:
    """counted: of a load of the same day, so that lists can be held against counts; None where there is none."""
    asked = build_asked(deployment, definitions, warehouse).for_lists()
    builder = asked.list_builder()
    for _, part in workplace.iter_parts(list_shard, asked, warehouse, report):
        builder.add_packed(part)
    builder.write(draft, warehouse.sealed_identity)
    return list(check_lists(draft, asked.plans, open_cube(draft / CUBE_FOLDER) if counted else None, counted))


def _name_parts(work: Work, asked: Asked, warehouse: Warehouse) -> dict[Path, str]:
    """Each shard's folder -> the first 32 digits of the hash of all that its part rests on."""
    same_for_all = [work.__name__, hash_code(), asked.fingerprint()]
    keys = {}
    for shard in warehouse.shard_folders:
        content = warehouse.report.contents.get(shard.name, f"{warehouse.report.load}/{shard.name}")
        rests_on = "\n".join([*same_for_all, content])
        keys[shard.resolve()] = hashlib.sha256(rests_on.encode()).hexdigest()[:32]
    return keys
