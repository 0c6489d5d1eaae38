"""Series that the verdicts on ambitions read: the `series` of a published.yaml, added up for the whole system.

They are no figures of their own: of a series only what a verdict tells is released, with the disclosure rule applied
unless the publisher released the counts themselves (`official`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from placewise.floor.faults import Fault, FaultsFound, refuse
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.yaml_file import read_lines, read_model
from placewise.gaps.ambitions.contract import Scale
from placewise.gaps.ambitions.periods import get_last_day
from placewise.gaps.ambitions.reading import Kind, Reading
from placewise.intake.contract import PublishedSource
from placewise.measures.contract import ALL
from placewise.publishing.added_up import AddedUp
from placewise.publishing.contract import SHOWN
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose
from placewise.publishing.figures import Figure, Grouping, Slug, Split

LEAST_OF_WHOLE = 0.99
"""Of the publisher's own total, in every period: a list that loses a common group counts less."""


class Series(BaseModel):
    """Counts of one source over its periods. share: of those in the denominator; rate: for one of the denominator;
    value: a plain number, and index: one of
    which no share says anything; neither is ever added up.

    split: the source's own split whose groups are kept apart; area_kind: areas of this kind are kept apart instead; by:
    the lookup that places the source's areas in this system. per, decimals, unit: how a value is written.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    source: Slug
    counts: str
    kind: Kind
    better: Literal["higher", "lower", "neither"]
    per: float = 1
    decimals: int = 1
    unit: str = ""
    split: str = ALL
    area_kind: Slug | Literal[""] = ""
    by: Slug | Literal[""] = ""
    groups: list[str] = Field(default_factory=list)
    """The groups of the split that are counted together, such as the substances of a list; at least LEAST_OF_WHOLE of
    what the publisher gives for all of them."""
    official: bool = True
    note: str = ""


class SeriesFile(BaseModel):
    """The file as verdicts see it: its other sections belong to intake and to official figures."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sources: dict[str, Any] = Field(default_factory=dict)
    groupings: dict[str, Grouping] = Field(default_factory=dict)
    series: dict[Slug, Series] = Field(default_factory=dict)


def read_series(path: Path) -> SeriesFile:
    """Raises FaultsFound with every mistake, a source that is not there among them."""
    read = read_model(path, SeriesFile)
    lines = read_lines(path)
    faults = [
        Fault(
            str(path),
            lines.line("series", name, key),
            f"there is no source called `{named}`",
            "correct the name, or declare it",
        )
        for name, each in read.series.items()
        for key, named in (("source", each.source), ("by", each.by))
        if named and named not in read.sources
    ]
    if faults:
        raise FaultsFound(faults)
    return read


def build_series(
    observations: Path, read: SeriesFile, hierarchy: Hierarchy, sources: Sequence[PublishedSource]
) -> dict[str, Reading]:
    """By name. A series of a file that is still awaited is left out."""
    titles = {each.source: each.title for each in sources}
    found = {}
    with AddedUp(observations, hierarchy, read.groupings) as book:
        for name, each in read.series.items():
            rows = _read(book, each, hierarchy)
            if len(rows):
                found[name] = _arrange(name, each, rows, titles.get(each.source, ""))
            if len(rows) and each.groups:
                whole = _arrange(name, each, _read(book, each.model_copy(update={"split": ALL}), hierarchy), "")
                check_volume(found[name], whole, each.groups)
                found[name] = replace(found[name].within(each.groups), of=whole.of)
    return found


def check_volume(reading: Reading, whole: Reading, groups: Sequence[str]) -> None:
    """Raises FaultsFound where the groups counted fall short of what the publisher gives for all, in any period.

    reading: by group; whole: of the same, not split.
    """
    if reading.periods != whole.periods:
        told = "the publisher's total is not given for every period of its groups, or for others"
        raise refuse(f"the series {reading.name}", told, "send the file whole")
    counted = reading.within(groups).number[0]
    missed = np.flatnonzero(counted < LEAST_OF_WHOLE * whole.number[0])
    if len(missed):
        period = int(missed[-1])
        left = [row for row, group in enumerate(reading.groups) if group not in groups]
        most = max(left, key=lambda row: reading.number[row, period], default=None)
        share = counted[period] / whole.number[0, period]
        beside = f"; the largest left out is {reading.groups[most]}" if most is not None else ""
        told = f"its groups hold {share:.0%} of the publisher's total in {reading.periods[period]}{beside}"
        raise refuse(f"the series {reading.name}", told, "add what its list has lost, or correct the list")


def _read(book: AddedUp, series: Series, hierarchy: Hierarchy) -> pa.Table:
    return book.add(_as_figure(series, hierarchy), series.by, "", _kind(series, hierarchy), series.split)


def get_shown(reading: Reading, rule: DisclosureRule) -> Reading:
    """What may be seen of a reading whose counts nobody has published: rounded, and NaN where it is hidden."""
    number, of = (np.nan_to_num(each).round().astype(np.int64) for each in (reading.number, reading.of))
    known = ~np.isnan(reading.number)
    seen = disclose(number, of if reading.kind == "share" else np.maximum(of, number), known, rule)
    shown = seen.state == STATES.index(SHOWN)
    numerator, denominator = (np.where(shown, each, np.nan) for each in (seen.numerator, seen.denominator))
    if reading.kind in ("value", "index"):
        return replace(reading, number=numerator)
    return replace(reading, number=numerator, of=denominator)


def _as_figure(series: Series, hierarchy: Hierarchy) -> Figure:
    """As the counts are added up: number over whatever denominator the publisher gives."""
    return Figure(
        title=series.title,
        unit="proportion",
        source=series.source,
        counts=series.counts,
        shown_as="ratio",
        areas=[_kind(series, hierarchy)],
        by=series.by,
        splits={series.split: Split(of=series.split)},
    )


def _kind(series: Series, hierarchy: Hierarchy) -> str:
    return series.area_kind or hierarchy.levels[0]


def _arrange(name: str, series: Series, rows: pa.Table, source: str) -> Reading:
    """The rows of a series as groups by periods, the periods in the order in which they end."""
    column = "area" if series.area_kind else "group"
    cells: Mapping[str, list[Any]] = {
        each: rows[each].to_pylist() for each in (column, "period", "numerator", "denominator")
    }
    try:
        periods = tuple(sorted(set(cells["period"]), key=lambda period: (get_last_day(period), period)))
    except ValueError as wrong:
        raise refuse(series.source, f"of the series {name}, {wrong}", "correct the file's periods") from None
    groups = tuple(sorted(set(cells[column])))
    place = [
        [groups.index(group) for group in cells[column]],
        [periods.index(period) for period in cells["period"]],
    ]
    number, of = (np.full((len(groups), len(periods)), np.nan) for _ in range(2))
    number[place[0], place[1]] = [np.nan if each is None else each for each in cells["numerator"]]
    of[place[0], place[1]] = [np.nan if each is None else each for each in cells["denominator"]]
    return Reading(
        name=name,
        title=series.title,
        kind=series.kind,
        better=series.better,
        scale=Scale(per=series.per, decimals=series.decimals, unit=series.unit),
        groups=groups,
        periods=periods,
        number=number,
        of=of,
        source=source,
    )
