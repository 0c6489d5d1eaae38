"""One shard's people and their events, as arrays sorted by person and day.

`read_events` takes the code lists of all questions of all programmes: those that are prepared are mapped into memory,
and for the others each table is read once, its needed columns and concepts only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.timeline.dated import STILL, Dated, DayNumbers, Rows
from placewise.floor.timeline.picking import take
from placewise.floor.timeline.prepared import read_prepared
from placewise.floor.timeline.table_events import read_days, read_lists
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.people import SEXES


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
    person = pq.read_table(shard / "person.parquet")
    person_id = person["person_id"].to_numpy()
    death = np.full(len(person_id), STILL, np.int32)
    deaths = pq.read_table(shard / "death.parquet")
    np.minimum.at(death, _rows(deaths["person_id"], person_id, shard), read_days(deaths["date"]))
    registration = pq.read_table(shard / "registration.parquet", columns=["person_id", "start_date", "end_date"])
    lists = [code_lists[name] for name in sorted(set(names))]
    prepared = read_prepared(shard, lists)
    missing = [each for each in lists if each.name not in prepared]
    return Events(
        person_id=person_id,
        birth=(person["birth_year"].to_numpy().astype(np.int32) - 1970) * 12 + person["birth_month"].to_numpy() - 1,
        sex=_sex(person["sex"]),
        death=death,
        registrations=Dated(
            row=_rows(registration["person_id"], person_id, shard),
            day=read_days(registration["start_date"]),
            end=read_days(registration["end_date"].fill_null(pa.scalar(STILL, pa.int32()).cast(pa.date32()))),
        ),
        of=prepared | read_lists(shard, missing, person_id),
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


def _rows(column: pa.ChunkedArray, person_id: npt.NDArray[np.int64], where: Path) -> Rows:
    """Each person's row."""
    people = column.to_numpy()
    row = np.searchsorted(person_id, people)
    if np.any(np.append(person_id, -1)[row] != people):
        raise ValueError(f"{where} holds a person who is not in person.parquet")
    return row.astype(np.int32)


def _sex(column: pa.ChunkedArray) -> npt.NDArray[np.int8]:
    written = column.cast(pa.string())
    return pc.index_in(written, pa.array(SEXES)).to_numpy().astype(np.int8)
