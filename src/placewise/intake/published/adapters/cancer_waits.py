"""Cancer waiting times by provider and month (NHS England): patients seen within each standard, of all with it.

A row for a standard, provider and route: period, standard, route_or_stage, total, within_standard, after_standard. A
patient shared by two providers counts half for each, so counts come in halves, and are kept so.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict

from placewise.floor.faults import refuse
from placewise.intake.published.content import OTHER_EDITION, Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.months import get_months
from placewise.intake.published.reading import (
    Adapter,
    Area,
    Reading,
    check_area,
    check_once,
    get_observations,
    join_tables,
)

PERIOD, STANDARD, ROUTE = "period", "standard", "route_or_stage"
TOTAL, WITHIN, AFTER = "total", "within_standard", "after_standard"


class Standard(BaseModel):
    """The rows of one standard: those of all routes together, so that nobody counts twice."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    standard: str
    route: str


class CancerWaits(Adapter):
    area: Area
    standards: dict[str, Standard]
    """Indicator -> its rows: `within_28_days: {standard: 28-day, route: ALL ROUTES}`."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([*self.area.columns, PERIOD, STANDARD, ROUTE], [TOTAL, WITHIN, AFTER])
        check_area(content, self.area, table, unique=False)
        _check_counts(content, table)
        tables, kept = [], 0
        for indicator, wanted in self.standards.items():
            rows = table.filter(
                pc.and_(pc.equal(table[STANDARD], wanted.standard), pc.equal(table[ROUTE], wanted.route))
            )
            if not len(rows):
                fault = f"it has no rows of the standard {wanted.standard} and the route {wanted.route}"
                raise refuse(content.name, fault, OTHER_EDITION)
            tables.append(self._observe(source, content, indicator, rows))
            kept += len(rows)
        aside = len(table) - kept
        rejected = {"the row is of a standard or route that the deployment does not count": aside} if aside else {}
        return Reading(join_tables(tables), self.area.get_names(table), len(table), kept, rejected)

    def _observe(self, source: str, content: Content, indicator: str, rows: pa.Table) -> pa.Table:
        months = get_months(content, PERIOD, rows[PERIOD])
        check_once(content, rows[self.area.code], months)
        said: dict[str, Any] = {"area_kind": self.area.kind, "area": rows[self.area.code], "period": months}
        return get_observations(source, indicator=indicator, value=rows[WITHIN], denominator=rows[TOTAL], **said)


def _check_counts(content: Content, table: pa.Table) -> None:
    """Raises FaultsFound at the first row of counts that are no halves, or whose parts do not add up to the total."""
    total, within, after = (table[column].to_numpy() for column in (TOTAL, WITHIN, AFTER))
    halves = np.stack([total, within, after]) * 2
    if wrong := np.flatnonzero((halves != np.round(halves)).any(axis=0)).tolist():
        raise content.fault(wrong[0], "a count is neither whole nor a half")
    if wrong := np.flatnonzero(within + after != total).tolist():
        row = wrong[0]
        raise content.fault(row, f"{within[row]:g} within and {after[row]:g} after do not add up to {total[row]:g}")
