"""A released cell: one number, or the reason there is none, with the address of its claim."""

from dataclasses import dataclass
from datetime import date

from placewise.publishing.contract import SHOWN
from placewise_site.evidence.scale import SHARES, Scale

NOT_COMPLETE = "not_complete"
"""The state of a newest month that is not complete yet: it is hidden until it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Rounded counts, a value and its 95% limits on the measure's scale; all None unless shown. settled: False for a
    newest month whose figures are not complete yet."""

    address: str  # of the claim: /evidence/ADDRESS/ explains it
    level: str
    area: str
    area_name: str
    split: str
    group: str
    group_title: str
    month: date
    numerator: int | None
    denominator: int | None
    value: float | None
    lower: float | None
    upper: float | None
    state: str
    scale: Scale = SHARES
    settled: bool = True

    @property
    def is_shown(self) -> bool:
        return self.state == SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCell:
    """A count of people in one area and group."""

    address: str
    level: str
    area: str
    area_name: str
    split: str
    group: str
    group_title: str
    people: int | None
    state: str

    @property
    def is_shown(self) -> bool:
        return self.state == SHOWN
