"""What this machine and this store have, and what is missing: `placewise doctor`."""

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from placewise.coding.words import ROOM
from placewise.config import find_deployments
from placewise.explanation import ACCESS_LOG
from placewise.floor.access import FileAccessLog
from placewise.floor.faults import FaultsFound
from placewise.floor.folders import current, read_json
from placewise.intake.warehouse import find_expired_loads
from placewise.mistakes import find_mistakes
from placewise.population.contract import BUILD_FILE, BUILDS
from placewise.publishing.contract import RELEASES
from placewise.publishing.in_force import find_withdrawals
from placewise.publishing.manifest import read_manifest

LEAST_FREE = 5 * 1024**3
"""Bytes. A build of 2.4 million people writes a few gigabytes before it replaces the last one."""


def examine(store: Path) -> list[dict[str, object]]:
    """Each finding: passed, and told as one sentence with the remedy where it did not pass."""
    return [{"passed": passed, "told": told} for passed, told in _iter_findings(store)]


def _iter_findings(store: Path) -> Iterator[tuple[bool, str]]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python is {version}; 3.11 or later is needed."
    mistakes = find_mistakes(None)
    deployments = ", ".join(find_deployments())
    yield not mistakes, f"Deployments {deployments}: {len(mistakes) or 'no'} mistakes (placewise check lists them)."
    standing = store if store.exists() else Path.cwd()
    free = shutil.disk_usage(standing).free
    yield free > LEAST_FREE, f"{free / 1024**3:.0f} GB are free where the store is; 5 GB are needed."
    yield os.access(standing, os.W_OK), f"The store {store} can be written."
    yield from _examine_releases(store)
    build = current(store / BUILDS)
    for warning in find_warnings(build) if build else ():
        yield False, warning
    broken = FileAccessLog(store / ACCESS_LOG).verify()
    yield not broken, "The access log is unbroken." if not broken else str(broken[0])
    expired = ", ".join(str(each.relative_to(store)) for each in find_expired_loads(store))
    told = (
        f"These loads may be kept no more, run placewise retention --remove: {expired}."
        if expired
        else "Every load may still be kept."
    )
    yield not expired, told
    has_site = find_spec("placewise_site") is not None and find_spec("django") is not None
    yield has_site, "The site is installed." if has_site else "The site is not installed: install placewise again."


def _examine_releases(store: Path) -> Iterator[tuple[bool, str]]:
    """The one in force, and what is withdrawn."""
    release, withdrawals = current(store / RELEASES), find_withdrawals(store)
    told = f"The release {release.name} is in force." if release else "No release is in force: run placewise demo."
    if withdrawals and not release:
        told = "Every release was withdrawn: put right what was wrong, then run placewise release."
    yield release is not None and release.name not in withdrawals, told
    try:
        revision = read_manifest(release).revision if release else None
    except FaultsFound as found:
        yield False, str(found.faults[0])
    else:
        if revision:
            yield True, f"Figures of past months are frozen; the next revision comes with those of {revision.next}."
    for each in withdrawals.values():
        yield bool(each.replaced_by), each.sentence + ("" if each.replaced_by else " Nothing has replaced it yet.")


def find_warnings(build: Path) -> list[str]:
    """What a build found of its code lists that somebody should look into, a sentence each."""
    checks = read_json(build / BUILD_FILE)["checks"]
    return [check["told"] for check in checks if check["room"] == ROOM and not check["passed"]]
