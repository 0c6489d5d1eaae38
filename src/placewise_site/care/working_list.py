"""One list as a practice works through it: its rows beside what was done, in the parts in which they are worked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from placewise_site.care.lifecycle import Reach
from placewise_site.care.standing import NOTHING, Work

UNKNOWN = "unknown"
REACHES = {**dict(Reach.choices), UNKNOWN: "Not known how to reach"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list. contacted: the day of a late contact for another list; reach: a Reach, or UNKNOWN."""

    rank: int
    row_key: str
    reason: str
    excluded: str | None
    shown: Mapping[str, str | None]
    work: Work
    contacted: date | None
    reach: str


@dataclass(frozen=True, slots=True)
class WorkingList:
    """The rows by what is to be done with them, each in rank order; done and gone: row key -> work with people who are
    on the list no more, because their record shows it done or for another reason."""

    to_call: tuple[Listed, ...]
    lately: tuple[Listed, ...]
    under_way: tuple[Listed, ...]
    finished: tuple[Listed, ...]
    excluded: tuple[Listed, ...]
    done: Mapping[str, Work]
    gone: Mapping[str, Work]
    by_reach: Mapping[str, int]
    """How many are to be called, by how they can be reached."""


def build_working_list(
    rows: pa.Table,
    works: Mapping[str, Work],
    reach: Mapping[str, str],
    contacted: Mapping[str, date],
    done: frozenset[str],
    only: str = "",
) -> WorkingList:
    """rows: as open_call_list gives them; only: a Reach or UNKNOWN, for the rows of those alone."""
    everybody = [
        Listed(
            rank=rank,
            row_key=key,
            reason="; ".join(reason),
            excluded=excluded,
            shown=dict(shown),
            work=works.get(key, NOTHING),
            contacted=contacted.get(key),
            reach=reach.get(key, UNKNOWN),
        )
        for rank, key, reason, excluded, shown in zip(
            *(rows[name].to_pylist() for name in ("rank", "row_key", "reason", "excluded", "shown")), strict=True
        )
    ]
    parts: dict[str, list[Listed]] = {"to_call": [], "lately": [], "under_way": [], "finished": [], "excluded": []}
    by_reach: Counter[str] = Counter()
    for each in everybody:
        part = _part_of(each)
        by_reach[each.reach] += part == "to_call"
        if only in ("", each.reach):
            parts[part].append(each)
    here = {each.row_key for each in everybody}
    left = {key: work for key, work in works.items() if key not in here}
    return WorkingList(
        **{name: tuple(each) for name, each in parts.items()},
        done={key: work for key, work in left.items() if key in done},
        gone={key: work for key, work in left.items() if key not in done},
        by_reach=by_reach,
    )


def get_listed(rows: pa.Table) -> dict[str, Any]:
    """Row key -> why not to call, or None."""
    return dict(zip(rows["row_key"].to_pylist(), rows["excluded"].to_pylist(), strict=True))


def _part_of(row: Listed) -> str:
    if row.work.is_finished:
        return "finished"
    if row.work.is_under_way:
        return "under_way"
    if row.excluded is not None:
        return "excluded"
    return "lately" if row.contacted else "to_call"
