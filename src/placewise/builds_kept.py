"""The builds of a store: what the next one is called, which one came before it, and whose parts are still needed."""

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
from placewise.population.contract import BUILD_FILE, BUILDS
from placewise.population.outlines import Outlines
from placewise.population.segments import read_segments

BUILDS_WITH_PARTS = 2
"""Of so many builds what was worked out of each shard is kept: the last, and the one it may be compared with."""


def name_build(
    deployment: Deployment,
    definitions: Definitions,
    planning: Warehouse,
    care: Warehouse | None,
    areas: pa.Table,
    outlines: Outlines | None,
) -> str:
    """The first 12 digits of the hash of all that a build rests on."""
    rests_on = {
        "placewise": __version__,
        "loads": [warehouse.report.load for warehouse in (planning, care) if warehouse],
        "programmes": definitions.versions,
        "code_lists": [repr(definitions.code_lists[name]) for name in sorted(definitions.asked)],
        "segments": read_segments(definitions.code_lists).version,
        "window": asdict(deployment.window),
        "compare_by": deployment.compare_by,
        "organisations": sorted(str(each) for each in deployment.hierarchy.organisations.values()),
        "areas": table_hash(areas),
        "outlines": table_hash(outlines.placed) if outlines else None,
    }
    return "b-" + hashlib.sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()[:12]


def find_last_build(deployment: Deployment, store: Path) -> Path | None:
    """The build in force, where it is of this deployment."""
    last = current(store / BUILDS)
    return last if last and read_json(last / BUILD_FILE)["deployment"] == deployment.slug else None


def find_parts(store: Path) -> set[str]:
    """The parts that the last builds rest on: what the next one may take over."""
    builds = [read_json(path) for path in (store / BUILDS).glob(f"*/{BUILD_FILE}")]
    last = sorted(builds, key=lambda built: built["made_at"])[-BUILDS_WITH_PARTS:]
    return {key for built in last for key in built.get("parts", [])}
