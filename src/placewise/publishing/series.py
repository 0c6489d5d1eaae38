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
from placewise.gaps.ambitions.reading import Reading
from placewise.intake.contract import PublishedSource
from placewise.measures.contract import ALL
from placewise.publishing.added_up import AddedUp
from placewise.publishing.contract import SHOWN
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose
from placewise.publishing.figures import Figure, Grouping, Slug, Split


class Series(BaseModel):
    """Counts of one source over its periods. share: of those in the denominator; rate: for one of the denominator;
    value: a plain number, which is never added up.

    split: the source's own split whose groups are kept apart; area_kind: areas of this kind are kept apart instead; by:
    the lookup that places the source's areas in this system. per, decimals, unit: how a value is written.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    source: Slug
    counts: str
    kind: Literal["share", "rate", "value"]
    better: Literal["higher", "lower", "neither"]
    per: float = 1
    decimals: int = 1
    unit: str = ""
    split: str = ALL
    area_kind: Slug | Literal[""] = ""
    by: Slug | Literal[""] = ""
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
            rows = book.add(_as_figure(each, hierarchy), each.by, "", _kind(each, hierarchy), each.split)
            if len(rows):
                found[name] = _arrange(name, each, rows, titles.get(each.source, ""))
    return found


def get_shown(reading: Reading, rule: DisclosureRule) -> Reading:
    """What may be seen of a reading whose counts nobody has published: rounded, and NaN where it is hidden."""
    number, of = (np.nan_to_num(each).round().astype(np.int64) for each in (reading.number, reading.of))
    known = ~np.isnan(reading.number)
    seen = disclose(number, of if reading.kind == "share" else np.maximum(of, number), known, rule)
    shown = seen.state == STATES.index(SHOWN)
    numerator, denominator = (np.where(shown, each, np.nan) for each in (seen.numerator, seen.denominator))
    if reading.kind == "value":
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
