"""One shard's people and their events, as arrays sorted by person and day.

`read_events` takes the code lists of all questions of all programmes: those that are prepared are mapped into memory,
and for the others each table is read once, its needed columns and concepts only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.dated import Dated, DayNumbers, Rows
from placewise.floor.timeline.layers import Layers, find_layers
from placewise.floor.timeline.people import People
from placewise.floor.timeline.picking import take
from placewise.floor.vocabulary.code_lists import CodeList


@dataclass(frozen=True, slots=True)
class Events:
    """The n people of one shard in the order of person_id.

    birth: months since January 1970 of the birth month; sex: index into SEXES; death: day of death or STILL;
    registrations: row, day and end (STILL where open); of: code list -> its events.
    """

    person_id: npt.NDArray[np.int64]
    birth: npt.NDArray[np.int32]
    sex: npt.NDArray[np.int8]
    death: DayNumbers
    registrations: Dated
    of: Mapping[str, Dated]

    @property
    def people(self) -> int:
        return len(self.person_id)


def read_events(shard: Path, names: Iterable[str], code_lists: Mapping[str, CodeList]) -> Events:
    """The people of a shard folder (intake/contract.py SHARD_TABLES) and the events of the named code lists.

    Raises KeyError for a name that is no code list, and ValueError if a table is not sorted by person and date or holds
    a person who is not in `person`: intake checks both, so it means the folder was changed.
    """
    layers, lists = Layers.read(find_layers(shard)), [code_lists[name] for name in sorted(set(names))]
    people = layers.build_people()
    return as_events(people, layers.read_lists(lists, people.person_id))


def as_events(people: People, of: Mapping[str, Dated]) -> Events:
    registered = people.registrations
    return Events(
        person_id=people.person_id,
        birth=people.birth,
        sex=people.sex,
        death=people.death,
        registrations=Dated(registered.row, registered.start, registered.end),
        of=of,
    )


def find_starts(ordered: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Where each distinct value of a sorted array begins."""
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(ordered) else np.zeros(0, int)


def pick_person(events: Events, person_id: int) -> Events | None:
    """The same with one person only, or None if they are not there."""
    found = np.flatnonzero(events.person_id == person_id)
    return pick_people(events, found) if len(found) else None


def pick_people(events: Events, chosen: npt.NDArray[np.integer]) -> Events:
    """The same with the people of these rows only, which rise."""
    rows = np.full(events.people, -1, np.int32)
    rows[chosen] = np.arange(len(chosen), dtype=np.int32)
    return Events(
        person_id=events.person_id[chosen],
        birth=events.birth[chosen],
        sex=events.sex[chosen],
        death=events.death[chosen],
        registrations=_pick_rows(events.registrations, rows),
        of={name: _pick_rows(dated, rows) for name, dated in events.of.items()},
    )


def _pick_rows(dated: Dated, rows: Rows) -> Dated:
    """rows: the new row of each, negative for those who are left out."""
    row = take(rows, dated.row)
    chosen = np.flatnonzero(row >= 0).astype(np.int32)
    return Dated(
        row=take(row, chosen),
        day=take(dated.day, chosen),
        end=None if dated.end is None else take(dated.end, chosen),
        value=None if dated.value is None else take(dated.value, chosen),
    )
