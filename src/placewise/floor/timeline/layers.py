"""A shard in layers: what was sent first, and over it what was sent since of new, late and changed records.

SHARD/TABLE.parquet            as sent first; never touched again
SHARD/layer=001/TABLE.parquet  the changes sent next, a shard folder like any other
               /replaced.parquet  person_id of those of whom no event sent before holds any more, sorted

Who somebody is stands in the last layer that names them, and where they are, whole, in the last one that tells a
registration of them. Their events stand in all layers, from the last one on that replaces them; whom a layer replaces
and does not name is there no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial, reduce
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.dated import STILL, Dated, DayNumbers, Rows
from placewise.floor.timeline.people import DatedStays, People
from placewise.floor.timeline.picking import take
from placewise.floor.timeline.prepared import read_prepared, read_prepared_people
from placewise.floor.timeline.table_events import read_lists
from placewise.floor.vocabulary.code_lists import CodeList

Ids = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)

REPLACED_FILE = "replaced.parquet"
NOBODY: Ids = np.zeros(0, np.int64)
NEVER = STILL
"""As the day from which events are asked for."""
_WHO, _WHERE = ("person", "death"), ("registration", "residence", "observation_period")
"""The tables that tell who people are, and where and since when they are there."""
_OF_PEOPLE = tuple(each.name for each in fields(People) if each.name not in ("registrations", "residences"))


def name_layer(number: int) -> str:
    return f"layer={number:03d}"


def find_layers(shard: Path) -> list[Path]:
    """The folders of a shard's layers in the order in which they were sent, the shard's own first."""
    return [shard, *sorted(shard.glob("layer=*"))]


def find_shard(layer: Path) -> Path:
    """The folder of the shard that a layer lies in; a shard's own is its first."""
    return layer.parent if layer.name.startswith("layer=") else layer


def read_replaced(layer: Path) -> Ids:
    """Those whom a layer replaces."""
    path = layer / REPLACED_FILE
    return pq.read_table(path)["person_id"].to_numpy() if path.is_file() else NOBODY


@dataclass(frozen=True)
class Layers:
    """Some layers of a shard, the first ones. gone: of each, those whose events in it hold no more; named: those of
    whom a later one tells who they are; placed: where."""

    folders: Sequence[Path]
    people: Sequence[People]
    gone: Sequence[Ids]
    named: Sequence[Ids]
    placed: Sequence[Ids]

    @classmethod
    def read(cls, folders: Sequence[Path]) -> "Layers":
        """Of these folders, which find_layers told."""
        people, replaced = [read_prepared_people(each) for each in folders], [read_replaced(each) for each in folders]
        later = [range(place + 1, len(folders)) for place in range(len(folders))]
        gone = [reduce(join_ids, (replaced[each] for each in after), NOBODY) for after in later]

        def join_later(ids: Sequence[Ids]) -> list[Ids]:
            return [
                reduce(join_ids, (ids[each] for each in after), these) for after, these in zip(later, gone, strict=True)
            ]

        named, placed = [each.person_id for each in people], [find_placed(each) for each in people]
        return cls(folders, people, gone, join_later(named), join_later(placed))

    def read_table(self, table: str) -> pa.Table:
        """What stands of a table, in no order."""
        dropped = self.named if table in _WHO else self.placed if table in _WHERE else self.gone
        parts = []
        for folder, people in zip(self.folders, dropped, strict=True):
            rows = pq.read_table(folder / f"{table}.parquet")
            parts.append(rows.filter(pc.invert(pc.is_in(rows["person_id"], pa.array(people)))))
        return pa.concat_tables(parts).unify_dictionaries()

    def find_people(self) -> Ids:
        """Everybody who is there, sorted."""
        standing = [
            people.person_id[~is_among(people.person_id, named)]
            for people, named in zip(self.people, self.named, strict=True)
        ]
        return standing[0] if len(standing) == 1 else np.sort(np.concatenate(standing), kind="stable")

    def build_people(self, only: Ids | None = None) -> People:
        """Everybody who is there, or those of them who are among `only`."""
        if len(self.people) == 1 and only is None:
            return self.people[0]
        standing = []
        for people, named in zip(self.people, self.named, strict=True):
            stands = ~is_among(people.person_id, named)
            standing.append(np.flatnonzero(stands if only is None else stands & is_among(people.person_id, only)))
        of_layers = list(zip(self.people, standing, strict=True))
        columns = {
            name: np.concatenate([getattr(people, name)[rows] for people, rows in of_layers]) for name in _OF_PEOPLE
        }
        order = np.argsort(columns["person_id"], kind="stable")
        columns = {name: column[order] for name, column in columns.items()}
        rows_of = [
            np.where(
                is_among(people.person_id, placed), np.int32(-1), _find_rows(people.person_id, columns["person_id"])
            )
            for people, placed in zip(self.people, self.placed, strict=True)
        ]
        return People(
            **columns,
            registrations=_lay_stays([each.registrations for each in self.people], rows_of),
            residences=_lay_stays([each.residences for each in self.people], rows_of),
        )

    def build_people_of(self, person_id: Ids) -> People:
        """These people, who are sorted; whoever is not there is registered nowhere."""
        there = self.build_people(person_id)
        at = np.searchsorted(person_id, there.person_id).astype(np.int32)

        def spread(values: npt.NDArray[Kind], of_others: int = 0) -> npt.NDArray[Kind]:
            column = np.full(len(person_id), of_others, values.dtype)
            column[at] = values
            return column

        return People(
            person_id=person_id,
            birth=spread(there.birth),
            sex=spread(there.sex),
            ethnicity=spread(there.ethnicity),
            death=spread(there.death, STILL),
            registrations=replace(there.registrations, row=take(at, there.registrations.row)),
            residences=replace(there.residences, row=take(at, there.residences.row)),
        )

    @property
    def last(self) -> "Layers":
        """The last one by itself."""
        return Layers(self.folders[-1:], self.people[-1:], self.gone[-1:], self.named[-1:], self.placed[-1:])

    def read_lists(self, lists: Sequence[CodeList], person_id: Ids) -> dict[str, Dated]:
        """Each list's events of these people, who are sorted."""
        found = [_read_lists(folder, lists, people) for folder, people in zip(self.folders, self.people, strict=True)]
        if len(found) == 1 and person_id is self.people[0].person_id:
            return found[0]
        standing, nobody = self._find_standing(person_id), np.zeros(len(person_id), np.bool_)
        return {
            each.name: reduce(
                partial(_lay_over, dropped=nobody),
                (_pick_events(layer[each.name], rows) for layer, rows in zip(found, standing, strict=True)),
            )
            for each in lists
        }

    def open_lists_since(self, before: "Layers", lists: Sequence[CodeList], person_id: Ids) -> "ListsSince":
        """The events of these people, who are sorted, to be read list by list. before: the same without the last
        layer."""
        return ListsSince(
            found=[
                _read_lists(folder, lists, people) for folder, people in zip(self.folders, self.people, strict=True)
            ],
            standing=[*before._find_standing(person_id), *self.last._find_standing(person_id)],
            replaced=is_among(person_id, read_replaced(self.folders[-1])),
        )

    def _find_standing(self, person_id: Ids) -> list[Rows]:
        """Of each layer, the rows of these people in it, -1 for whom its events hold no more or who are not in it."""
        return [
            np.where(is_among(person_id, gone), np.int32(-1), _find_rows(person_id, people.person_id))
            for people, gone in zip(self.people, self.gone, strict=True)
        ]


