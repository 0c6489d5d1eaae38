"""Units other than people: what one is, and what can be asked of it.

A unit belongs to a person and has a start day and an end day, or none yet. What a unit is and what is asked of it are
frozen nodes, as those about people are (nodes.py); floor/timeline/units.py answers them for all units at once, the
judge of units (tests/judge/units.py) for one unit and one day.

A unit is looked at on the last day of a month, and only what is known by then counts: until it has ended it is as old
as that day. Three rules besides:
- every recorded event of `Each` is a unit of its own, several of a day too: two items of one day are two items;
- of `Between`, a start while one is open belongs to the open one, and so does one on the day it ends; the end is the
  first ending event on the start's day or later;
- one without an end within `longest` is lost from sight on the day that lapses (period.py): it has not ended, and it is
  open no longer. The next may start on that day.
"""

from dataclasses import dataclass
from typing import Literal

from placewise.floor.language.comparison import RECORDED, Comparison
from placewise.floor.language.nodes import Node
from placewise.floor.language.period import Days, Months, Period

Kind = Literal["item", "stay", "pregnancy", "baby", "referral", "wait", "pathway"]
When = Literal["starts", "ends", "open"]
"""The month a unit counts in: that of its start, that of its end, or every month at whose end it is open."""


@dataclass(frozen=True, slots=True)
class Each:
    """Every event of a code list is one unit, from its first day to its last (one day where none is recorded)."""

    codes: str


@dataclass(frozen=True, slots=True)
class Between:
    """From an event of one code list to one of another.

    first_ever: a person has one at most, from the first event they ever had.
    """

    start: str
    end: str
    longest: Days | Months
    first_ever: bool = False

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("it ends with what it starts with; name another code list in `to`")


Unit = Each | Between


@dataclass(frozen=True, slots=True)
class EveryUnit:
    """Asks nothing: it holds of each."""


@dataclass(frozen=True, slots=True)
class Lasted:
    """Days from its start to its end, or so far; 0 where it starts and ends on one day."""

    days: Comparison

    def __post_init__(self) -> None:
        if self.days.symbol == RECORDED:
            raise ValueError("a length is compared with a number of days; write it like `<= 62 days`")


@dataclass(frozen=True, slots=True)
class During:
    """The person has an event of a code list from its first day to its last, or so far; both days included."""

    codes: str


@dataclass(frozen=True, slots=True)
class EndedBy:
    """It has ended, and the person has an event of a code list on the day it ended."""

    codes: str


@dataclass(frozen=True, slots=True)
class OfPerson:
    """True of its person on the last day of the month."""

    node: Node


@dataclass(frozen=True, slots=True)
class AllOfUnit:
    """Every one of these holds."""

    nodes: tuple["UnitNode", ...]

    def __post_init__(self) -> None:
        if not self.nodes:
            raise ValueError("`all` of nothing asks nothing; list at least one question")


@dataclass(frozen=True, slots=True)
class AnyOfUnit:
    """At least one of these holds."""

    nodes: tuple["UnitNode", ...]

    def __post_init__(self) -> None:
        if not self.nodes:
            raise ValueError("`any` of nothing asks nothing; list at least one question")


@dataclass(frozen=True, slots=True)
class NotOfUnit:
    """This does not hold."""

    node: "UnitNode"


UnitNode = EveryUnit | Lasted | During | EndedBy | OfPerson | AllOfUnit | AnyOfUnit | NotOfUnit


@dataclass(frozen=True, slots=True)
class LatestValue:
    """A person's latest reading of a code list, where it still counts.

    plausible: readings outside are passed over, as if none had been recorded. Of several readings of one day the lowest
    is taken, as general practice reports blood pressure.
    """

    codes: str
    plausible: Comparison
    within: Period | None = None

    def __post_init__(self) -> None:
        if self.plausible.symbol != "to":
            raise ValueError("what a reading may be is not told; write `plausible` like `60 to 260`")


@dataclass(frozen=True, slots=True)
class Length:
    """How many days a unit lasted, or so far. plausible: a length outside is passed over."""

    plausible: Comparison

    def __post_init__(self) -> None:
        if self.plausible.symbol != "to" or (self.plausible.number or 0) < 0:
            raise ValueError("how long it may have lasted is not told; write it like `0 to 400 days`")


def inside_unit(node: UnitNode) -> tuple[UnitNode, ...]:
    """The questions about a unit that a question puts together."""
    match node:
        case AllOfUnit(nodes) | AnyOfUnit(nodes):
            return nodes
        case NotOfUnit(inner):
            return (inner,)
    return ()


def get_people_questions(node: UnitNode) -> tuple[Node, ...]:
    """What a question about a unit asks of its person."""
    own = (node.node,) if isinstance(node, OfPerson) else ()
    return (*own, *(each for inner in inside_unit(node) for each in get_people_questions(inner)))


def get_unit_code_lists(asked: Unit | UnitNode | LatestValue | Length) -> frozenset[str]:
    """The code lists it names itself, without those of what it asks of people."""
    match asked:
        case Each(codes) | During(codes) | EndedBy(codes) | LatestValue(codes):
            return frozenset([codes])
        case Between(start, end):
            return frozenset([start, end])
        case AllOfUnit() | AnyOfUnit() | NotOfUnit():
            return frozenset[str]().union(*(get_unit_code_lists(each) for each in inside_unit(asked)))
    return frozenset()
