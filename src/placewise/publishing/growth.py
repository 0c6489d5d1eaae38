"""How a register changed over a year, and why: people put on it, people taken off it, people who came and went.

A register grows with its list, found or not, and with every clean-up of records: so its growth is told net of the list
and of coding drives. From released counts only, rounded and hidden as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from placewise.measures.contract import ALL
from placewise.measures.definition import ADDED, REMOVED
from placewise.publishing.contract import SHOWN, ClaimAddress, CodingDrives
from placewise.publishing.release import NotReleased, Release

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """People put on a register in the 12 months, or taken off it. people: None where hidden, as `state` says."""

    people: int | None
    state: str
    address: str  # of the claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Drives:
    """Coding drives of the 12 months in an area. excess: people beyond the usual, None where hidden."""

    practices: int
    with_drive: int
    months: tuple[str, ...]
    excess: int | None
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Released counts 12 months apart, both above zero; added, removed and drives: None where nobody counts them."""

    month: str  # YYYY-MM, 12 months before the last
    known: tuple[int, int]  # then, now
    registered: tuple[int, int]
    added: Change | None = None
    removed: Change | None = None
    drives: Drives | None = None

    @property
    def of_register(self) -> float:
        return self.known[1] / self.known[0] - 1

    @property
    def of_list(self) -> float:
        return self.registered[1] / self.registered[0] - 1

    @property
    def net(self) -> float:
        """By how much the register grew beyond its list: that is, by how much the share of people on it grew."""
        return (1 + self.of_register) / (1 + self.of_list) - 1

    @property
    def of_register_without_drives(self) -> float | None:
        """None where drives are not looked for, or how many people they added is hidden."""
        if self.drives is None or self.drives.excess is None:
            return None
        return (self.known[1] - self.drives.excess) / self.known[0] - 1

    @property
    def net_of_drives(self) -> float | None:
        """Net of the list and of coding drives."""
        without = self.of_register_without_drives
        return None if without is None else (1 + without) / (1 + self.of_list) - 1

    @property
    def moved(self) -> int | None:
        """People known already who came onto the list, less those who left it or died: what else the register changed
        by, and so rounded four times. None where any part of it is hidden."""
        if not (self.added and self.removed) or self.added.people is None or self.removed.people is None:
            return None
        return self.known[1] - self.known[0] - self.added.people + self.removed.people


def find_growth(release: Release, measure: str, area: str) -> Growth | None:
    """Of a measure that counts a register among everyone registered; None where a count is hidden or missing."""
    register = release.measure(measure).register
    if not register or len(release.months) <= MONTHS:
        return None
    rows = release.trend(measure, area).to_pylist()
    then, now = rows[-1 - MONTHS], rows[-1]
    if {then["state"], now["state"]} != {SHOWN} or not then["numerator"] or not then["denominator"]:
        return None
    changes = {turn: _find_change(release, changed, area) for turn, changed in _iter_changes(release, register)}
    return Growth(
        month=release.months[-1 - MONTHS],
        known=(then["numerator"], now["numerator"]),
        registered=(then["denominator"], now["denominator"]),
        added=changes.get(ADDED),
        removed=changes.get(REMOVED),
        drives=_find_drives(release.manifest.drives, register, area),
    )


def find_changed_measures(release: Release, measure: str) -> list[str]:
    """Of the register that a measure counts, or counts the changes of: every measure of its changes in 12 months."""
    card = release.measure(measure)
    register = card.register or (card.change["register"] if card.change else "")
    return [changed for _, changed in _iter_changes(release, register)]


def _iter_changes(release: Release, register: str) -> Iterator[tuple[str, str]]:
    """Turn and measure of each that counts the register's changes in 12 months."""
    for card in release.manifest.measures:
        if card.change and card.change["register"] == register and card.change["months"] == MONTHS:
            yield card.change["turn"], card.measure


def _find_change(release: Release, measure: str, area: str) -> Change | None:
    try:
        row = release.trend(measure, area).to_pylist()[-1]
    except NotReleased:
        return None
    address = ClaimAddress(release.manifest.release, measure, area, release.months[-1], ALL, ALL)
    return Change(people=row["numerator"], state=row["state"], address=str(address))


def _find_drives(found: tuple[CodingDrives, ...], register: str, area: str) -> Drives | None:
    for each in found:
        if each.register == register and area in each.areas:
            said = each.areas[area]
            return Drives(**(said | {"months": tuple(said["months"])}), told=each.told)
    return None
