"""How a register grew over a year beside the list it is counted on: a register grows with its list, found or not.

From released counts only. Additions less removals: the counts cannot tell somebody added from somebody removed, nor
people found from people coded late, so neither is claimed.
"""

from dataclasses import dataclass

from placewise.publishing.contract import SHOWN
from placewise.publishing.release import Release

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Released counts 12 months apart, both above zero."""

    month: str  # YYYY-MM, 12 months before the last
    known: tuple[int, int]  # then, now
    registered: tuple[int, int]

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


def find_growth(release: Release, measure: str, area: str) -> Growth | None:
    """Of a measure that counts a register among everyone registered; None where a count is hidden or missing."""
    if not release.measure(measure).register or len(release.months) <= MONTHS:
        return None
    rows = release.trend(measure, area).to_pylist()
    then, now = rows[-1 - MONTHS], rows[-1]
    if {then["state"], now["state"]} != {SHOWN} or not then["numerator"] or not then["denominator"]:
        return None
    return Growth(
        month=release.months[-1 - MONTHS],
        known=(then["numerator"], now["numerator"]),
        registered=(then["denominator"], now["denominator"]),
    )
