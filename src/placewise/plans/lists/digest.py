"""A practice's week from its lists: what changed since those before, and whom to see first."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from placewise.floor.access import AccessLog, Agreement, Reader
from placewise.plans.lists.changes import ListChange, read_list_changes
from placewise.plans.lists.read import find_lists, read_every_contact

MOST_FIRST = 5
"""So many people are named to begin with."""


@dataclass(frozen=True, slots=True)
class First:
    """Somebody to see first. rank, place: the row in EVERY_CONTACT, as numbered there and from 0; lists: those that
    call them."""

    rank: int
    place: int
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListDigest:
    changes: tuple[ListChange, ...]
    first: tuple[First, ...]


def read_digest(
    store: Path, practice: str, reader: Reader, log: AccessLog, agreements: Collection[Agreement] = ()
) -> ListDigest:
    """Of the lists in force. Gated, and two rows of the log. Raises as read_every_contact."""
    lists = find_lists(store)
    changes = read_list_changes(lists, practice, reader, log, agreements)
    rows = read_every_contact(lists, practice, reader, log, agreements)
    return ListDigest(changes, find_first(rows))


def find_first(
    rows: pa.Table, has_begun: Callable[[int, Sequence[str]], bool] = lambda place, lists: False
) -> tuple[First, ...]:
    """The first people by the published rule whom a list calls. rows: EVERY_CONTACT; has_begun: whether something was
    begun already with the person in a row (from 0) for any of the lists."""
    found: list[First] = []
    for place, (rank, gaps) in enumerate(zip(rows["rank"].to_pylist(), rows["gaps"].to_pylist(), strict=True)):
        called = tuple(gap["list"] for gap in gaps if gap["excluded"] is None)
        if called and not has_begun(place, called):
            found.append(First(rank, place, called))
        if len(found) == MOST_FIRST:
            break
    return tuple(found)
