"""A release, opened read-only: the one door through which pages, API, files and charts see numbers.

Months are written YYYY-MM. Every table comes back in the columns of contract.py, sorted as the release is. What the
release does not hold raises NotReleased, whose text may be shown to the reader.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.folders import current
from placewise.intake.contract import BOUNDARIES
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE
from placewise.publishing.ambition_claims import find_ambition_claim
from placewise.publishing.contract import (
    MEASURES_FOLDER,
    PEERS_FILE,
    POPULATION_FILE,
    PUBLISHED_FILE,
    RELEASED_BOUNDARIES_FILE,
    RELEASED_FINDINGS,
    RELEASED_FINDINGS_FILE,
    RELEASED_RESIDENCE,
    RELEASES,
    RESIDENCE_FILE,
    Claim,
    ClaimAddress,
    MeasureCard,
    ReleaseManifest,
)
from placewise.publishing.in_force import Withdrawal, find_in_force_on, find_withdrawals, get_standing, release_names
from placewise.publishing.manifest import read_manifest
from placewise.publishing.release_claims import build_measure_claim, build_people_claim, build_published_claim

_CACHED_LEVELS = 48  # a measure at one level is some 10 MB for 2.4 million people, far less in a demo


class NotReleased(LookupError):
    """The release holds no such measure, area, split, group or month: one sentence."""


class Withdrawn(NotReleased):
    """The release was withdrawn, and nothing of it is shown."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(withdrawal.told)
        self.withdrawal = withdrawal


@dataclass(frozen=True, slots=True)
class _Level:
    """A measure at one level: its rows, and where each area's rows of a split and group begin and end."""

    table: pa.Table
    spans: dict[tuple[str, str, str], tuple[int, int]]
    split: npt.NDArray[np.int32]
    month: npt.NDArray[np.int32]


