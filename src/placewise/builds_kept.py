"""The builds of a store and their call lists: what the next ones are called, which build came before, and whose parts
are still needed."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from placewise import __version__
from placewise.config import Deployment
from placewise.definitions import Definitions
from placewise.floor.content import table_hash
from placewise.floor.folders import current, read_json
from placewise.intake.warehouse import Warehouse
from placewise.plans.lists.contract import LISTS_FOLDER, MADE_FILE
from placewise.population.contract import BUILD_FILE, BUILDS
from placewise.population.outlines import Outlines
from placewise.population.segments import read_segments

BUILDS_WITH_PARTS = 2
"""Of so many builds what was worked out of each shard is kept: the last, and the one it may be compared with."""


def name_build(
    deployment: Deployment,
    definitions: Definitions,
    planning: Warehouse,
    areas: pa.Table,
    outlines: Outlines | None,
) -> str:
    """The first 12 digits of the hash of all that a build rests on."""
    rests_on = {
        "placewise": __version__,
        "loads": [planning.report.load],
        "programmes": definitions.versions,
        "code_lists": [repr(definitions.code_lists[name]) for name in sorted(definitions.asked)],
        "segments": read_segments(definitions.code_lists).version,
        "window": asdict(deployment.window),
        "compare_by": deployment.compare_by,
        "organisations": sorted(str(each) for each in deployment.hierarchy.organisations.values()),
        "areas": table_hash(areas),
        "outlines": table_hash(outlines.placed) if outlines else None,
    }
    return "b-" + _hash(rests_on)


def name_lists(build: Path, care: Warehouse) -> str:
    """As name_build, of call lists that are held against a build."""
    return "l-" + _hash([build.name, care.report.load])


def _hash(rests_on: object) -> str:
    return hashlib.sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()[:12]


def find_last_build(deployment: Deployment, store: Path) -> Path | None:
    """The build in force, where it is of this deployment."""
    last = current(store / BUILDS)
    return last if last and read_json(last / BUILD_FILE)["deployment"] == deployment.slug else None


def find_parts(store: Path) -> set[str]:
    """The parts that the last builds and their call lists rest on: what the next ones may take over."""
    found = set()
    for room, file in ((BUILDS, BUILD_FILE), (LISTS_FOLDER, MADE_FILE)):
        made = [read_json(path) for path in (store / room).glob(f"*/{file}")]
        for each in sorted(made, key=lambda said: said["made_at"])[-BUILDS_WITH_PARTS:]:
            found.update(each.get("parts", ()))
    return found
