"""What changed on a practice's lists since those before: how many are new, how many left, and of these, done."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.access import AccessLog, Agreement, Reader, gated
from placewise.plans.lists.contract import LISTS_FOLDER
from placewise.plans.lists.read import check_practice, find_done_people, find_lists_before, read_lists


@dataclass(frozen=True, slots=True)
class ListChange:
    """One list of a practice. to_call: people who are to be called now; new: of these, not to be called by the lists
    before; left: to be called then and not now; done: of those who left, whose record shows it done. new, left and done
    are None where there was no such list before."""

    slug: str
    to_call: int
    new: int | None = None
    left: int | None = None
    done: int | None = None


def read_list_changes(
    lists: Path, practice: str, reader: Reader, log: AccessLog, agreements: Collection[Agreement] = ()
) -> tuple[ListChange, ...]:
    """Every list, by slug. Gated, and one row of the log for all of them. Raises FaultsFound, logged too,
    for a practice that has none."""
    with gated(reader, practice, f"{LISTS_FOLDER}/{lists.name}", log, agreements) as look:
        check_practice(lists, practice)
        before = find_lists_before(lists)
        changes = tuple(_compare(lists, before, slug, practice) for slug in read_lists(lists))
        look.rows = sum(each.to_call for each in changes)
    return changes


def _compare(lists: Path, before: Path | None, slug: str, practice: str) -> ListChange:
    now = _read_called(lists, slug, practice)
    if before is None or slug not in read_lists(before):
        return ListChange(slug, len(now))
    then = _read_called(before, slug, practice)
    left = np.setdiff1d(then, now)
    done = np.intersect1d(left, find_done_people(lists, slug, practice))
    return ListChange(slug, len(now), len(np.setdiff1d(now, then)), len(left), len(done))


def _read_called(lists: Path, slug: str, practice: str) -> npt.NDArray[np.int64]:
    path = lists / slug / f"{practice}.parquet"
    if not path.is_file():
        return np.zeros(0, np.int64)
    rows = pq.read_table(path, columns=["person_id", "excluded"])
    return rows.filter(pc.is_null(rows["excluded"]))["person_id"].to_numpy()