@dataclass(frozen=True)
class ListsSince:
    """Events of some people in layers. found: of each layer, by list; standing: of each layer, the rows of these people
    in it, -1 for whom its events hold no more before the last layer or who are not in it; replaced: by the last one."""

    found: Sequence[Mapping[str, Dated]]
    standing: Sequence[Rows]
    replaced: Flags

    def read(
        self, rows: npt.NDArray[np.intp], since: Mapping[str, DayNumbers]
    ) -> tuple[dict[str, Dated], dict[str, Dated]]:
        """Some events of the people in these rows, which rise, without the last layer and with it: of each list those
        of the day from which each of these people is asked about it, NEVER for not at all, and what ended no earlier.
        """
        standing, replaced = [each[rows] for each in self.standing], self.replaced[rows]
        nobody = np.zeros(len(rows), np.bool_)
        without, whole = {}, {}
        for name, days in since.items():
            of_layers = [_pick_events(layer[name], of, days) for layer, of in zip(self.found, standing, strict=True)]
            without[name] = reduce(partial(_lay_over, dropped=nobody), of_layers[:-1])
            whole[name] = _lay_over(without[name], of_layers[-1], replaced)
        return without, whole


def _read_lists(folder: Path, lists: Sequence[CodeList], people: People) -> dict[str, Dated]:
    prepared = read_prepared(folder, lists)
    missing = [each for each in lists if each.name not in prepared]
    return prepared | read_lists(folder, missing, people.person_id)


def find_placed(people: People) -> Ids:
    """Those of whom a registration is told, sorted."""
    row = people.registrations.row
    return people.person_id[row[np.diff(row, prepend=-1) > 0]]


def join_ids(some: Ids, more: Ids) -> Ids:
    """Whoever is in either. Both are sorted and hold nothing twice, as does what is returned."""
    both = np.concatenate([some, more])
    both.sort(kind="stable")  # merges what is sorted already
    return both[np.concatenate([both[:-1] != both[1:], [True]])] if len(both) else both


def is_among(ids: Ids, some: Ids) -> Flags:
    """Whether each is among some. Both are sorted and hold nothing twice."""
    return _find_rows(ids, some) >= 0


