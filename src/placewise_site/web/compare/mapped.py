"""What a map shows: each area with its figure and the one class it falls in, named in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from placewise_site.evidence.beside import Beside, get_beside
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.classes import get_fifths
from placewise_site.evidence.outlines import get_outlines, outline_kinds
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.residence import MIDDLE_AREA, RESIDENCE, SMALL_AREA
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import (
    amount_words,
    count_words,
    month_words,
    state_words,
    value_words,
)
from placewise_site.web.sources.published import why_missing

PEOPLE = "people"
FIFTHS = ("lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth")
"""Of what is published, or counted by home; our own measures stand beside the whole system instead."""
CLASSES = (*tuple(map(str, Beside))[:9], *FIFTHS, *tuple(map(str, Beside))[9:])
"""In the order of a legend."""


@dataclass(frozen=True, slots=True)
class MappedArea:
    """value: to sort by, None where missing; words: the figure as it is read; said: its class in words."""

    code: str
    name: str
    value: float | None
    words: str
    said: str
    counts: str = ""
    address: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """key: what the address calls it; about: what a figure is of; told: how classes came about, in a sentence."""

    key: str
    title: str
    about: str
    level: str
    areas: tuple[MappedArea, ...]
    told: str

    @property
    def classes(self) -> list[tuple[str, int]]:
        """Each class that some area falls in, and how many do."""
        said = [each.said for each in self.areas]
        return [(each, said.count(each)) for each in CLASSES if each in said]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """Each class and what the legend says of it: how many areas, and of a fifth from where to where."""
        return [(said, self._legend_words(said, count)) for said, count in self.classes]

    def _legend_words(self, said: str, count: int) -> str:
        if said not in FIFTHS:
            return f"{said} ({count})"
        inside = sorted((each for each in self.areas if each.said == said), key=lambda each: each.value or 0.0)
        return f"{said}: {inside[0].words} to {inside[-1].words} ({count})"

    @property
    def table(self) -> Table:
        counted = any(each.counts for each in self.areas)
        counts = (Column("counts", "Counts", is_number=True),) if counted else ()
        first = (Column("name", "Area"), Column("value", "Figure", is_number=True))
        columns = (*first, *counts, Column("said", "Class on the map"))
        return Table(columns, tuple(_row(each, counted=counted) for each in self.areas))


def mappable(sight: Sight) -> dict[str, list[tuple[str, str]]]:
    """What can be put on a map, as (key, title), under headings."""
    found: dict[str, list[tuple[str, str]]] = {}
    for card in sorted(sight.measures(), key=lambda each: each.programme_title):
        found.setdefault(card.programme_title, []).append((card.measure, card.title))
    drawn = set(outline_kinds(sight.release))
    figures = [
        (indicator, said["title"])
        for indicator, said in sight.indicators().items()
        if drawn & sight.published_kinds(indicator)
    ]
    if figures:
        found["Published figures"] = figures
    if _levels_of_people(sight):
        found["People"] = [(PEOPLE, "People registered, by where they live")]
    return found


def levels_of(sight: Sight, key: str) -> list[str]:
    """The levels or kinds of area by which a thing can be mapped."""
    drawn = outline_kinds(sight.release)
    if key == PEOPLE:
        return _levels_of_people(sight)
    if key in sight.manifest.indicators:
        return [kind for kind in drawn if kind in sight.published_kinds(key)]
    return [*(sight.levels[1:] or sight.levels), *(each for each in sight.residence_levels(key) if each in drawn)]


def years_of(sight: Sight, key: str, level: str) -> tuple[str, ...]:
    """The months at whose end a measure is told by where people live, newest first; none of anything else."""
    if level not in RESIDENCE or key == PEOPLE or key in sight.manifest.indicators:
        return ()
    return tuple(reversed(sight.release.ends_of_years(key, level)))


def ask_for_map(sight: Sight, measure: str, level: str, month: str) -> dict[str, str]:
    """What to ask the map for that shows a measure where people live, at the last year's end up to a month (YYYY-MM);
    nothing where no map does."""
    is_drawn = any(card.measure == measure for card in sight.measures()) and level in levels_of(sight, measure)
    years = [each for each in years_of(sight, measure, level) if each <= month] if is_drawn else []
    return {"what": measure, "level": level, "year": years[0]} if years else {}


def _levels_of_people(sight: Sight) -> list[str]:
    drawn = outline_kinds(sight.release)
    return [level for level in reversed(RESIDENCE) if level in drawn and sight.has_people_at(level)]


def kind_title(sight: Sight, kind: str) -> str:
    """A level of the system by its name; a kind of area outside it as the source of its outlines names it."""
    if kind in LIVED_IN:
        return LIVED_IN[kind]
    named = (each["title"] for each in sight.manifest.sources if each.get("source") == f"boundaries_{kind}")
    return sight.level_title(kind) if kind in sight.levels else next(named, sight.level_title(kind)).split(",")[0]


def read_mapped(sight: Sight, key: str, level: str, year: str = "") -> Mapped:
    """year: the month at whose end, of those of years_of; the newest without one. Raises NotReleased, and NotAllowed
    for practices."""
    if key == PEOPLE:
        return _people(sight, level)
    if key in sight.manifest.indicators:
        return _indicator(sight, key, level)
    return _measure(sight, key, level, year or next(iter(years_of(sight, key, level)), ""))


def _measure(sight: Sight, key: str, level: str, year: str) -> Mapped:
    card = sight.measure(key)
    by_home = level in RESIDENCE
    month = year or sight.release.months[-1 - card.settles_after]
    cells = sight.at_level(key, sight.whole.code, level, month)
    whole = sight.at_level(key, sight.whole.code, sight.whole.level, month)[0]
    said = [str(each) for each in get_beside(card.better, cells, whole)]
    areas = (_of_cell(cell, word) for cell, word in zip(cells, said, strict=True))
    about = f"{card.title}, {'by where people live, ' if by_home else ''}{month_words(month)}"
    told = f"{BY_WORD} {ONCE_A_YEAR}" if by_home else BY_WORD
    return Mapped(key, card.title, about, level, tuple(areas), told)


LIVED_IN = {MIDDLE_AREA: "Middle areas, where people live", SMALL_AREA: "Small areas, where people live"}
ONCE_A_YEAR = "Such figures are released once a year, of its last month, whichever practice people are registered with."
BY_WORD = "Each area stands beside the whole system: the words are those of the page of all measures."


def _of_cell(cell: Cell, said: str) -> MappedArea:
    words = value_words(cell.value, cell.scale) or said
    counts = f"{count_words(cell.numerator)} of {count_words(cell.denominator)}" if cell.numerator is not None else ""
    name = _name(cell.area_name, cell.area) if cell.level in RESIDENCE else cell.area_name
    return MappedArea(cell.area, name, cell.value, words, said, counts, cell.address)


def _indicator(sight: Sight, key: str, level: str) -> Mapped:
    said = sight.manifest.indicators[key]
    rows = sight.published(key, area_kind=level).to_pylist()
    if not rows:
        raise NotReleased(f"{said['title']} is not published by {level}")
    period = max(row["period"] for row in rows)
    split, group = min((row["split"], row["group"]) for row in rows if row["period"] == period)
    drawn = {each.area for each in get_outlines(sight.release, level)}
    rows = [row for row in rows if (row["period"], row["split"], row["group"]) == (period, split, group)]
    rows = [row for row in rows if row["area"] in drawn]
    words = _fifths([row["value"] for row in rows], [str(Beside.HIDDEN)] * len(rows))
    of = "" if split == "all" else f", {sight.group_title(split, group)}"
    areas = (_of_row(sight, row, word) for row, word in zip(rows, words, strict=True))
    return Mapped(key, said["title"], f"{said['title']}{of}, {period}", level, tuple(areas), AS_PUBLISHED)


AS_PUBLISHED = "Areas are put in five groups of the same number, by rank of the published figure."


def _of_row(sight: Sight, row: dict[str, Any], said: str) -> MappedArea:
    words = amount_words(row["value"], row["unit"]) if row["value"] is not None else why_missing(row)
    both = row["numerator"] is not None and row["denominator"] is not None
    counts = f"{count_words(row['numerator'])} of {count_words(row['denominator'])}" if both else ""
    return MappedArea(row["area"], row["area_name"], row["value"], words, said, counts, sight.published_address(row))


def _people(sight: Sight, level: str) -> Mapped:
    rows = sight.people_by_home(level)
    words = _fifths([row["people"] for row in rows], [str(Beside.HIDDEN)] * len(rows))
    areas = (
        MappedArea(
            row["area"],
            _name(str(sight.release.areas.get(row["area"], {}).get("name", row["area"])), row["area"]),
            row["people"],
            count_words(row["people"]) or state_words(row["state"]),
            said,
        )
        for row, said in zip(rows, words, strict=True)
    )
    about = f"People registered with a practice here, by where they live, {month_words(sight.last_month)}"
    return Mapped(PEOPLE, "People registered, by where they live", about, level, tuple(areas), BY_HOME)


BY_HOME = "By the area where people live, whichever practice they are registered with; five groups by rank."


def _name(name: str, code: str) -> str:
    """Small areas are known by their code too."""
    return name if name == code else f"{name} ({code})"


def _fifths(values: Sequence[float | None], missing: Sequence[str]) -> list[str]:
    fifths = get_fifths(values)
    return [
        missing[place] if value is None else FIFTHS[int(fifth) - 1] if not np.isnan(fifth) else str(Beside.NOT_COMPARED)
        for place, (value, fifth) in enumerate(zip(values, fifths, strict=True))
    ]


def _row(each: MappedArea, *, counted: bool) -> Row:
    counts = (Entry(each.counts, each.counts.replace(",", ""), each.counts or None),) if counted else ()
    entries = (
        words_entry(each.name),
        number_entry(each.words, each.value, each.words, each.address),
        *counts,
        words_entry(each.said),
    )
    return Row(each.name, entries, page=each.page)