class Release:
    """One release. Cheap to open; tables are read when asked for and the latest kept in memory; safe among threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: ReleaseManifest = read_manifest(folder)
        self._level: Callable[[str, str], _Level] = lru_cache(maxsize=_CACHED_LEVELS)(self._read_level)
        self._indicator: Callable[[str], pa.Table] = lru_cache(maxsize=_CACHED_LEVELS)(self._read_indicator)

    def __repr__(self) -> str:
        return f"Release({self.manifest.release})"

    @cached_property
    def months(self) -> tuple[str, ...]:
        """Every month of the release, oldest first; none where it holds published figures only."""
        first, last = self.manifest.first_month, self.manifest.last_month
        if first is None or last is None:
            return ()
        span = np.arange(np.datetime64(first, "M"), np.datetime64(last, "M") + 1)
        return tuple(str(month) for month in span)

    @cached_property
    def _cards(self) -> dict[str, MeasureCard]:
        return {card.measure: card for card in self.manifest.measures}

    def measure(self, measure: str) -> MeasureCard:
        if measure not in self._cards:
            raise NotReleased(f"this release has no measure called {measure}")
        return self._cards[measure]

    def trend(self, measure: str, area: str, split: str = ALL, group: str = ALL) -> pa.Table:
        """One area's rows of one group, a row a month, oldest first."""
        level = self._level(measure, self._level_of(area))
        span = level.spans.get((area, split, group))
        if span is None:
            raise NotReleased(f"this release does not show {measure} of {area} by {split}, {group}")
        return level.table.slice(span[0], span[1] - span[0])

    def at_month(self, measure: str, level: str, month: str, split: str = ALL) -> pa.Table:
        """Every area of a level and every group of a split in one month."""
        held = self._level(measure, level)
        words = held.table["split"].chunk(0).dictionary.to_pylist()
        code = words.index(split) if split in words else -1
        rows = np.flatnonzero((held.split == code) & (held.month == _month_number(month)))
        if not len(rows):
            raise NotReleased(f"this release does not show {measure} by {split} at the level {level} in {month}")
        return held.table.take(rows)

    def ends_of_years(self, measure: str, level: str) -> tuple[str, ...]:
        """The months of a measure at a level of where people live, which is once a year; none where it has no such."""
        try:
            held = self._level(measure, level)
        except NotReleased:
            return ()
        return tuple(str(np.datetime64(int(month), "M")) for month in np.unique(held.month))

    def groups(self, measure: str, area: str, month: str, split: str) -> pa.Table:
        """The groups of a split in one area and month, in the order to show."""
        held = self._level(measure, self._level_of(area))
        spans = [span for group in self._groups_of(split) if (span := held.spans.get((area, split, group)))]
        if not spans:
            raise NotReleased(f"this release does not show {measure} of {area} by {split}")
        rows = np.concatenate([np.arange(*span) for span in spans])
        return held.table.take(rows[held.month[rows] == _month_number(month)])

    def population(self, area: str, split: str = ALL) -> pa.Table:
        """The registered people of an area at the last month, a row a group, in the order to show."""
        table = self._population
        rows = table.filter(pc.and_(pc.equal(table["area"], area), pc.equal(table["split"], split)))
        if not rows.num_rows:
            raise NotReleased(f"this release does not show the people of {area} by {split}")
        return rows

    def peers(self, area: str) -> tuple[str, ...]:
        """The areas of its level most alike an area, the most alike first; none in a release from before they were."""
        if not (self.folder / PEERS_FILE).is_file():
            return ()
        table = self._peers.filter(pc.equal(self._peers["area"], area)).sort_by("rank")
        return tuple(table["peer"].to_pylist())

    def people_at(self, level: str) -> pa.Table:
        """The registered people of every area of a level, small areas too, at the last month."""
        table = self._population
        rows = table.filter(pc.and_(pc.equal(table["level"], level), pc.equal(table["split"], ALL)))
        if not rows.num_rows:
            raise NotReleased(f"this release does not show people at the level {level}")
        return rows

    @cached_property
    def residence(self) -> pa.Table:
        """The areas where people live (RELEASED_RESIDENCE); no rows of a release that does not tell them."""
        path = self.folder / RESIDENCE_FILE
        return pq.read_table(path) if path.is_file() else RELEASED_RESIDENCE.empty_table()

    @cached_property
    def areas(self) -> dict[str, dict[str, Any]]:
        """Those of the manifest, and those where people live."""
        return self.manifest.areas | tell_residence(self.residence)

    @cached_property
    def boundaries(self) -> pa.Table:
        """The outlines of areas, in the columns of intake/contract.py; no rows where the system was given none."""
        path = self.folder / RELEASED_BOUNDARIES_FILE
        return pq.read_table(path).unify_dictionaries() if path.is_file() else BOUNDARIES.empty_table()

    def published(self, indicator: str, **filters: str | list[str]) -> pa.Table:
        """Published figures of an indicator, narrowed by column: `published("rtt", area="RR8", split="all")`.

        A list keeps any of its values. Raises NotReleased for an unknown indicator; no rows if the filters match none.
        """
        if indicator not in self.manifest.indicators:
            raise NotReleased(f"this release has no published indicator called {indicator}")
        table = self._indicator(indicator)
        for column, wanted in filters.items():
            values = [wanted] if isinstance(wanted, str) else list(wanted)
            table = table.filter(pc.is_in(table[column].cast(pa.string()), value_set=pa.array(values, pa.string())))
        return table

    @property
    def tells_findings(self) -> bool:
        """Whether it was made when releases told what stands out."""
        return (self.folder / RELEASED_FINDINGS_FILE).is_file()

    def findings(self) -> pa.Table:
        """What stands out (RELEASED_FINDINGS); no rows of a release that tells none."""
        path = self.folder / RELEASED_FINDINGS_FILE
        return pq.read_table(path) if self.tells_findings else RELEASED_FINDINGS.empty_table()

    def claim(self, address: ClaimAddress) -> Claim:
        """The figure at an address of this release: a measure's, the measure `people`, a published indicator's, or one
        that a verdict on an ambition rests on.

        Raises NotReleased where nothing stands there. A hidden cell has a claim, with its numbers null.
        """
        if address.release != self.manifest.release:
            raise NotReleased(f"{address} belongs to another release than {self.manifest.release}")
        if address.measure in self.manifest.indicators:
            return self._published_claim(address)
        if address.measure == PEOPLE:
            return self._people_claim(address)
        if found := find_ambition_claim(self.manifest, address):
            return found
        return self._measure_claim(address)

    def _measure_claim(self, address: ClaimAddress) -> Claim:
        card = self.measure(address.measure)
        rows = self.trend(address.measure, address.area, address.split, address.group)
        row = _only_row(rows.filter(pc.equal(pc.strftime(rows["month"], "%Y-%m"), address.period)), address)
        return build_measure_claim(self.manifest, address, card, row, self._name_of(address.area))

    def _people_claim(self, address: ClaimAddress) -> Claim:
        if address.period != self.manifest.last_month:
            raise NotReleased(
                f"this release counts people in {self.manifest.last_month} only, and not in {address.period}"
            )
        rows = self.population(address.area, address.split)
        row = _only_row(rows.filter(pc.equal(rows["group"], address.group)), address)
        return build_people_claim(self.manifest, address, row, self._name_of(address.area))

    def _published_claim(self, address: ClaimAddress) -> Claim:
        rows = self.published(
            address.measure, area=address.area, period=address.period, split=address.split, group=address.group
        )
        return build_published_claim(self.manifest, address, _only_row(rows, address))

    @cached_property
    def _population(self) -> pa.Table:
        return pq.read_table(self.folder / POPULATION_FILE).unify_dictionaries()

    @cached_property
    def _peers(self) -> pa.Table:
        return pq.read_table(self.folder / PEERS_FILE).unify_dictionaries()

    @cached_property
    def _published(self) -> pa.Table:
        return pq.read_table(self.folder / PUBLISHED_FILE).unify_dictionaries()

    def _read_indicator(self, indicator: str) -> pa.Table:
        return self._published.filter(pc.equal(self._published["indicator"], indicator))

    def _groups_of(self, split: str) -> list[str]:
        if split not in self.manifest.splits:
            raise NotReleased(f"this release has no split called {split}")
        return [each["group"] for each in self.manifest.splits[split]["groups"]]

    def _level_of(self, area: str) -> str:
        level = self.areas.get(area, {}).get("level")
        if not level:
            raise NotReleased(f"this release counts nobody by {area}")
        return level

    def _name_of(self, area: str) -> str:
        return str(self.areas.get(area, {}).get("name", area))

    def _read_level(self, measure: str, level: str) -> _Level:
        self.measure(measure)
        file = pq.ParquetFile(self.folder / MEASURES_FOLDER / f"{measure}.parquet")
        wanted = [place for place in range(file.num_row_groups) if _level_of_row_group(file, place) == level]
        if not wanted:
            raise NotReleased(f"this release does not show {measure} at the level {level}")
        table = file.read_row_groups(wanted).combine_chunks()
        codes = [table[name].chunk(0).indices.to_numpy() for name in ("area", "split", "group")]
        words = [table[name].chunk(0).dictionary.to_pylist() for name in ("area", "split", "group")]
        changes = np.any([np.diff(each) != 0 for each in codes], axis=0)
        starts = np.concatenate([[0], np.flatnonzero(changes) + 1])
        stops = np.append(starts[1:], table.num_rows)
        names = [[word[code] for code in each[starts].tolist()] for word, each in zip(words, codes, strict=True)]
        spans = dict(zip(zip(*names, strict=True), zip(starts.tolist(), stops.tolist(), strict=True), strict=True))
        months = table["month"].cast(pa.int32()).to_numpy().astype("datetime64[D]").astype("datetime64[M]")
        return _Level(table, spans, codes[1], months.astype(np.int32))