@compiled
def _find_rows(ids: Ids, among: Ids) -> Rows:
    """Where each stands among others, -1 where it does not. Both are sorted."""
    rows, at = np.full(len(ids), -1, np.int32), 0
    for i in range(len(ids)):
        while at < len(among) and among[at] < ids[i]:
            at += 1
        if at < len(among) and among[at] == ids[i]:
            rows[i] = at
    return rows


def _choose(rows: Rows, of: Rows) -> tuple[Rows, Rows]:
    """Which entries have a row, and which."""
    chosen, row = np.empty(len(of), np.int32), np.empty(len(of), np.int32)
    found = _set_chosen(chosen, row, rows, of)
    return chosen[:found].copy(), row[:found].copy()


@compiled
def _set_chosen(chosen: Rows, row: Rows, rows: Rows, of: Rows) -> int:
    found = 0
    for i in range(len(of)):
        if rows[of[i]] >= 0:
            chosen[found], row[found] = i, rows[of[i]]
            found += 1
    return found


def _lay_stays(layers: Sequence[DatedStays], maps: Sequence[Rows]) -> DatedStays:
    names = np.unique(np.concatenate([each.names for each in layers]))
    columns = []
    for stays, rows in zip(layers, maps, strict=True):
        chosen, row = _choose(rows, stays.row)
        where = np.searchsorted(names, stays.names).astype(np.int32)[take(stays.where, chosen)]
        columns.append((row, take(stays.start, chosen), take(stays.end, chosen), where))
    row, start, end, where = (np.concatenate(each) for each in zip(*columns, strict=True))
    order = np.argsort(row, kind="stable")
    return DatedStays(row=row[order], start=start[order], end=end[order], where=where[order], names=names)


def _pick_events(events: Dated, rows: Rows, since: DayNumbers | None = None) -> Dated:
    """A layer's events of some people, by the place of each among them.

    rows: of each in the layer, rising, -1 for whom none hold; since: the day from which their events are asked for and
    NEVER for none, all unless told.
    """
    if since is None:
        since = np.full(len(rows), np.iinfo(np.int32).min, np.int32)
    asked = np.flatnonzero((since != NEVER) & (rows >= 0))
    chosen, place = np.empty(len(events.row), np.int32), np.empty(len(events.row), np.int32)
    last, in_order = (events.day, True) if events.end is None else (events.end, False)
    found = _set_found(chosen, place, asked, rows, since, events.row, events.day, last, in_order)
    which = chosen[:found]
    return Dated(
        row=place[:found].copy(),
        day=take(events.day, which),
        end=None if events.end is None else take(events.end, which),
        value=None if events.value is None else take(events.value, which),
    )


def _lay_over(events: Dated, more: Dated, dropped: Flags) -> Dated:
    """Events of two layers in order of person and day, without those of the first that are of people dropped; no answer
    rests on the order within a day."""
    order = np.empty(len(events.row) + len(more.row), np.int32)
    laid = order[: _merge(order, events.row, events.day, more.row, more.day, dropped)]
    return Dated(
        row=take(np.concatenate([events.row, more.row]), laid),
        day=take(np.concatenate([events.day, more.day]), laid),
        end=None if events.end is None or more.end is None else take(np.concatenate([events.end, more.end]), laid),
        value=None
        if events.value is None or more.value is None
        else take(np.concatenate([events.value, more.value]), laid),
    )


@compiled
def _merge(order: Rows, row: Rows, day: DayNumbers, other_row: Rows, other_day: DayNumbers, dropped: Flags) -> int:
    """Fill in the order of both, of which the second stands behind the first; how many stay."""
    at, other, found = 0, 0, 0
    while at < len(row) or other < len(other_row):
        if other == len(other_row) or (
            at < len(row)
            and (row[at] < other_row[other] or (row[at] == other_row[other] and day[at] <= other_day[other]))
        ):
            order[found] = at
            found += not dropped[row[at]]
            at += 1
        else:
            order[found] = len(row) + other
            found += 1
            other += 1
    return found


@compiled
def _set_found(
    chosen: Rows,
    place: Rows,
    asked: npt.NDArray[np.intp],
    rows: Rows,
    since: DayNumbers,
    of: Rows,
    day: DayNumbers,
    last: DayNumbers,
    in_order: bool,
) -> int:
    """asked: those of whom events are asked for.

    Look for the end of each row where the one before it ended, and then twice as far away each time: they may be
    few. From there go back to the first event asked for, where their last days are in order as their first ones are."""
    found, at = 0, 0
    for i in asked:
        high, step = at, 1
        while high < len(of) and of[high] <= rows[i]:
            at, high, step = high + 1, high + step, 2 * step
        high = min(high, len(of))
        while at < high:
            middle = (at + high) // 2
            if of[middle] <= rows[i]:
                at = middle + 1
            else:
                high = middle
        first = at
        while first > 0 and of[first - 1] == rows[i] and (not in_order or last[first - 1] >= since[i]):
            first -= 1
        for event in range(first, at):
            if day[event] >= since[i] or last[event] >= since[i]:
                chosen[found], place[found] = event, i
                found += 1
    return found
