"""A published indicator as monthly series: a control chart of one area, and where every area stands in a table."""

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from placewise_site.evidence.releases import NotReleased, Release
from placewise_site.evidence.scale import SHARE, Scale
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.ambition import Ambition
from placewise_site.web.figures.control_chart import Break, Method, control_chart
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.points import NotDrawn, Point, Subject
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import NOT_REPORTED_WORDS, month_words, value_heading, value_number
from placewise_site.web.sources.published import as_published_words, why_missing

CONTROL = "control"
KEY = "control-chart"
ALL = "all"


def is_series(sight: Sight, indicator: str) -> bool:
    return sight.manifest.indicators[indicator].get("chart") == CONTROL


def series_areas(sight: Sight, indicator: str) -> dict[str, str]:
    """Code -> name of each area with a series: those of several together first, then by name."""
    rows = sight.published(indicator, split=ALL).to_pylist()
    kinds = {row["area"]: (row["area_kind"], row["area_name"]) for row in rows}
    single = {each["kind"] for each in sight.manifest.areas.values()}
    return {area: kinds[area][1] for area in sorted(kinds, key=lambda area: (kinds[area][0] in single, kinds[area][1]))}


def series_chart(sight: Sight, indicator: str, area: str) -> Figure:
    """The control chart of an area. Raises NotReleased where there is none, and NotDrawn where it is too short.

    An XmR chart, as Making Data Count has it: with tens of thousands of attendances a month the limits of chance alone
    would be too near to say anything.
    """
    return _make(_Asked(sight, sight.release, indicator, area))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What decides a chart: the release, since everybody sees what is published."""

    sight: Sight = field(compare=False)
    release: Release
    indicator: str
    area: str


@lru_cache(maxsize=256)
def _make(asked: _Asked) -> Figure:
    """Kept, since a page of waits reads each trust's, and a release never changes."""
    sight, indicator, area = asked.sight, asked.indicator, asked.area
    rows = {row["period"]: row for row in sight.published(indicator, area=area, split=ALL).to_pylist()}
    if not rows:
        raise NotReleased(f"nothing is published of {indicator} for {area}")
    said = sight.manifest.indicators[indicator]
    scale = series_scale(said)
    months = _months(min(rows), max(rows))
    name = next(iter(rows.values()))["area_name"]
    return control_chart(
        Subject(
            title=said["title"],
            where=name,
            scale=scale,
            better=said["better"],
            ambition=_standard(said, scale),
            notes=_not_reported(rows, months),
            counts=as_published_words(sight),
        ),
        [_point(sight, rows.get(month), month) for month in months],
        method=Method.XMR,
        breaks=_breaks(said, area),
        key=KEY,
    )


def series_table(sight: Sight, indicator: str, page_of: Callable[[str], str]) -> Table:
    """Where each area stands in its latest month: value, month, and what the rules and the standard say of it."""
    scale = series_scale(sight.manifest.indicators[indicator])
    columns = (
        Column("area", "Area"),
        Column("value", value_heading(scale), is_number=True),
        Column("month", "Latest month"),
        Column("variation", "Variation"),
        *((Column("assurance", "Standard"),) if sight.manifest.indicators[indicator].get("standard") else ()),
    )
    areas = series_areas(sight, indicator)
    return Table(columns, tuple(_standing(sight, indicator, area, scale, areas, page_of(area)) for area in areas))


def series_scale(said: Mapping[str, Any]) -> Scale:
    """A share stays one; a count becomes one a day, since months differ in their days."""
    counted = said.get("counted", "People")
    if said["unit"] == SHARE:
        return Scale(of_people=False, counted=counted)
    return Scale(statistic=counted.lower(), unit="a day", decimals=0, of_people=False, counted=counted, among="Days")


def _standing(sight: Sight, indicator: str, area: str, scale: Scale, areas: Mapping[str, str], page: str) -> Row:
    rows = sight.published(indicator, area=area, split=ALL).to_pylist()
    latest = max(rows, key=lambda row: row["period"])
    try:
        words = [sign.words.partition(": ")[2].capitalize() for sign in series_chart(sight, indicator, area).signs]
    except NotDrawn as reason:
        words = [str(reason), ""] if sight.manifest.indicators[indicator].get("standard") else [str(reason)]
    point = _point(sight, latest, latest["period"])
    entries = (
        words_entry(areas[area]),
        number_entry(value_number(point.value, scale), point.value, point.missing, point.address),
        words_entry(point.name),
        *(words_entry(each) for each in words),
    )
    return Row(areas[area], entries, page=page)


def _point(sight: Sight, row: Mapping[str, Any] | None, month: str) -> Point:
    name, when = month_words(month), _last_day(month)
    if row is None:
        return Point(name=name, value=None, missing=NOT_REPORTED_WORDS, when=when)
    value, numerator, denominator = row["value"], row["numerator"], row["denominator"]
    if row["unit"] != SHARE:
        denominator = float(when.day)
        value = None if numerator is None else numerator / denominator
    return Point(
        name=name,
        value=value,
        numerator=numerator,
        denominator=denominator,
        missing="" if value is not None else why_missing(dict(row)),
        when=when,
        address=sight.published_address(row),
    )


def _not_reported(rows: Mapping[str, Mapping[str, Any]], months: Sequence[str]) -> tuple[str, ...]:
    missing = [month for month in months if month not in rows or rows[month]["value"] is None]
    if not missing:
        return ()
    since, until = month_words(missing[0]), month_words(missing[-1])
    which = f"{since} was" if len(missing) == 1 else f"{len(missing)} months from {since} to {until} were"
    return (f"{which} not reported: a gap, and neither 0% nor 100%.",)


def _standard(said: Mapping[str, Any], scale: Scale) -> Ambition | None:
    standard = said.get("standard")
    return Ambition(standard["value"], "", standard["says"], scale) if standard else None


def _breaks(said: Mapping[str, Any], area: str) -> list[Break]:
    return [
        Break(date.fromisoformat(f"{each['since']}-01"), f"{month_words(each['since'])}, {each['because']}")
        for each in said.get("phases") or ()
        if not each["areas"] or area in each["areas"]
    ]


def _months(first: str, last: str) -> list[str]:
    """Every month from first to last, as YYYY-MM."""
    numbers = [12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last)]
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in range(numbers[0], numbers[1] + 1)]


def _last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])
