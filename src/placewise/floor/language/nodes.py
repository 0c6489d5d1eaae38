"""What can be asked of a person: is it true of them on a day?

Each node is one question, and a node that means nothing refuses to exist (ValueError, the remedy after a semicolon).
Nodes are frozen, compare by what they say, and know nothing of how they are run: the kernel (floor/timeline/kernel.py)
answers them for all people at once, the judge (tests/judge/) slowly and obviously for one person and one day.

Three rules hold for all of them, so that an answer never changes with later events and never depends on their order:
- on a day, only events dated on or before that day are known;
- facts are read as recorded, also before birth, after death or outside registration; only `Alive` and `Registered`
  know of those, and measures count only people who are registered;
- an event without a value is no reading: whatever asks of values passes over it, the others do not look at values.

Where events are numbered (first, second, at least three) those of one day are one event.
"""

from dataclasses import dataclass

from placewise.floor.language.comparison import RECORDED, Comparison
from placewise.floor.language.period import Days, Months, Period
from placewise.floor.vocabulary.people import SEXES

LARGEST_NUMBER = 10_000
"""Of events that can be asked for."""


@dataclass(frozen=True, slots=True)
class Has:
    """An event of a code list counts on the day.

    within: for how long an event counts (None: for ever). not_resolved_by: a code list that ends it: an event counts no
    more from the first resolving event on a later day. On the same day both stand, as in the QOF business rules, where
    a resolved code counts if it is later than the latest diagnosis; a new event after it counts again.
    """

    codes: str
    within: Period | None = None
    not_resolved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An event of a code list is known, and each has been followed by a resolving event on a later day.

    It is not the same as `Not(Has(codes, not_resolved_by=by))`, which holds also of those who never had an event.
    """

    codes: str
    by: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """One event of a code list that others are put in order with: the nth (1: the first), or, where nth is None, the
    latest known on the day. While there is no such event, nothing stands in order with it.
    """

    codes: str
    nth: int | None

    def __post_init__(self) -> None:
        if self.nth is not None:
            _check_number(self.nth)


@dataclass(frozen=True, slots=True)
class Ordered:
    """An event of a code list counts on the day and stands in order with other events that are known by then.

    after: it is on the day of this event or later; before: on an earlier day than this one; both: between the two.
    near: for how long the earlier counts towards the later (period.py tells when an event lapses). With `after`, also
    beside `before`, the event comes before the one it follows lapses; with `before` alone, the other comes before the
    event lapses. within: for how long the event itself counts, from its own day.
    """

    codes: str
    after: Anchor | None = None
    before: Anchor | None = None
    near: Period | None = None
    within: Period | None = None

    def __post_init__(self) -> None:
        anchors = [each for each in (self.after, self.before) if each is not None]
        if not anchors:
            raise ValueError("the event is in order with nothing; give `after` or `before`")
        if len(anchors) == 2 and any(each.nth is None for each in anchors):
            raise ValueError("between two events, both must be fixed; name the first or the nth, not the latest")


@dataclass(frozen=True, slots=True)
class In:
    """On a register of a programme."""

    register: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One or more values recorded on the same day (systolic with diastolic), and what is asked of each."""

    parts: tuple[tuple[str, Comparison], ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("a reading has no value; name at least one code list")
        if len({codes for codes, _ in self.parts}) < len(self.parts):
            raise ValueError("a reading names a code list twice; compare each once")


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest reading is as asked.

    readings: alternatives of which any counts as a reading (at the clinic, or at home). The latest day is the last one
    on which all parts of one alternative have values. If that day holds several values, one that meets the comparison
    is enough: so several blood pressures of a day count as the lowest systolic with the lowest diastolic, as general
    practice reports them, and the answer does not depend on the order of rows. A later reading replaces an earlier one.
    """

    readings: tuple[Reading, ...]
    within: Period | None = None

    def __post_init__(self) -> None:
        if not self.readings:
            raise ValueError("there is nothing to be the latest of; name a code list")


@dataclass(frozen=True, slots=True)
class Value:
    """Any reading of a code list that still counts, not only the latest, is as asked."""

    codes: str
    comparison: Comparison
    within: Period | None = None


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth event ever of a code list counts on the day; with a comparison, the nth reading, and it is as asked.

    The first ever is 1. A reading is a day with a value, and one value of that day that is as asked is enough. within:
    for how long the nth event counts, so that `Nth(codes, 1, within=Months(12))` asks who is new in the last 12 months.
    """

    codes: str
    n: int
    comparison: Comparison | None = None
    within: Period | None = None

    def __post_init__(self) -> None:
        _check_number(self.n)


@dataclass(frozen=True, slots=True)
class Earliest:
    """The person's first event of any of several code lists is one of this list.

    Of lists that first appear on the same day, the one named first in `among` is taken, so that each person belongs to
    exactly one of them: what was found by several routes counts by the first.
    """

    codes: str
    among: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.codes not in self.among or len(self.among) < 2:
            raise ValueError(f"`{self.codes}` is first among nothing; name it and at least one other list in `among`")
        if len(set(self.among)) < len(self.among):
            raise ValueError("`among` names a code list twice; name each once")


@dataclass(frozen=True, slots=True)
class OnMedicine:
    """A medicine was issued within the period, or, without one, a medicine's exposure covers the day.

    The period runs from the issue, the exposure's first day, and not from the end of its supply (QOF AF008: an
    anticoagulant issued in the last 6 months). An exposure covers each day from first to last, both included, and so
    many days of grace after it. An end before the first day is read as the first day.

    carried_over: a repeat supply issued before the last one is used up begins on the day after it: each issue, in order
    of days, begins on its own day or the day after the one before ends, whichever is later, and keeps its length. Grace
    is no supply: it follows each supply and puts none off.
    """

    codes: str
    within: Period | None = None
    grace: Days | None = None
    carried_over: bool = False

    def __post_init__(self) -> None:
        if self.within is not None and (self.grace is not None or self.carried_over):
            raise ValueError("a period runs from the issue, whatever was supplied; give `within` or the supply's rules")


@dataclass(frozen=True, slots=True)
class Count:
    """Events of a code list on at least so many different days count on the day."""

    codes: str
    at_least: int
    within: Period | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.at_least <= LARGEST_NUMBER:
            raise ValueError(f"a count of at least {self.at_least} asks nothing; write 1 to {LARGEST_NUMBER}")


@dataclass(frozen=True, slots=True)
class Age:
    """Completed years since the first of the birth month. No age holds before birth."""

    years: Comparison

    def __post_init__(self) -> None:
        if self.years.symbol == RECORDED:
            raise ValueError("an age is compared with a number of years; write it like `>= 14` or `45 to 64`")


@dataclass(frozen=True, slots=True)
class Sex:
    sex: str

    def __post_init__(self) -> None:
        if self.sex not in SEXES:
            raise ValueError(f"`{self.sex}` is not recorded as a sex; write one of {', '.join(SEXES)}")


@dataclass(frozen=True, slots=True)
class Alive:
    """From the first of the birth month to the day before death, registered or not."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Registered with a practice (first and last day included) and alive."""


@dataclass(frozen=True, slots=True)
class Began:
    """Holds at the end of the month, and did not hold at the end of the month so many months before.

    It compares two month ends: what came and went between them is no change. What is known at the earlier month end is
    what is dated up to it.
    """

    node: "Node"
    since: Months


@dataclass(frozen=True, slots=True)
class Ended:
    """Does not hold at the end of the month, and held at the end of the month so many months before."""

    node: "Node"
    since: Months


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of these holds."""

    nodes: tuple["Node", ...]

    def __post_init__(self) -> None:
        if not self.nodes:
            raise ValueError("`all` of nothing asks nothing; list at least one question")


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these holds."""

    nodes: tuple["Node", ...]

    def __post_init__(self) -> None:
        if not self.nodes:
            raise ValueError("`any` of nothing asks nothing; list at least one question")


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    node: "Node"


Node = (
    Has | Resolved | Ordered | Latest | Value | Nth | Earliest | OnMedicine | Count | Age | Sex | Alive | Registered
    | In | Began | Ended | AllOf | AnyOf | Not
)  # fmt: skip


def _check_number(n: int) -> None:
    if not 1 <= n <= LARGEST_NUMBER:
        raise ValueError(f"there is no event number {n}; write 1 for the first, up to {LARGEST_NUMBER}")