def tell_residence(residence: pa.Table) -> dict[str, dict[str, Any]]:
    """RELEASED_RESIDENCE in the way the manifest tells areas, each with its fifth of deprivation."""
    rows = residence.to_pylist()
    return {row["area"]: row | {"kind": row["level"], "reported": True} for row in rows}


def open_release(folder: Path) -> Release:
    """Raises FaultsFound where the folder holds no release, and Withdrawn where it holds one that was withdrawn."""
    store, name = folder.parent.parent, folder.name
    if withdrawal := find_withdrawals(store).get(name):
        raise Withdrawn(withdrawal)
    return open_for_audit(folder)


def open_for_audit(folder: Path) -> Release:
    """A release, also one that was withdrawn, since people have seen it: for an attack and for protection alone."""
    return Release(folder)


def open_current(store: Path) -> Release | None:
    """The release in force, or None before the first."""
    folder = current(store / RELEASES)
    return open_release(folder) if folder else None


def open_standing(store: Path) -> Iterator[Release]:
    """The releases that are not withdrawn, the one in force first, each opened when asked for."""
    return (Release(store / RELEASES / name) for name in get_standing(store))


def open_seen(store: Path) -> Iterator[Release]:
    """Every release that was ever in force, withdrawn ones too, the newest first: people have seen them."""
    return (open_for_audit(store / RELEASES / name) for name in release_names(store))


def open_as_of(store: Path, day: date) -> Release | None:
    """The release in force at the end of a day (UTC), as it was; None if there was none yet.

    Raises Withdrawn where it was withdrawn since: a view of the past tells that, and never the content.
    """
    name = find_in_force_on(store, day)
    return open_release(store / RELEASES / name) if name else None


def _level_of_row_group(file: pq.ParquetFile, place: int) -> str | None:
    """A row group holds one level, and its statistics name it."""
    statistics = file.metadata.row_group(place).column(0).statistics
    return statistics.min if statistics and statistics.has_min_max else None


def _month_number(month: str) -> int:
    try:
        return int(np.datetime64(month, "M").astype(np.int64))
    except ValueError:
        raise NotReleased(f"{month} is not a month as in 2026-03") from None


def _only_row(rows: pa.Table, address: ClaimAddress) -> dict[str, Any]:
    if rows.num_rows != 1:
        raise NotReleased(f"nothing stands at {address}")
    row: dict[str, Any] = rows.to_pylist()[0]
    return row
