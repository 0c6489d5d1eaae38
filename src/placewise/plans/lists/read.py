"""The one way to open a call list: through the gate, and logged, also when the gate stays shut."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.access import AccessLog, Agreement, Reader, gated
from placewise.floor.faults import refuse
from placewise.floor.folders import current, read_json
from placewise.plans.lists.contract import CALL_LIST, LISTS_FILE, LISTS_FOLDER
from placewise.population.contract import BUILDS

_CODE = re.compile(r"[A-Za-z0-9_-]+")


def read_call_list(
    store_or_build: Path,
    list_slug: str,
    practice: str,
    reader: Reader,
    log: AccessLog,
    agreements: Collection[Agreement] = (),
) -> pa.Table:
    """One practice's list as CALL_LIST, in rank order: pseudonyms and sealed NHS numbers, no name.

    store_or_build: a store, whose build in force is read, or a build. agreements: those recorded between networks and
    practices. One log record, written before any row is given. Raises AccessDenied for a reader who does not treat this
    practice's patients, and FaultsFound for a list or practice the build does not have, after logging the attempt.
    """
    build = find_build(store_or_build)
    what = f"{build.name}/{LISTS_FOLDER}/{list_slug}"
    with gated(reader, practice, what, log, agreements) as look:
        if list_slug not in read_lists(build):
            raise refuse(
                what, "this build has no such list", "open one of the lists in the programmes it was built with"
            )
        path = build / LISTS_FOLDER / list_slug / f"{practice}.parquet"
        if not _CODE.fullmatch(practice) or not path.is_file():
            raise refuse(what, f"this build has no practice {practice}", "check the practice's code")
        rows = pq.read_table(path, schema=CALL_LIST)
        look.rows = rows.num_rows
    return rows


def read_lists(build: Path) -> dict[str, dict[str, Any]]:
    """What each list of a build is, by slug (CallListCard as JSON). It names nobody, so it needs no gate."""
    path = build / LISTS_FOLDER / LISTS_FILE
    lists: dict[str, dict[str, Any]] = read_json(path) if path.is_file() else {}
    return lists


def find_build(store_or_build: Path) -> Path:
    """The build in force of a store, or the build itself. Raises FaultsFound where there is none yet."""
    if (store_or_build / LISTS_FOLDER).is_dir():
        return store_or_build
    build = current(store_or_build / BUILDS)
    if build is None:
        raise refuse(store_or_build, "there is no build in this store", "run placewise build first")
    return build
