"""A released cell: one number, or the reason there is none, with the address of its claim."""

from dataclasses import dataclass
from datetime import date

from placewise.publishing.contract import SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Rounded counts; value, lower and upper from 0 to 1 with Wilson 95% limits; all None unless shown."""

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
