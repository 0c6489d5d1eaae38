"""The official figures of a deployment's published.yaml: which counts are added up, to which areas, how they are shown.

`figures` add up one source's counts; `comparisons` put two figures side by side; `life_tables` turn deaths and people
into years expected; `unplaced` tells who a map leaves out.
An indicator is known by its key there and lives in RELEASED_PUBLISHED.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.yaml_file import read_lines, read_model
from placewise.measures.contract import ALL
from placewise.publishing.counterparts import Counterpart, CounterpartsFile, read_counterparts

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
Unit = Literal[
    "people", "households", "practices", "appointments", "attendances", "years", "index points", "proportion"
]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Standard(_Section):
    """The level that a figure is held against, in its own unit, and who set it."""

    value: float
    says: str


class Phase(_Section):
    """A month from which a series is another one, for a reason that is known: limits are calculated anew."""

    since: Month
    because: str
    areas: list[str] = Field(default_factory=list)
    """Codes of the areas it holds of; all, where none is named."""


class Indicator(_Section):
    """What every official figure says about itself.

    chart: control, a control chart by month for each area; funnel, areas by their size in one period; phases and
    standard are those of a control chart.
    """

    title: str
    unit: Unit
    better: Literal["higher", "lower", "neither"] = "neither"
    kind: Literal["counted", "estimated"] = "counted"
    note: str = ""
    counted: str = "People"
    """What a share or count is of, as a title: Attendances."""
    chart: Literal["", "control", "funnel"] = ""
    standard: Standard | None = None
    phases: list[Phase] = Field(default_factory=list)


class Split(_Section):
    """The groups of a split: those of the source's own split (`of`), or those a lookup places each area in (`by`).

    bands: the source's groups are single years of age, put in the bands of vocabulary/people.py; groups: the source's
    groups under each group shown. Groups of the source under none stay in the denominator of a share.
    only: where areas are joined (`by`), the source's groups (of the split `of`) that are counted, as a part of all its
    groups in the areas of one group: households with too few bedrooms among the households of each decile.
    """

    by: Slug | Literal[""] = ""
    of: str = ALL
    bands: Literal["", "life_course", "age_band"] = ""
    groups: dict[str, list[str]] = Field(default_factory=dict)
    only: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def check_only(self) -> "Split":
        if self.only and (not self.by or self.of == ALL):
            raise ValueError("`only` picks groups of a split where areas are joined; give both `by` and `of`")
        return self


class SamePeople(_Section):
    """Which of our own counts an official figure tells, so that nothing is hidden beside it in vain.

    measure: it counts those whom this measure counts, or everyone registered (`people`); months: by period of the
    publisher, the month (YYYY-MM) at whose end they were counted; of: whether its denominator too is the measure's;
    within: how far the two may lie apart, as a share of what is published.
    """

    measure: Slug
    months: dict[str, Month]
    of: bool = True
    within: float = Field(default=0.0, ge=0, lt=1)


class Figure(Indicator):
    """shown_as count: the counts added up; share: as a part of the area's whole over all groups of the split; ratio:
    over the denominator the publisher gives with each count.

    areas: kinds of area to show; by: the lookup that places the source's areas in them (one, or one a period), none
    where the source's areas are those shown; periods: all of the source's where none is named.
    official: False for council and other open data that are no official statistics: the deployment's whole disclosure
    rule then applies.
    """

    source: Slug
    counts: str
    """The indicator among the source's observations."""
    shown_as: Literal["count", "share", "ratio"]
    areas: list[Slug]
    by: Slug | Literal[""] | dict[str, Slug] = ""
    periods: list[str] = Field(default_factory=list)
    splits: dict[Slug, Split] = Field(default_factory=lambda: {ALL: Split()})
    official: bool = True
    same_as: SamePeople | None = None
    completeness: Slug | Literal[""] = ""
    """The figure that says how much of this one is known, by the same areas and periods."""

    @model_validator(mode="after")
    def check_unit(self) -> "Figure":
        if (self.unit == "proportion") == (self.shown_as == "count"):
            raise ValueError(
                "a count has a unit of things and the others are proportions; correct the unit or shown_as"
            )
        return self

    @model_validator(mode="after")
    def check_same(self) -> "Figure":
        if self.same_as and not self.official:
            raise ValueError("only an official figure is shown as it is; leave out same_as, or official: false")
        return self

    @property
    def lookups(self) -> dict[str, str]:
        """Period -> the lookup that places the areas then; the period "" stands for all those of the figure."""
        if isinstance(self.by, str):
            return {"": self.by}
        return {period: by for period, by in self.by.items() if not self.periods or period in self.periods}


