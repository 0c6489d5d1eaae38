"""The latest that is recorded of each of some people up to a day, as numbers and as words."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.language.comparison import RECORDED, Comparison
from placewise.floor.language.nodes import Reading
from placewise.floor.timeline.events import Dated, Events
from placewise.floor.timeline.readings import DayValues, keys_of
from placewise.floor.vocabulary.code_lists import CodeList

NEVER = np.iinfo(np.int32).min
"""The day of what was never recorded."""

Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Latest:
    """day: since 1970, or NEVER; values: of that day, one array a part of the reading, NaN where there is none."""

    day: npt.NDArray[np.int32]
    values: tuple[npt.NDArray[np.float64], ...] = ()


def get_latest(code_list: CodeList, events: Events, rows: Rows, last_day: int) -> Latest:
    """What a code list says of each person: the latest value, or the day of the latest event or issue of a medicine."""
    if code_list.domain == "measurement":
        return get_latest_reading(events, Reading(((code_list.name, Comparison(RECORDED)),)), rows, last_day)
    return get_latest_event(events.of[code_list.name], rows, last_day)


def get_latest_event(dated: Dated, rows: Rows, last_day: int) -> Latest:
    """The latest event of each person. rows: of the people in Events."""
    return Latest(_day(keys_of(dated), rows, last_day)[1])


def get_latest_reading(events: Events, reading: Reading, rows: Rows, last_day: int) -> Latest:
    """The latest day on which all parts have a value, and the lowest of each part's values of that day.

    The lowest is what general practice reports where several blood pressures of a day are recorded.
    """
    parts = [DayValues.of(events.of[codes]) for codes, _ in reading.parts]
    shared = parts[0].key
    for part in parts[1:]:
        shared = np.intersect1d(shared, part.key, assume_unique=True)
    position, day = _day(shared, rows, last_day)
    values = []
    for part in parts:
        lowest = np.minimum.reduceat(part.value, part.first) if len(part.first) else part.value
        of_shared = lowest[np.searchsorted(part.key, shared)]
        values.append(np.where(position >= 0, np.append(of_shared, np.nan)[position], np.nan))
    return Latest(day, tuple(values))


def _day(keys: npt.NDArray[np.int64], rows: Rows, last_day: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """For each person the position of their last key up to last_day, -1 where they have none, and its day."""
    wanted = (rows.astype(np.int64) << 32) + (last_day + (1 << 31))
    position = np.searchsorted(keys, wanted, side="right") - 1
    found = (position >= 0) & (np.append(keys, -1)[position] >> 32 == rows)
    position = np.where(found, position, -1)
    day = np.where(found, (np.append(keys, 0)[position] & 0xFFFFFFFF) - (1 << 31), NEVER)
    return position, day.astype(np.int32)


def date_words(day: npt.NDArray[np.int32]) -> pa.Array:
    """3 Feb 2026; null where it was never."""
    dates: Any = pa.array(day, mask=day == NEVER).cast(pa.date32())
    return pc.utf8_ltrim(pc.strftime(dates, format="%d %b %Y"), characters="0")


def number_words(value: npt.NDArray[np.float64]) -> pa.Array:
    """4, 7.5; null where there is none."""
    distinct, place = np.unique(value, return_inverse=True)
    words = pa.array([None if np.isnan(each) else f"{each:g}" for each in distinct], pa.string())
    return words.take(place)
