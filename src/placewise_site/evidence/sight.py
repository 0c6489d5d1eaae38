"""A release as one person may see it: the one computation behind pages, charts, files and the API.

The levels run from the system down. Somebody without a role sees none lower than the level above practice, whichever
way they ask: by level, by area or by a claim's address.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

import pyarrow as pa

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE
from placewise.publishing.case_finding import Expectation, Unprotected, get_expectations, get_unprotected
from placewise.publishing.contract import HIDDEN, CaseFinding, Claim, ClaimAddress, MeasureCard, SeriesCard
from placewise.publishing.growth import Growth, find_changed_measures, find_growth
from placewise.publishing.release import NotReleased, Release
from placewise.publishing.stated import Dispute, StatedCount, find_disputes, get_stated
from placewise_site.evidence.areas import PRACTICES_ARE_CLOSED, Area, NotAllowed, SeenAreas
from placewise_site.evidence.cells import NOT_COMPLETE, Cell, PeopleCell
from placewise_site.evidence.scale import scale_of


class Sight(SeenAreas):
    """Raises NotReleased for what the release does not hold and NotAllowed for what this person may not see."""

    @property
    def last_month(self) -> str:
        """Raises NotReleased where the release holds published figures only."""
        if self.manifest.last_month is None:
            raise NotReleased("this release holds published figures only")
        return self.manifest.last_month

    def series(self) -> tuple[SeriesCard, ...]:
        """The published figures that programmes rest on."""
        return self.manifest.series

    def measures(self) -> tuple[MeasureCard, ...]:
        return self.manifest.measures

    def measure(self, measure: str) -> MeasureCard:
        return self.release.measure(measure)

    def splits(self, measure: str, area: Area) -> list[str]:
        """The splits the release holds for a measure in an area, in the order of the manifest; `all` is not one."""
        held = []
        for split in self.manifest.splits:
            if split == ALL:
                continue
            try:
                self.release.groups(measure, area.code, self.last_month, split)
            except NotReleased:
                continue
            held.append(split)
        return held

    def trend(self, measure: str, area: str, split: str = ALL, group: str = ALL) -> list[Cell]:
        """One cell a month, oldest first."""
        self.area(area)
        return self._cells(measure, self.release.trend(measure, area, split, group))

    def latest(self, measure: str, area: str) -> Cell:
        """The newest month that is complete."""
        return self.at_month(measure, area, self.newest(measure))

    def at_month(self, measure: str, area: str, month: str) -> Cell:
        """month: YYYY-MM."""
        self.area(area)
        for cell in self._iter_cells(measure, _rows_at_month(self.release, measure, area, month)):
            return cell
        raise NotReleased(f"this release does not show {measure} of {area} in {month}")

    def newest(self, measure: str, split: str = ALL) -> str:
        """The newest month, YYYY-MM, that is complete and shown by a split. Raises NotReleased where there is none."""
        card = self.measure(measure)
        if not card.settles_after:
            return self.last_month
        groups = [ALL] if split == ALL else [each["group"] for each in self.manifest.splits[split]["groups"]]
        settled = self.release.months[: -card.settles_after]
        for group in groups:
            with suppress(NotReleased):
                held = _months(self.release, measure, self.whole.code, split, group)
                return max(held & set(settled))
        raise NotReleased(f"this release does not show {measure} by {split}")

    def at_level(self, measure: str, area: str, level: str, month: str | None = None, split: str = ALL) -> list[Cell]:
        """One cell for each area of a level within an area, by name, and for each group of a split.

        By where people live (RESIDENCE) only of the whole system; the month is then the last of a year.
        """
        if level in RESIDENCE:
            return self._by_residence(measure, self.area(area), level, month)
        within = {each.code: rank for rank, each in enumerate(self.below(self.area(area), level))}
        if level == PRACTICE and not self.sees_practices:
            raise NotAllowed(PRACTICES_ARE_CLOSED)
        if not within:
            raise NotReleased(f"there is nothing at the level {level} within {area}")
        rows = _rows_at_level(self.release, measure, level, self._month(measure, month, split), split)
        cells = self._iter_cells(measure, (row for row in rows if row["area"] in within))
        return sorted(cells, key=lambda cell: within[cell.area])

    def residence_levels(self, measure: str) -> list[str]:
        """Those by which the release tells of a measure where people live, largest first."""
        return [level for level in RESIDENCE if self.release.ends_of_years(measure, level)]

    def _by_residence(self, measure: str, area: Area, level: str, month: str | None) -> list[Cell]:
        if area != self.whole:
            raise NotReleased(f"figures by where people live are of {self.whole.name}, and not of parts of it")
        years = self.release.ends_of_years(measure, level)
        if not years or (month is not None and month not in years):
            shown = f" in {month}" if years and month else ""
            raise NotReleased(f"this release does not show {measure} at the level {level}{shown}")
        cells = self._cells(measure, self.release.at_month(measure, level, month or years[-1]))
        return sorted(cells, key=lambda cell: (cell.area_name, cell.area))

    def groups(self, measure: str, area: str, split: str, month: str | None = None) -> list[Cell]:
        """One cell for each group of a split, in the order to show."""
        self.area(area)
        return self._cells(measure, self.release.groups(measure, area, self._month(measure, month, split), split))

    def history(self, measure: str, area: str, split: str) -> list[Cell]:
        """Every month of every group of a split in an area, group by group."""
        self.area(area)
        groups = self.manifest.splits.get(split, {}).get("groups", ())
        cells = []
        for each in groups:
            with suppress(NotReleased):
                cells += self.trend(measure, area, split, each["group"])
        if not cells:
            raise NotReleased(f"this release does not show {measure} of {area} by {split}")
        return cells

    def people_at_level(self, area: str, level: str) -> list[PeopleCell]:
        """The registered people of each area of a level within an area, by name."""
        if level == PRACTICE and not self.sees_practices:
            raise NotAllowed(PRACTICES_ARE_CLOSED)
        return [self.people(each.code)[0] for each in self.below(self.area(area), level)]

    def has_people_at(self, level: str) -> bool:
        """Whether the release counts people at a level that is none of its organisations: by where they live."""
        with suppress(NotReleased):
            return bool(self.release.people_at(level).num_rows)
        return False

    def people_by_home(self, level: str) -> list[dict[str, Any]]:
        """The registered people of each middle or small area, by code: where they live, hidden where they are few."""
        if level in self.levels or level == PRACTICE:
            raise NotReleased(f"people at the level {level} are counted by practice, not by home")
        return sorted(self.release.people_at(level).to_pylist(), key=lambda row: str(row["area"]))

    def people_splits(self, area: str) -> tuple[str, ...]:
        """The splits by which the release counts the people of an area, in the order of the manifest."""
        self.area(area)
        return _people_splits(self.release, area)

    def people(self, area: str, split: str = ALL) -> list[PeopleCell]:
        """The registered people at the last month, a cell a group, in the order to show."""
        seen = self.area(area)
        return [
            PeopleCell(
                address=self.address(PEOPLE, area, self.last_month, split, row["group"]),
                level=seen.level,
                area=area,
                area_name=seen.name,
                split=split,
                group=row["group"],
                group_title=self.group_title(split, row["group"]),
                people=row["people"],
                state=row["state"],
            )
            for row in _people(self.release, area, split)
        ]

    def is_expected_at(self, level: str) -> bool:
        """Whether people expected on registers are estimated at a level: not for single practices."""
        return level != PRACTICE

    def expectations(self, register: str, area: str) -> list[Expectation]:
        """The people known on a register and those expected, one for each estimate, at the last month."""
        self.area(area)
        return list(_expectations(self.release, register, area))

    def untreated(self, register: str, area: str) -> list[Unprotected]:
        """The known whom each measure of the register's care does not count."""
        self.area(area)
        return get_unprotected(self.release, self.finding(register), area)

    def growth(self, measure: str, area: str) -> Growth | None:
        """How a register grew over a year beside its list; None where that cannot be shown."""
        self.area(area)
        return find_growth(self.release, measure, area)

    def stated(self) -> list[StatedCount]:
        """The counts that somebody stated of registers."""
        return get_stated(self.manifest.stated)

    def stated_beside(self, measure: str) -> list[StatedCount]:
        """Those of the changes of the register that a measure counts, or counts the changes of."""
        changes = find_changed_measures(self.release, measure)
        return [each for each in self.stated() if each.measure in changes]

    def disputes(self) -> list[Dispute]:
        """Stated counts that do not fit each other."""
        return find_disputes(self.stated())

    def peers(self, area: Area) -> list[Area]:
        """The areas of its level most alike it, the most alike first: those that this person may see."""
        self.area(area.code)
        return [self.areas[code] for code in _peers(self.release, area.code) if code in self.areas]

    def finding(self, register: str) -> CaseFinding:
        return _finding(self.release, register)

    def indicators(self) -> dict[str, dict[str, Any]]:
        """The published indicators, in the order in which the deployment lists them."""
        said = self.manifest.indicators
        return {name: said[name] for name in sorted(said, key=lambda name: (said[name].get("rank", 0), name))}

    def published(self, indicator: str, **filters: str | list[str]) -> pa.Table:
        """Official statistics, which everybody may see as their publisher released them."""
        return self.release.published(indicator, **filters)

    def published_by_practice(self, indicator: str, **filters: str | list[str]) -> pa.Table:
        """Those of single practices: their publisher named them, so everybody may see them too."""
        return self.published(indicator, area_kind=PRACTICE, **filters)

    def published_kinds(self, indicator: str) -> frozenset[str]:
        """The kinds of area by which an indicator is published."""
        return _published_kinds(self.release, indicator)

    def address(self, measure: str, area: str, period: str, split: str, group: str) -> str:
        """Of the claim for a figure of this release: /evidence/ADDRESS/ explains it."""
        return str(ClaimAddress(self.manifest.release, measure, area, period, split, group))

    def published_address(self, row: Mapping[str, Any]) -> str:
        """Of the claim for a row of `published`."""
        return self.address(row["indicator"], row["area"], row["period"], row["split"], row["group"])

    def claim(self, address: ClaimAddress) -> Claim:
        by_residence = self.release.areas.get(address.area, {}).get("level") in RESIDENCE
        if address.measure not in self.manifest.indicators and not by_residence:
            self.area(address.area)
        return self.release.claim(address)

    def group_title(self, split: str, group: str) -> str:
        titles = {each["group"]: each["title"] for each in self.manifest.splits.get(split, {}).get("groups", ())}
        return titles.get(group, group)

    def level_title(self, level: str) -> str:
        """A level as a heading: its name in the deployment, written out."""
        return level.replace("_", " ").capitalize()

    def split_title(self, split: str) -> str:
        """A split's title; its own name where the release knows no better."""
        return str(self.manifest.splits.get(split, {}).get("title") or split.replace("_", " ").capitalize())

    def _find_name(self, code: str) -> str | None:
        """Of an area this person may see; None of any other."""
        if code in self.areas:
            return self.areas[code].name
        said = self.release.areas.get(code, {})
        return str(said["name"]) if said.get("level") in RESIDENCE else None

    def _month(self, measure: str, month: str | None, split: str) -> str:
        if month is not None and month not in self.release.months:
            raise NotReleased(f"this release holds no month {month}")
        return month or self.newest(measure, split)

    def _cells(self, measure: str, table: pa.Table) -> list[Cell]:
        return list(self._iter_cells(measure, table.to_pylist()))

    def _iter_cells(self, measure: str, rows: Iterable[dict[str, Any]]) -> Iterator[Cell]:
        card = self.measure(measure)
        scale, open_months = scale_of(card), self.release.months[len(self.release.months) - card.settles_after :]
        for row in rows:
            period = f"{row['month']:%Y-%m}"
            address = self.address(measure, row["area"], period, row["split"], row["group"])
            name = self._find_name(row["area"])
            if name is not None:
                title = self.group_title(row["split"], row["group"])
                settled = period not in open_months
                state = row["state"] if settled or row["state"] != HIDDEN else NOT_COMPLETE
                said = row | {"state": state}
                yield Cell(address=address, area_name=name, group_title=title, scale=scale, settled=settled, **said)