class Side(_Section):
    """One figure in one period, or its months from `period` to `until` added up."""

    figure: str
    period: str
    until: Month | Literal[""] = ""
    split: Slug = ALL
    group: str = ALL

    @property
    def months(self) -> list[str]:
        """Every month of it, January first; none where it is one period of the publisher's."""
        if not self.until:
            return []
        span = np.arange(np.datetime64(self.period, "M"), np.datetime64(self.until, "M") + 1)
        return sorted((str(month) for month in span), key=lambda month: month[5:])

    @property
    def words(self) -> str:
        return f"{self.period} to {self.until}" if self.until else self.period


class Comparison(Indicator):
    """How far one figure exceeds another: numerator the difference, denominator the other, by area.

    Of months, each stands beside the same calendar month of the other, and the difference has an interval.
    """

    excess_of: Side
    over: Side
    areas: list[Slug]

    @model_validator(mode="after")
    def check_months(self) -> "Comparison":
        later, earlier = ([month[5:] for month in side.months] for side in (self.excess_of, self.over))
        if later != earlier:
            raise ValueError("the two sides are not of the same calendar months; correct period and until")
        return self


class Counts(_Section):
    source: Slug
    counts: str


class LifeTable(Indicator):
    """Years expected at birth, by sex: a life table of deaths and people by year of age, some years added up.

    last_band: the age from which on all are one band. Numerator the deaths, denominator the years lived.
    """

    unit: Literal["years"]
    deaths: Counts
    population: Counts
    years: int = Field(ge=1)
    last_band: int = Field(ge=85)
    beside: Slug | Literal[""] = ""
    """The figure that holds the same as its publisher worked it out, for the page to show beside it."""
    areas: list[Slug]


class Unplaced(Indicator):
    """The areas of a source that one lookup places in this system and another leaves out, with their people.

    The people are the denominators of the source's counts. Shown for each area itself and for those the first lookup
    places it in.
    """

    source: str
    counts: str
    period: str
    placed_by: Slug
    left_out_by: Slug
    areas: list[Slug]


class Grouping(_Section):
    """Areas taken together that no lookup names."""

    kind: Slug
    name: str
    of: Slug
    members: list[str]


class SplitTitle(_Section):
    title: str
    groups: dict[str, str] = Field(default_factory=dict)


