"""What stands out, as it may leave: the words of a finding, and in its sentence released numbers alone.

A finding was made of exact counts. It is released only where no figure it speaks of is hidden, so that its word tells
nothing of a hidden cell, and the numbers in its sentence are those that anybody may read in the same release.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.encoding import get_codes
from placewise.floor.statistics.slope_index import get_slope_index
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.gaps.clusters import LONGEST
from placewise.gaps.comparison import Asked, Key, compare_findings, get_key
from placewise.gaps.contract import Finding, Kind, Standing, Verdict, read_word
from placewise.gaps.counted import DEPRIVATION, FIFTHS
from placewise.measures.contract import ALL
from placewise.measures.residence import Homes
from placewise.publishing.contract import HIDDEN, RELEASED_FINDINGS, SHOWN, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import disclose
from placewise.publishing.release import Release, open_standing

GONE = "Found in the release before this one, and no longer."
YEAR = 12

Address = tuple[str, str, str, str, str]
"""Measure, area, split, group and month."""


class Figure(NamedTuple):
    """What a release says of an address: how many it is of, and the value, each NaN where it says none."""

    people: float
    value: float
    state: str


class Figures:
    """The figures of a release that findings speak of. tables: gives a measure's RELEASED_MEASURE; top: the system's
    code; areas_shown: a measure and how many months -> the areas where people live whose count in them the rule lets be
    seen, since only one month a year is."""

    def __init__(
        self,
        cards: Iterable[MeasureCard],
        tables: Callable[[str], pa.Table],
        top: str,
        areas_shown: Callable[[str, int], Collection[str]],
    ) -> None:
        self.cards = {card.measure: card for card in cards}
        self._top, self._areas_shown = top, cache(areas_shown)
        self._by_month = cache(lambda measure: _FiguresByMonth.of(tables(measure)))
        self._figures = cache(lambda measure, month: self._by_month(measure).get_figures(month))

    def tell(self, finding: Finding) -> str | None:
        """The finding's sentence, with the figures it speaks of where there are any; None where one is hidden."""
        if finding.level in RESIDENCE:
            months = LONGEST if finding.kind == Kind.CLUSTER else 1
            released = self._find((finding.measure, finding.area, ALL, ALL, finding.month))
            is_hidden = released is not None and released.state == HIDDEN
            may_be_told = not is_hidden and finding.area in self._areas_shown(finding.measure, months)
            return finding.told if may_be_told else None
        asked = list(self._iter_asked(finding))
        figures = [self._find(address) for address in asked]
        if any(each and each.state == HIDDEN for each in (*figures, *map(self._find, self._iter_years(finding)))):
            return None
        shown = [each for each in figures if each and each.state == SHOWN and not isnan(each.value)]
        if not asked or len(shown) < len(asked):
            return finding.told
        if finding.kind == Kind.INEQUALITY:
            return f"{finding.told} {_tell_gap(shown)}"
        card = self.cards[asked[0][0]]
        beside, here = (_tell_value(card, each.value) for each in shown)
        if finding.kind in (Kind.OUTLIER, Kind.CASE_MIX):
            return f"{finding.told} {here} here, {beside} in all together."
        before, now = (f"{date.fromisoformat(f'{address[4]}-01'):%B %Y}" for address in asked)
        of = "Measured: " if finding.kind == Kind.FALLING else ""
        return f"{finding.told} {of}{here} in {now}, {beside} in {before}."

    def _iter_asked(self, finding: Finding) -> Iterator[Address]:
        """What a finding is compared with, and then itself; of a gap the fifths."""
        measure, area, month = finding.measure, finding.area, finding.month
        back = {Kind.FASTEST: 2 * YEAR, Kind.JUMP: 1}.get(finding.kind, YEAR)
        if finding.word == Verdict.SUSTAINED:
            back = 2 * YEAR
        match finding.kind:
            case Kind.INEQUALITY:
                yield from ((measure, area, DEPRIVATION, fifth, month) for fifth in FIFTHS)
            case Kind.VARIATION:
                yield from ()
            case Kind.OUTLIER | Kind.CASE_MIX:
                yield from ((measure, each, ALL, ALL, month) for each in (self._top, area))
            case _:
                of = self.cards[measure].completeness if finding.kind == Kind.FALLING else measure
                earlier = str(np.datetime64(month, "M") - back)
                yield from ((of, area, ALL, ALL, each) for each in (earlier, month))

    def _iter_years(self, finding: Finding) -> Iterator[Address]:
        """All that a change is judged by, besides what its sentence says: the same month of four years."""
        if finding.kind in (Kind.CHANGE, Kind.FASTEST):
            for years in range(4):
                month = str(np.datetime64(finding.month, "M") - years * YEAR)
                yield finding.measure, finding.area, ALL, ALL, month

    def _find(self, address: Address) -> Figure | None:
        measure, *where, month = address
        return self._figures(measure, month).get(tuple(where))


