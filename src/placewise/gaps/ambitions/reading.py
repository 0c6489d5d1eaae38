"""What a verdict reads: counts of one thing over periods, by group, from the cube or from published files."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

import numpy as np

from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.proportion import get_proportions
from placewise.floor.statistics.rate import get_rates
from placewise.gaps.ambitions.contract import Scale
from placewise.gaps.ambitions.periods import get_last_day

Kind = Literal["share", "rate", "value", "index"]
SEPARATOR = ":"
"""Between the parts of a group that is made of several: male:1:85-89."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """number, of: float64[groups, periods], NaN where not known; `of` is NaN throughout for a plain value.

    kind: what number over of is, which decides its limits; an index is a plain value of which no share says anything;
    better: higher, lower or neither; periods: oldest first.
    """

    name: str
    title: str
    kind: Kind
    better: str
    scale: Scale
    groups: tuple[str, ...]
    periods: tuple[str, ...]
    number: Floats
    of: Floats
    source: str = ""
    has_seasons: bool = False

    @property
    def ends(self) -> list[date]:
        return [get_last_day(period) for period in self.periods]

    def until(self, day: date) -> "Reading":
        """The periods that had ended by a day."""
        kept = [place for place, end in enumerate(self.ends) if end <= day]
        periods = tuple(self.periods[place] for place in kept)
        return replace(self, periods=periods, number=self.number[:, kept], of=self.of[:, kept])

    def within(self, groups: Collection[str]) -> "Reading":
        """Some groups added up as one."""
        rows = [place for place, group in enumerate(self.groups) if group in groups]
        number, of = (each[rows].sum(axis=0, keepdims=True) for each in (self.number, self.of))
        return replace(self, groups=("all",), number=number, of=of)

    def levels(self) -> Estimate:
        """[groups, periods]: shares with Wilson's limits, rates with Byar's, plain values with none."""
        if self.kind in ("value", "index"):
            return Estimate(self.number, np.full_like(self.number, np.nan), np.full_like(self.number, np.nan))
        return (get_proportions if self.kind == "share" else get_rates)(self.number, self.of, areas=self.groups)


class Read(Protocol):
    """By the name of a measure or of a series of the published files; None where there is none. areas: these added up,
    where the groups of the series are areas."""

    def __call__(self, name: str, areas: Collection[str] = ()) -> Reading | None: ...


def find_last_reaching(ends: list[date], due: date) -> int | None:
    """The place of the first period that ends on the day or later; None where none does yet."""
    return next((place for place, end in enumerate(ends) if end >= due), None)
