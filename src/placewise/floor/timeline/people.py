"""The people of one shard as its tables tell of them: who they are, where they were registered and where they lived."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.timeline.dated import STILL, DayNumbers, Rows
from placewise.floor.timeline.table_events import read_days
from placewise.floor.vocabulary.people import ETHNIC_GROUPS, SEXES

PEOPLE_TABLES = ("person", "registration", "residence", "death")


@dataclass(frozen=True, slots=True)
class DatedStays:
    """Stays of people somewhere, in order of person. row: of the person; start, end: first and last day (STILL where
    open); where: a place in `names`, which are the codes of practices or small areas."""

    row: Rows
    start: DayNumbers
    end: DayNumbers
    where: npt.NDArray[np.int32]
    names: npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class People:
    """The n people of one shard in the order of person_id.

    birth: months since January 1970 of the birth month; sex: index into SEXES; ethnicity: into ETHNIC_GROUPS; death:
    day of death or STILL.
    """

    person_id: npt.NDArray[np.int64]
    birth: npt.NDArray[np.int32]
    sex: npt.NDArray[np.int8]
    ethnicity: npt.NDArray[np.int8]
    death: DayNumbers
    registrations: DatedStays
    residences: DatedStays


def read_people(shard: Path) -> People:
    """The people of a shard folder (intake/contract.py SHARD_TABLES). Raises ValueError for somebody who is not in
    person.parquet: intake checks it, so it means the folder was changed."""
    person = pq.read_table(shard / "person.parquet", use_threads=False)
    person_id = person["person_id"].to_numpy()
    death = np.full(len(person_id), STILL, np.int32)
    deaths = pq.read_table(shard / "death.parquet", use_threads=False)
    np.minimum.at(death, _rows(deaths["person_id"], person_id, shard), read_days(deaths["date"]))
    return People(
        person_id=person_id,
        birth=(person["birth_year"].to_numpy().astype(np.int32) - 1970) * 12 + person["birth_month"].to_numpy() - 1,
        sex=_places(person["sex"], SEXES),
        ethnicity=_places(person["ethnicity"], ETHNIC_GROUPS),
        death=death,
        registrations=_read_stays(shard, "registration", "practice", person_id),
        residences=_read_stays(shard, "residence", "small_area", person_id),
    )


def _read_stays(shard: Path, table: str, column: str, person_id: npt.NDArray[np.int64]) -> DatedStays:
    columns = ["person_id", column, "start_date", "end_date"]
    read = pq.read_table(shard / f"{table}.parquet", columns=columns, use_threads=False)
    where = read[column].cast(pa.string()).combine_chunks().dictionary_encode()
    return DatedStays(
        row=_rows(read["person_id"], person_id, shard),
        start=read_days(read["start_date"]),
        end=read["end_date"].cast(pa.int32()).fill_null(STILL).to_numpy(),
        where=where.indices.to_numpy(),
        names=np.array(where.dictionary.to_pylist(), np.str_),
    )


def _rows(column: pa.ChunkedArray, person_id: npt.NDArray[np.int64], where: Path) -> Rows:
    """Each person's row."""
    people = column.to_numpy()
    row = np.searchsorted(person_id, people)
    if np.any(np.append(person_id, -1)[row] != people):
        raise ValueError(f"{where} holds a person who is not in person.parquet")
    return row.astype(np.int32)


def _places(column: pa.ChunkedArray, words: tuple[str, ...]) -> npt.NDArray[np.int8]:
    return pc.index_in(column.cast(pa.string()), pa.array(words)).to_numpy().astype(np.int8)
