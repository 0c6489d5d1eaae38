"""A list ready to be made: what a programme declares, with the questions and code lists it rests on looked up."""

from dataclasses import dataclass

from placewise.floor.language.nodes import Node
from placewise.plans.lists.contract import CallListCard
from placewise.plans.lists.reasons import Line

AGE = "age"


@dataclass(frozen=True, slots=True)
class Column:
    """Something shown of each person: their age, or the latest of a code list. name: as the practice reads it."""

    name: str
    of: str


@dataclass(frozen=True, slots=True)
class OrderKey:
    """Recorded values only: the latest value of a code list, or the day of its latest event where it has no values.

    Highest or latest first if descending. Nothing recorded ranks as the lowest value and the longest ago.
    """

    codes: str
    descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """One list.

    measure: whose missed people are on it, or, if `counted`, those who count (where fewer is better); lines: what is
    told of each; exclude: who is not to be called, and what is told of them instead of nothing; recipient: the code of
    the organisation that it goes to in place of the treating practice, or "".
    """

    slug: str
    measure: str
    lines: tuple[Line, ...]
    exclude: Node | None
    exclude_lines: tuple[Line, ...]
    order: tuple[OrderKey, ...]
    columns: tuple[Column, ...]
    card: CallListCard
    counted: bool = False
    recipient: str = ""
