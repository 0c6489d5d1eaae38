"""What changed on a practice's lists since the build before: how many are new, how many left, and of these, done."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.access import AccessLog, Agreement, Reader, gated
from placewise.plans.lists.contract import LISTS_FOLDER
from placewise.plans.lists.read import check_practice, find_build_before, find_done_people, read_lists


@dataclass(frozen=True, slots=True)
class ListChange:
    """One list of a practice. to_call: people who are to be called now; new: of these, not to be called in the build
    before; left: to be called then and not now; done: of those who left, whose record shows it done. new, left and done
    are None where the build before had no such list."""

    slug: str
    to_call: int
    new: int | None = None
    left: int | None = None
    done: int | None = None


def read_list_changes(
    build: Path, practice: str, reader: Reader, log: AccessLog, agreements: Collection[Agreement] = ()
) -> tuple[ListChange, ...]:
    """Every list of a build, by slug. Gated, and one row of the log for all of them. Raises FaultsFound, logged too,
    for a practice the build does not have."""
    with gated(reader, practice, f"{build.name}/{LISTS_FOLDER}", log, agreements) as look:
        check_practice(build, practice)
        before = find_build_before(build)
        changes = tuple(_compare(build, before, slug, practice) for slug in read_lists(build))
        look.rows = sum(each.to_call for each in changes)
    return changes


def _compare(build: Path, before: Path | None, slug: str, practice: str) -> ListChange:
    now = _read_called(build, slug, practice)
    if before is None or slug not in read_lists(before):
        return ListChange(slug, len(now))
    then = _read_called(before, slug, practice)
    left = np.setdiff1d(then, now)
    done = np.intersect1d(left, find_done_people(build, slug, practice))
    return ListChange(slug, len(now), len(np.setdiff1d(now, then)), len(left), len(done))


def _read_called(build: Path, slug: str, practice: str) -> npt.NDArray[np.int64]:
    path = build / LISTS_FOLDER / slug / f"{practice}.parquet"
    if not path.is_file():
        return np.zeros(0, np.int64)
    rows = pq.read_table(path, columns=["person_id", "excluded"])
    return rows.filter(pc.is_null(rows["excluded"]))["person_id"].to_numpy()
