"""Attendances at emergency departments by provider and month, and how many were over within four hours (NHS England).

MonthlyAttendances reads the monthly provider file: a row a provider and month, and a column for each type of
department, booked appointments apart. AttendancesByType reads the layout of NHSRdatasets, a row a provider, month and
type, of the years before appointments could be booked. Both give `attendances`, with the split `department_type`, and
`within_4_hours`, of all attendances.

Providers that tried other standards published 0 attendances over four hours for as long as the trial lasted. That is
nothing reported, and reads as 100% where it is not told: `not_reported` declares who and until when, and a count that
contradicts the declaration is a fault. A month that looks like one and is not declared is a fault too.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict, Field

from placewise.floor.faults import listed, refuse
from placewise.floor.statistics.unreported import find_unreported
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.months import get_months
from placewise.intake.published.reading import (
    Adapter,
    Area,
    Reading,
    check_area,
    check_once,
    cycle_words,
    get_observations,
    join_tables,
    repeat_words,
)

ATTENDANCES, WITHIN, SPLIT = "attendances", "within_4_hours", "department_type"
TYPES = ("type_1", "type_2", "other")
TOTAL = "Total"

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
MAJOR = 1000
"""Attendances of type 1 in a month from which a department is too large to have nobody over four hours."""

_BOOKED = ("Booked Appointments Type 1", "Booked Appointments Type 2", "Booked Appointments Other Department")
CAME = tuple(f"A&E attendances {each}" for each in ("Type 1", "Type 2", "Other A&E Department", *_BOOKED))
OVER = tuple(f"Attendances over 4hrs {each}" for each in ("Type 1", "Type 2", "Other Department", *_BOOKED))


class NotReported(BaseModel):
    """Providers whose 0 attendances over four hours mean that they did not report, up to and with a month."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    providers: list[str]
    until: str = Field(pattern=r"^\d{4}-\d{2}$")
    because: str


class MonthlyAttendances(Adapter):
    area: Area
    month: str
    month_prefix: str = ""
    """What stands before the month in a file as NHS England releases it: MSitAE-."""
    not_reported: list[NotReported] = Field(default_factory=list)

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([*self.area.columns, self.month], [*CAME, *OVER])
        kept = table.filter(pc.not_equal(table[self.area.code], TOTAL))
        check_area(content, self.area, kept, unique=False)
        words = pc.replace_substring(kept[self.month], self.month_prefix, "") if self.month_prefix else kept[self.month]
        months = get_months(content, self.month, words)
        came, over = _by_type(kept, CAME), _by_type(kept, OVER).sum(axis=1)
        codes = kept[self.area.code]
        check_once(content, codes, months)
        blank = self._find_declared(content, codes, months, over)
        _check_undeclared(content, codes, months, np.where(blank, 0, came[:, 0]), over)
        aside = len(table) - len(kept)
        return Reading(
            _observe(source, self.area, codes, months, came, over, blank),
            self.area.get_names(kept),
            len(table),
            len(kept),
            {"the row is the total of rows that are kept": aside} if aside else {},
        )

    def _find_declared(
        self, content: Content, codes: pa.ChunkedArray, months: pa.ChunkedArray, over: Floats
    ) -> Booleans:
        """bool[row]: nothing was reported, as declared."""
        blank = np.zeros(len(codes), dtype=np.bool_)
        for each in self.not_reported:
            until = pc.less_equal(months, each.until)
            blank |= pc.and_(pc.is_in(codes, value_set=pa.array(each.providers, pa.string())), until).to_numpy()
        if wrong := np.flatnonzero(blank & (over > 0)).tolist():
            fault = (
                f"{codes[wrong[0]].as_py()} is declared not to have reported until {months[wrong[0]].as_py()}, "
                f"and {over[wrong[0]]:.0f} attendances over four hours are published"
            )
            raise refuse(content.name, fault, "correct not_reported in published.yaml")
        return blank


class AttendancesByType(Adapter):
    area: Area
    month: str
    type: str
    attendances: str
    breaches: str
    types: dict[str, str]
    """type_1, type_2, other -> the file's words for them."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([*self.area.columns, self.month, self.type], [self.attendances, self.breaches])
        check_area(content, self.area, table, unique=False)
        place = pc.index_in(table[self.type], value_set=pa.array([self.types[each] for each in TYPES], pa.string()))
        if (row := pc.index(pc.is_null(place), True).as_py()) >= 0:
            raise content.fault(row, f"the column {self.type} holds `{table[self.type][row].as_py()}`, no type we know")
        table = table.append_column("month", get_months(content, self.month, table[self.month]))
        places = place.to_numpy()
        for number, name in enumerate(TYPES):
            counted = pc.if_else(pa.array(places == number), table[self.attendances], 0.0)
            table = table.append_column(name, counted)
        sums = [(name, "sum") for name in (*TYPES, self.breaches)]
        added = table.group_by([self.area.code, "month"], use_threads=False).aggregate(sums)
        came = np.stack([added[f"{name}_sum"].to_numpy() for name in TYPES], axis=1)
        over = added[f"{self.breaches}_sum"].to_numpy()
        observed = _observe(
            source, self.area, added[self.area.code], added["month"], came, over, np.zeros(len(added), dtype=np.bool_)
        )
        return Reading(observed, self.area.get_names(table), len(table), len(table))


def _by_type(table: pa.Table, columns: tuple[str, ...]) -> Floats:
    """float64[row, type]: booked appointments with their department; an empty cell counts nobody."""
    counts = np.stack([table[column].fill_null(0).to_numpy() for column in columns], axis=1)
    return counts[:, : len(TYPES)] + counts[:, len(TYPES) :]


def _check_undeclared(
    content: Content, codes: pa.ChunkedArray, months: pa.ChunkedArray, came: Floats, over: Floats
) -> None:
    """Raises FaultsFound where a large department had nobody over four hours in a month that is not declared."""
    units, unit = np.unique(codes.to_numpy(), return_inverse=True)
    named, month = np.unique(months.to_numpy(), return_inverse=True)
    counts, exposure = np.zeros((2, len(units), len(named)), dtype=np.int64)
    large = came > MAJOR
    counts[unit[large], month[large]], exposure[unit[large], month[large]] = over[large], came[large]
    found = find_unreported(counts, exposure)
    if found.any():
        where = [f"{units[each]} in {named[at]}" for each, at in np.argwhere(found)[:3]]
        fault = f"nobody was over four hours at {listed(where)}, which cannot be a count"
        raise refuse(content.name, fault, "declare it under not_reported in published.yaml")


def _observe(
    source: str,
    area: Area,
    codes: pa.ChunkedArray,
    months: pa.ChunkedArray,
    came: Floats,
    over: Floats,
    blank: Booleans,
) -> pa.Table:
    said: dict[str, Any] = {"source": source, "area_kind": area.kind}
    every = came.sum(axis=1)
    within = pa.array(every - over, mask=blank)
    by_type = get_observations(
        **said,
        indicator=ATTENDANCES,
        area=repeat_words(codes, len(TYPES)),
        period=pa.chunked_array([repeat_words(months, len(TYPES)).cast(pa.string())]),
        split=SPLIT,
        group=cycle_words(TYPES, len(codes)),
        value=came.ravel(),
    )
    said |= {"area": codes, "period": months}
    return join_tables(
        [
            get_observations(**said, indicator=ATTENDANCES, value=every),
            by_type,
            get_observations(**said, indicator=WITHIN, value=within, denominator=every),
        ]
    )
