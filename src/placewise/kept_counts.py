"""What of a build need not be counted: shards counted before, with or without their last layers, for this month or one
of the months before it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from placewise.config import Deployment
from placewise.counting import Asked, Work, build_asked, count_months_ahead, count_shard, hash_code
from placewise.definitions import Definitions
from placewise.differences import count_difference
from placewise.floor.parts import KeptParts
from placewise.floor.timeline.layers import find_layers
from placewise.intake.warehouse import Warehouse

Keys = Mapping[Path, str]
"""A task -> the name that its part is kept under: the first 32 digits of the hash of all that it rests on."""


@dataclass(frozen=True)
class Tasks:
    """shards: those to be counted as they were when last counted, or else as they are; layers: those laid over since,
    of which the difference is counted. Where a part is kept under its key, nothing is left to do."""

    asked: Asked
    shards: Keys
    layers: Keys


def find_tasks(deployment: Deployment, definitions: Definitions, warehouse: Warehouse, kept: KeptParts) -> Tasks:
    """With the window, among those of builds of this month and of months before, in which most shards are kept."""
    found = []
    for months_ago in range(1 + count_months_ahead(deployment.window)):
        tasks = _find_tasks(build_asked(deployment, definitions, warehouse, months_ago), warehouse, kept)
        found.append((sum(kept.has(key) for key in tasks.shards.values()), -months_ago, tasks))
    return max(found, key=lambda each: each[:2])[2]


def name_parts(work: Work, asked: Asked, warehouse: Warehouse) -> Keys:
    """Of every shard as it is."""
    same_for_all = _tell(work, asked.fingerprint())
    return {
        shard.resolve(): _name(same_for_all, _find_contents(warehouse, shard)[-1]) for shard in warehouse.shard_folders
    }


def name_total(keys: Keys) -> str:
    """The name that what these parts count together is kept under."""
    return _name(("total",), *sorted(keys.values()))


def _find_tasks(asked: Asked, warehouse: Warehouse, kept: KeptParts) -> Tasks:
    fingerprint = asked.fingerprint()
    of_shard, of_layer = (_tell(work, fingerprint) for work in (count_shard, count_difference))
    shards, layers = {}, {}
    for shard in map(Path.resolve, warehouse.shard_folders):
        contents = _find_contents(warehouse, shard)
        keys = [_name(of_shard, each) for each in contents]
        counted = max((place for place, key in enumerate(keys) if kept.has(key)), default=len(keys) - 1)
        shards[shard] = keys[counted]
        folders = find_layers(shard)
        for place in range(counted + 1, len(contents)):
            layers[folders[place]] = _name(of_layer, contents[place - 1], contents[place])
    return Tasks(asked, shards, layers)


def _find_contents(warehouse: Warehouse, shard: Path) -> tuple[str, ...]:
    """The hash of what a shard says with no layer, with one, and so on."""
    report = warehouse.report
    now = report.contents.get(shard.name, f"{report.load}/{shard.name}")
    return (*report.earlier_contents.get(shard.name, ()), now)


def _tell(work: Work, fingerprint: str) -> tuple[str, str, str]:
    """fingerprint: of what is asked."""
    return work.__name__, hash_code(), fingerprint


def _name(same_for_all: tuple[str, ...], *contents: str) -> str:
    return hashlib.sha256("\n".join([*same_for_all, *contents]).encode()).hexdigest()[:32]