@lru_cache(maxsize=8192)
def _rows_at_month(release: Release, measure: str, area: str, month: str) -> tuple[dict[str, Any], ...]:
    """Of everyone: kept, since a list of all measures asks for one of each, more than a release keeps tables of."""
    return tuple(release.groups(measure, area, month, ALL).to_pylist())


@lru_cache(maxsize=1024)
def _rows_at_level(release: Release, measure: str, level: str, month: str, split: str) -> tuple[dict[str, Any], ...]:
    """Kept, since a comparison of all measures asks for those of each, level after level."""
    return tuple(release.at_month(measure, level, month, split).to_pylist())


@lru_cache(maxsize=1024)
def _peers(release: Release, area: str) -> tuple[str, ...]:
    return release.peers(area)


@lru_cache(maxsize=1024)
def _months(release: Release, measure: str, area: str, split: str, group: str) -> frozenset[str]:
    """YYYY-MM of every month that is shown."""
    return frozenset(f"{month:%Y-%m}" for month in release.trend(measure, area, split, group)["month"].to_pylist())


@lru_cache(maxsize=8192)
def _people(release: Release, area: str, split: str) -> tuple[dict[str, Any], ...]:
    """Rows of the population: kept, since a page of them asks some hundreds of times."""
    return tuple(release.population(area, split).to_pylist())


def _finding(release: Release, register: str) -> CaseFinding:
    for each in release.manifest.case_finding:
        if each.register == register:
            return each
    raise NotReleased(f"nobody says how many people are expected on {register}")


@lru_cache(maxsize=2048)
def _expectations(release: Release, register: str, area: str) -> tuple[Expectation, ...]:
    """Kept like the people they are shares of."""
    return tuple(get_expectations(release, _finding(release, register), area))


@lru_cache(maxsize=1024)
def _people_splits(release: Release, area: str) -> tuple[str, ...]:
    held = []
    for split in release.manifest.splits:
        with suppress(NotReleased):
            release.population(area, split)
            held.append(split)
    return tuple(held)


@lru_cache(maxsize=1024)
def _published_kinds(release: Release, indicator: str) -> frozenset[str]:
    return frozenset(release.published(indicator)["area_kind"].unique().to_pylist())