def build_released_findings(findings: Sequence[Finding], figures: Figures, previous: Release | None) -> pa.Table:
    """RELEASED_FINDINGS: those that may leave, each as it stands to the findings of the release before.

    findings: of the build; what is gone from them is left out, since a release tells what is gone from releases.
    """
    told = {
        replace(finding, standing=Standing.FIRST, before=""): sentence
        for finding in findings
        if finding.standing != Standing.GONE and finding.measure in figures.cards
        for sentence in [figures.tell(finding)]
        if sentence is not None
    }
    before, first_told, asked_before = _read_previous(previous)
    asked = {(card.measure, card.version) for card in figures.cards.values()}
    rows = [
        {
            "level": each.level,
            "area": each.area,
            "measure": each.measure,
            "kind": each.kind,
            "word": each.word,
            "month": each.month,
            "sentence": told.get(replace(each, standing=Standing.FIRST, before=""), GONE),
            "standing": each.standing,
            "before": each.before,
            "first_told": first_told[get_key(each)] if each.standing == Standing.KEPT else None,
        }
        for each in compare_findings(tuple(told), before, asked, asked_before)
    ]
    return pa.Table.from_pylist(rows, schema=RELEASED_FINDINGS)


def find_areas_shown(homes: Homes | None, rule: DisclosureRule, measure: str, months: int) -> frozenset[str]:
    """The areas where people live of which the rule lets be seen what a measure counts in the newest months, all added
    up."""
    if homes is None or not homes.counts(measure):
        return frozenset()
    shown: set[str] = set()
    for level in homes.levels:
        cells = homes.get_cells(measure, level)
        met, of = (each[:, 0, -months:].sum(axis=1) for each in (cells.numerator, cells.denominator))
        reported = np.asarray(cells.reported[:, 0, -months:].all(axis=1))
        shown.update(np.array(cells.areas)[disclose(met, of, reported, rule, sensitive=True).shown].tolist())
    return frozenset(shown)


def find_previous(store: Path, deployment: str, build: str) -> Release | None:
    """The release of another build that was in force last, of this deployment: what has changed is told beside it."""
    for release in open_standing(store):
        if release.manifest.deployment == deployment and release.manifest.build != build:
            return release
    return None


def find_first_day(release: Release) -> date:
    """The day on which a release of the same build was made first, of those that stand: what they tell is the same, so
    that a second release of a build starts nobody's days anew."""
    store, said = release.folder.parent.parent, release.manifest
    same = (each.manifest.made_on for each in open_standing(store) if each.manifest.build == said.build)
    return min(datetime.fromisoformat(each).date() for each in (said.made_on, *same))


def _read_previous(previous: Release | None) -> tuple[list[Finding], dict[Key, date], Collection[Asked]]:
    """What the release before told, for each since which day, and the measures it looked at."""
    if previous is None or not previous.tells_findings:
        return [], {}, ()
    versions = {card.measure: card.version for card in previous.manifest.measures}
    first_day = find_first_day(previous)
    found, since = [], {}
    for row in previous.findings().to_pylist():
        finding = Finding(
            measure=row["measure"],
            version=versions[row["measure"]],
            level=row["level"],
            area=row["area"],
            kind=Kind(row["kind"]),
            word=read_word(row["word"]),
            month=row["month"],
            told=row["sentence"],
            standing=Standing(row["standing"]),
        )
        found.append(finding)
        since[get_key(finding)] = row["first_told"] or first_day
    return found, since, versions.items()


@dataclass(frozen=True, slots=True)
class _FiguresByMonth:
    """The rows of everybody and of the deprivation fifths, month after month. months: of each row, rising; columns:
    area, split, group, denominator, value and state of each row."""

    months: npt.NDArray[np.datetime64]
    columns: Sequence[npt.NDArray[Any]]

    @classmethod
    def of(cls, table: pa.Table) -> "_FiguresByMonth":
        """table: RELEASED_MEASURE."""
        codes, splits = get_codes(table["split"])
        is_asked = np.array([split in (ALL, DEPRIVATION) for split in splits], bool)
        rows = np.flatnonzero(is_asked[codes])
        months = table["month"].to_numpy()[rows].astype("datetime64[M]")
        order = np.argsort(months, kind="stable")
        rows = rows[order]
        columns = [_decode(table[name], rows) for name in ("area", "split", "group")]
        columns += [table[name].to_numpy()[rows] for name in ("denominator", "value")]
        return cls(months[order], [*columns, _decode(table["state"], rows)])

    def get_figures(self, month: str) -> dict[tuple[str, ...], Figure]:
        """Of one month, by area, split and group."""
        first, end = np.searchsorted(self.months, np.datetime64(month, "M") + np.arange(2))
        *where, people, values, states = (column[first:end].tolist() for column in self.columns)
        return dict(zip(zip(*where, strict=True), map(Figure, people, values, states), strict=True))


def _decode(column: pa.ChunkedArray, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.object_]:
    codes, words = get_codes(column)
    return np.array(words, object)[codes[rows]]


def _tell_value(card: MeasureCard, value: float) -> str:
    if card.statistic == "proportion":
        return f"{value * 100:.1f}%"
    unit = f"per {card.per:,}" if card.statistic == "rate" else card.value_unit
    return f"{value:,.{card.decimals}f} {unit}".rstrip()


def _tell_gap(fifths: Sequence[Figure]) -> str:
    """The slope index with its interval, from the shares that are shown: the least less the most deprived end."""
    share, people = (
        np.array(each, dtype=np.float64) for each in zip(*((of.value, of.people) for of in fifths), strict=True)
    )
    slope = get_slope_index(share, np.sqrt(share * (1 - share) / people), people).slope
    points, lower, upper = (f"{100 * float(each[0]):+.1f}" for each in (slope.value, slope.lower, slope.upper))
    return (
        f"From the most to the least deprived end of the people here: {points} percentage points "
        f"(slope index, 95% interval {lower} to {upper})."
    )
