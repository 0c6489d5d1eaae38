"""The events of code lists out of a table of events: each column read once for all lists of all programmes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.timeline.dated import ENDED, Dated, DayNumbers
from placewise.floor.timeline.picking import pick_events, take
from placewise.floor.vocabulary.code_lists import VALUED, CodeList
from placewise.floor.vocabulary.units import convert_values


def read_lists(shard: Path, lists: Sequence[CodeList], person_id: npt.NDArray[np.int64]) -> dict[str, Dated]:
    """Each list's events, by its name, from the tables of a shard folder. person_id: everybody's, sorted.

    Raises ValueError if a table is not sorted by person and date or holds a person who is not in person_id.
    """
    by_table: dict[str, list[CodeList]] = {}
    for each in lists:
        by_table.setdefault(each.domain, []).append(each)
    found: dict[str, Dated] = {}
    for domain, of_table in by_table.items():
        path = shard / f"{domain}.parquet"
        columns = ["person_id", "concept_id", "date"]
        columns += ["end_date"] if domain in ENDED else ["value", "unit_concept_id"] if domain in VALUED else []
        table = pq.read_table(path, columns=columns, use_threads=False)  # threads cost twice the processor time
        try:
            found |= pick_lists(table, of_table, person_id)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
    return found


def pick_lists(table: pa.Table, lists: Sequence[CodeList], person_id: npt.NDArray[np.int64]) -> dict[str, Dated]:
    """Each list's events from a table in memory. lists: of one domain. Raises ValueError as read_lists."""
    domain = lists[0].domain
    end = read_days(table["end_date"]) if domain in ENDED else None
    value = table["value"].to_numpy() if domain in VALUED else None
    unit = table["unit_concept_id"].to_numpy() if domain in VALUED else None
    person, day, concept = table["person_id"].to_numpy(), read_days(table["date"]), table["concept_id"].to_numpy()
    picked = pick_events(person_id, person, day, concept, [each.concept_ids for each in lists])
    return {
        each.name: Dated(
            row=events.row,
            day=events.day,
            end=None if end is None else take(end, events.position),
            value=None
            if value is None or unit is None
            else convert_values(take(value, events.position), take(unit, events.position), each.unit, each.quantity),
        )
        for each, events in zip(lists, picked, strict=True)
    }


def read_days(column: pa.ChunkedArray) -> DayNumbers:
    return column.cast(pa.int32()).to_numpy()