class OfficialFigures(BaseModel):
    """published.yaml as the room that publishes sees it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: dict[Slug, Any]
    boundaries: Any = None
    groupings: dict[Slug, Grouping] = Field(default_factory=dict)
    counterparts: dict[Slug, CounterpartsFile] = Field(default_factory=dict)
    """Kind of area -> the list of all the bodies of that kind, ours among them."""
    splits: dict[Slug, SplitTitle] = Field(default_factory=dict)
    figures: dict[Slug, Figure] = Field(default_factory=dict)
    comparisons: dict[Slug, Comparison] = Field(default_factory=dict)
    life_tables: dict[Slug, LifeTable] = Field(default_factory=dict)
    unplaced: dict[Slug, Unplaced] = Field(default_factory=dict)
    series: Any = None
    """What verdicts on ambitions read: see series.py."""

    _listed: dict[str, tuple[Counterpart, ...]] = PrivateAttr(default_factory=dict)

    @property
    def listed(self) -> dict[str, tuple[Counterpart, ...]]:
        """Kind of area -> the counterparts, as their files list them."""
        return self._listed

    @property
    def indicators(self) -> dict[str, Indicator]:
        return {**self.figures, **self.comparisons, **self.life_tables, **self.unplaced}

    @property
    def exact(self) -> list[str]:
        """The figures whose counts are as published, not rounded."""
        return [name for name, figure in self.figures.items() if figure.official]


def read_official_figures(path: Path) -> OfficialFigures:
    """Raises FaultsFound with every mistake in the file, a name of something that is not there among them."""
    read = read_model(path, OfficialFigures)
    if unknown := list(_find_unknown(read)):
        lines = read_lines(path)
        told = ((lines.line(*keys), f"there is no {what} called `{name}`") for keys, what, name in unknown)
        raise FaultsFound([Fault(str(path), line, fault, "correct the name, or declare it") for line, fault in told])
    for kind, each in read.counterparts.items():
        read.listed[kind] = read_counterparts(path.parent / each.file)
    return read


def get_indicator_cards(figures: OfficialFigures) -> dict[str, dict[str, Any]]:
    """ReleaseManifest.indicators: indicator -> title, unit, better, kind, note, chart, standard, phases, rank (its
    place in published.yaml), exact (whether its counts are as published, not rounded), baseline (the period it is
    compared with, where it is), beside (the figure that holds the same as published), the ids of its files
    where it counts people whom a measure of ours counts, same_as; where another tells how much of it is known,
    completeness; and where it is of ours and its counterparts, who these are."""
    said = set(Indicator.model_fields)
    return {
        name: {
            **indicator.model_dump(include=said),
            "rank": rank,
            "exact": name in figures.exact,
            "baseline": indicator.over.words if isinstance(indicator, Comparison) else "",
            "beside": indicator.beside if isinstance(indicator, LifeTable) else "",
            "sources": _get_sources(figures, name),
            **_get_same(indicator),
            **_get_completeness(indicator),
            **_get_counterparts(figures, indicator),
        }
        for rank, (name, indicator) in enumerate(figures.indicators.items())
    }


def _get_same(indicator: Indicator) -> dict[str, Any]:
    if not isinstance(indicator, Figure) or not indicator.same_as:
        return {}
    same = indicator.same_as.model_dump()
    return {"same_as": same | {"of": same["of"] and indicator.shown_as == "ratio"}}


def _get_completeness(indicator: Indicator) -> dict[str, Any]:
    return {"completeness": indicator.completeness} if isinstance(indicator, Figure) and indicator.completeness else {}


def _get_counterparts(figures: OfficialFigures, indicator: Indicator) -> dict[str, Any]:
    """counterparts: kind (of area), title (of one), where, ours (a code), names (by code), source, as_of (YYYY-MM)."""
    areas = indicator.areas if isinstance(indicator, Figure) else []
    for kind in figures.listed.keys() & set(areas):
        listed = figures.listed[kind]
        [ours] = [each for each in listed if each.is_ours]
        said = figures.counterparts[kind].model_dump(include={"title", "where"})
        names = {each.code: each.name for each in listed}
        said |= {"kind": kind, "ours": ours.code, "names": names, "source": ours.source, "as_of": ours.as_of}
        return {"counterparts": said}
    return {}


def _get_sources(figures: OfficialFigures, name: str) -> list[str]:
    each = figures.indicators[name]
    if isinstance(each, Comparison):
        found = [*_get_sources(figures, each.excess_of.figure), *_get_sources(figures, each.over.figure)]
    elif isinstance(each, LifeTable):
        found = [each.deaths.source, each.population.source]
    elif isinstance(each, Unplaced):
        found = [each.source, each.placed_by, each.left_out_by]
    else:
        assert isinstance(each, Figure)
        found = [each.source, *each.lookups.values(), *(split.by for split in each.splits.values())]
    return [source for source in dict.fromkeys(found) if source]


def _find_unknown(read: OfficialFigures) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Where a name stands, what it should name, and the name."""
    named: list[tuple[tuple[str, ...], str, str]] = []
    for name, figure in read.figures.items():
        at = ("figures", name)
        named.append(((*at, "source"), "source", figure.source))
        named += [((*at, "by"), "source", lookup) for lookup in figure.lookups.values()]
        named += [((*at, "splits", split), "source", each.by) for split, each in figure.splits.items()]
        named.append(((*at, "completeness"), "figure", figure.completeness))
    for name, compared in read.comparisons.items():
        sides = {"excess_of": compared.excess_of, "over": compared.over}
        named += [(("comparisons", name, key), "figure", side.figure) for key, side in sides.items()]
    for name, table in read.life_tables.items():
        counted = {"deaths": table.deaths, "population": table.population}
        named += [(("life_tables", name, key), "source", counts.source) for key, counts in counted.items()]
        named.append((("life_tables", name, "beside"), "figure", table.beside))
    for name, left in read.unplaced.items():
        keys = ("source", "placed_by", "left_out_by")
        named += [(("unplaced", name, key), "source", getattr(left, key)) for key in keys]
    known = {"source": read.sources, "figure": read.figures}
    yield from (each for each in named if each[2] and each[2] not in known[each[1]])
