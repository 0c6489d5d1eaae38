"""What the verdicts on ambitions hand on: cards in words and shown figures, as a release holds them."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    ON_COURSE = "on course"
    OFF_COURSE = "off course"
    NOT_MEASURED = "not measured"
    NOT_YET_KNOWN = "not yet known"


LIKELY, UNLIKELY = 0.8, 0.2
"""On course from this chance of meeting the target on, off course up to that one; not yet known between them."""


class Card(BaseModel):
    """Kept in releases for ever: what a later version adds is ignored by an earlier one, and has a default."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Scale(Card):
    """How a value is written: `per` times it, with so many decimals and the unit after it; signed: + before a rise."""

    per: float = 1
    decimals: int = 1
    unit: str = ""
    signed: bool = False

    def number(self, value: float) -> str:
        shown = round(value * self.per, self.decimals) + 0.0  # no minus before a nought
        return f"{shown:{'+' if self.signed and shown else ''},.{self.decimals}f}"

    def words(self, value: float) -> str:
        return f"{self.number(value)}{'' if self.unit.startswith('%') or not self.unit else ' '}{self.unit}"


class Point(Card):
    """A period's value with its 95% limits, and the count it rests on; None is not known or not shown."""

    period: str
    end: date
    value: float | None
    lower: float | None = None
    upper: float | None = None
    number: float | None = None
    of: float | None = None

    @property
    def when(self) -> str:
        return get_period_words(self.period)


class Ahead(Card):
    """What the forecast expects of a period to come, in its 80% band."""

    end: date
    expected: float
    lower: float
    upper: float


class Line(Card):
    """Something shown beside the figure that is judged."""

    title: str
    scale: Scale
    points: tuple[Point, ...]


class Claim(Card):
    """A contribution: through what it works, and how good the evidence is."""

    says: str
    mechanism: str
    evidence: str
    source: str


class AreasTold(Card):
    """The list of areas that a target is about. digest: of its codes; changed: it was another list in an earlier
    release under the same version."""

    version: str
    named_on: date
    areas: int
    digest: str
    changed: bool = False


class TargetCard(Card):
    """One target, judged. baseline, judged, latest: of the points, or a baseline as it was stated; aim: the level that
    meets the promise, on the scale of the points; implied: the start that the wording implies, on the same scale."""

    says: str
    by: str
    due: date | None
    doubt: str
    measure: str
    measure_title: str
    source: str
    how: str
    verdict: Verdict
    told: str
    chance: float | None = None
    better: str = "lower"
    scale: Scale = Scale()
    aim: float | None = None
    implied: float | None = None
    baseline: Point | None = None
    baseline_source: str = ""
    judged: Point | None = None
    latest: Point | None = None
    points: tuple[Point, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    beside: tuple[Line, ...] = ()
    between: tuple[float, ...] = ()
    """Of rare events: how many opportunities without one lay between two of them, in order."""
    claims: tuple[Claim, ...] = ()
    areas: AreasTold | None = None
    notes: tuple[str, ...] = ()

    @property
    def chance_words(self) -> str:
        return "" if self.chance is None else get_chance_words(self.chance)


def get_period_words(period: str) -> str:
    """A month in words; other periods as their publisher writes them."""
    try:
        return f"{date.fromisoformat(f'{period}-01'):%B %Y}" if len(period) == len("2026-03") else period
    except ValueError:  # a financial year
        return period


def get_chance_words(chance: float) -> str:
    """In whole per cent, never none and never certain."""
    share = round(chance * 100)
    return "less than 1%" if share < 1 else "more than 99%" if share > 99 else f"{share}%"


class AmbitionCard(Card):
    """owner: the name of the body that answers for it, or blank; is_orphan: nobody does, or nothing measures it."""

    ambition: str
    title: str
    wording: str
    footprint: str
    source: str
    doubt: str
    owner: str
    is_orphan: bool
    targets: tuple[TargetCard, ...]


class StatementCard(Card):
    """A statement of the vision and what it can be traced to, by title; nothing: it is shown untested."""

    says: str
    source: str
    measures: tuple[str, ...]
    programmes: tuple[str, ...]
    ambitions: tuple[str, ...]
    note: str

    @property
    def is_tested(self) -> bool:
        return bool(self.measures or self.ambitions)
