"""Referral to treatment waiting times, full extract (NHS England): people waiting by trust, commissioner and specialty.

The extract has a row for each provider, commissioner, part and treatment function, and a column for each week waited
("Gt 00 To 01 Weeks" to "Gt 103 To 104 Weeks", then "Gt 104 Weeks"). Read are the incomplete pathways (Part_2): those
still waiting at the month's end. The treatment function C_999 is the total of the others, so its rows are set aside,
after checking that they are.

Each row counts once for its provider and once for its commissioner, so the file gives both margins, as NHS England
publishes both. A commissioner with no parent board (specialised commissioning; NONC, commissioned by nobody in England)
counts under `not_recorded`, so that every margin adds up to the whole list.
"""

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.faults import refuse
from placewise.intake.contract import NOT_RECORDED
from placewise.intake.published.content import OTHER_EDITION, Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.months import get_months
from placewise.intake.published.reading import Adapter, Area, Reading, get_names, get_observations, join_tables

PERIOD, PART, FUNCTION, FUNCTION_NAME, TOTAL = (
    "Period", "RTT Part Type", "Treatment Function Code", "Treatment Function Name", "Total All",
)  # fmt: skip
INCOMPLETE, ALL_FUNCTIONS = "Part_2", "C_999"
SPLIT = "treatment_function"
STANDARD_WEEKS, LONG_WEEKS = 18, 52
"""The 18-week standard, and the year beyond which NHS England counts long waits."""

WEEK = re.compile(r"Gt (\d+) (?:To (\d+) )?Weeks SUM 1")


class ReferralToTreatment(Adapter):
    areas: list[Area]
    """The columns to count by: provider, commissioner, commissioner's parent, each by the deployment's kind of area."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        weeks = {each: int(found[1]) for each in content.columns if (found := WEEK.fullmatch(each))}
        if list(weeks.values()) != list(range(LONG_WEEKS * 2 + 1)):
            raise refuse(content.name, "its week columns do not run from 0 to beyond 104", OTHER_EDITION)
        text = [PERIOD, PART, FUNCTION, FUNCTION_NAME, *(each for area in self.areas for each in area.columns)]
        table = content.table(text, [*weeks, TOTAL])
        waiting = table.filter(pc.equal(table[PART], INCOMPLETE))
        if not len(waiting):
            raise refuse(content.name, f"it holds no incomplete pathways ({INCOMPLETE})", OTHER_EDITION)
        is_total = pc.equal(waiting[FUNCTION], ALL_FUNCTIONS)
        _check_totals(content, table, waiting, is_total, list(weeks))
        kept = waiting.filter(pc.invert(is_total))
        counts = _count(kept, weeks)
        tables = [_by_area(source, content, area, counts) for area in self.areas]
        names = pa.concat_tables(area.get_names(kept) for area in self.areas)
        functions = get_names(SPLIT, kept[FUNCTION], kept[FUNCTION_NAME])
        aside = {
            f"the row is not an incomplete pathway ({INCOMPLETE})": len(table) - len(waiting),
            f"the row is the total ({ALL_FUNCTIONS}) of rows that are kept": len(waiting) - len(kept),
        }
        return Reading(
            join_tables(tables),
            pa.concat_tables([names.filter(pc.field("code") != ""), functions]),
            len(table),
            len(kept),
            {reason: rows for reason, rows in aside.items() if rows},
        )


def _count(kept: pa.Table, weeks: dict[str, int]) -> pa.Table:
    """The rows kept, with people waiting, those within the standard and those waiting long, in place of the weeks."""
    by_week = np.stack([kept[column].fill_null(0).to_numpy() for column in weeks], axis=1)
    started = np.array(list(weeks.values()))
    table = kept.drop_columns([*weeks, TOTAL])
    return (
        table.append_column("waiting", kept[TOTAL])
        .append_column("within", pa.array(by_week[:, started < STANDARD_WEEKS].sum(axis=1)))
        .append_column("long", pa.array(by_week[:, started >= LONG_WEEKS].sum(axis=1)))
    )


def _by_area(source: str, content: Content, area: Area, counts: pa.Table) -> pa.Table:
    code = pc.if_else(pc.equal(counts[area.code], ""), NOT_RECORDED, counts[area.code])
    counts = counts.set_column(counts.column_names.index(area.code), area.code, code)
    tables = []
    for split, keys in (("all", []), (SPLIT, [FUNCTION])):
        added = counts.group_by([PERIOD, area.code, *keys], use_threads=False).aggregate(
            [("waiting", "sum"), ("within", "sum"), ("long", "sum")]
        )
        said: dict[str, Any] = {
            "area_kind": area.kind,
            "area": added[area.code],
            "period": get_months(content, PERIOD, pc.replace_substring(added[PERIOD], "RTT-", "")),
            "split": split,
            "group": added[FUNCTION] if keys else "all",
        }
        waiting = added["waiting_sum"]
        tables += [
            get_observations(source, indicator="rtt_waiting", value=waiting, **said),
            get_observations(
                source, indicator="rtt_within_18_weeks", value=added["within_sum"], denominator=waiting, **said
            ),
            get_observations(
                source, indicator="rtt_over_52_weeks", value=added["long_sum"], denominator=waiting, **said
            ),
        ]
    return join_tables(tables)


def _check_totals(
    content: Content, table: pa.Table, waiting: pa.Table, is_total: pa.ChunkedArray, weeks: list[str]
) -> None:
    """Raises FaultsFound where a row's weeks do not add up to its total, or C_999 is not the total of the others."""
    added = np.stack([waiting[column].fill_null(0).to_numpy() for column in weeks]).sum(axis=0)
    total = waiting[TOTAL].fill_null(0).to_numpy()
    if wrong := np.flatnonzero(added != total).tolist():
        row = np.flatnonzero(pc.equal(table[PART], INCOMPLETE).to_numpy())[wrong[0]]
        fault = f"the weeks add up to {added[wrong[0]]:.0f} and the column {TOTAL} says {total[wrong[0]]:.0f}"
        raise content.fault(int(row), fault)
    of_all = is_total.to_numpy()
    if total[of_all].sum() != total[~of_all].sum():
        fault = (
            f"{total[of_all].sum():.0f} people wait under {ALL_FUNCTIONS}, the total, "
            f"and {total[~of_all].sum():.0f} under the treatment functions"
        )
        raise refuse(content.name, fault, OTHER_EDITION)
