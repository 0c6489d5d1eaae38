"""The `measures` section of a programme: of whom, and which of them count.

Any other figure than a share of people is told in unit_measure.py.

measures:
  protected:
    title: People at risk of stroke who take an anticoagulant
    of: {all: [{in: af}, {latest: cha2ds2vasc, value: ">= 2"}]}
    count: {on_medicine: anticoagulants, within: 6 months}
    better: higher
    ambition: {value: 0.90, by: 2029-03, source: who set it and where it is written}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from placewise.floor.language.nodes import Began, Ended, In, Node, Registered
from placewise.floor.language.notation import Questions
from placewise.floor.language.period import parse_months
from placewise.floor.language.units import When
from placewise.measures.unit_measure import PERSON, Over, Statistic

Better = Literal["higher", "lower", "neither"]
Limits = Literal["wilson", "exact"]

ADDED, REMOVED = "added", "removed"
"""How a register changes: people are put on it, or taken off it."""


class Ambition(BaseModel):
    """A level somebody has set, as a proportion, or in the unit of a rate or value. Without a source it is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float = Field(ge=0)
    by: str = Field(pattern=r"^\d{4}-\d{2}$")
    source: str = Field(min_length=1)


class MeasureSection(BaseModel):
    """A section as written. Questions are read afterwards: of a share of people by notation.py, else by
    unit_measure.py."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    unit: str = PERSON
    when: When | None = None
    over: Over = "month"
    show: Statistic = "proportion"
    of: Any = None
    count: Any = None
    value: Any = None
    better: Better
    per: int = Field(default=1000, ge=1)
    """What a rate is per."""
    decimals: int = Field(default=1, ge=0, le=2)
    """Of a rate, mean or median."""
    completeness: str = ""
    """The measure that says how much of this one is known: its share stands beside each figure."""
    settles_after: int = 0
    """Months, written `4 months`: figures of the newest are not complete yet."""
    note: str = ""
    """What a reader must know to read the figure rightly, in one or two sentences."""
    sensitive: bool = False
    """Hide 0% and 100% too, since they tell the same of everybody."""
    limits: Limits = "wilson"
    """Of a share: `exact` where so few are counted that limits must hold at least their confidence."""
    whole_only: bool = False
    """Shown for the whole system alone, since so few are counted that nothing could be told of its parts."""
    ambition: Ambition | None = None

    @field_validator("settles_after", mode="before")
    @classmethod
    def read_months(cls, written: Any) -> int:
        return parse_months(written).count

    @model_validator(mode="after")
    def check_parts(self) -> "MeasureSection":
        if self.unit == PERSON and (self.over != "month" or self.when):
            raise ValueError("people are counted as they are at the end of a month; remove `over` and `when`")
        if self.is_share_of_people and (self.of is None or self.count is None or self.value is not None):
            raise ValueError("a share of people is told by `of` and `count` alone; write both, and no `value`")
        if self.is_share_of_people and self.whole_only:
            raise ValueError("a share of people is shown for every area that is large enough; remove `whole_only`")
        if self.show != "proportion" and self.limits != "wilson":
            raise ValueError("a rate, mean or median has one kind of limits; remove `limits`")
        if self.show == "proportion" and self.ambition and self.ambition.value > 1:
            raise ValueError("the ambition is a share beyond 1; write 0.8 for 80%")
        return self

    @property
    def is_share_of_people(self) -> bool:
        return self.unit == PERSON and self.show == "proportion"


class NotMeasuredSection(BaseModel):
    """A figure that people ask for and nobody can give yet: shown as "not measured", never as a number."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    because: str = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Of whom, and which of them count. Both are asked of registered people only (measures/build.py), and whoever
    counts is one of whom it is asked.

    version: the first 8 digits of a hash over both questions, the registers they rest on and all their code lists;
    written: the section as it stands in the file.
    """

    slug: str
    title: str
    of: Node
    count: Node
    better: Better
    unit: str
    note: str
    sensitive: bool
    limits: Limits
    ambition: Ambition | None
    completeness: str
    settles_after: int
    version: str
    written: str

    @property
    def people_questions(self) -> tuple[Node, ...]:
        """Every question it asks of people."""
        return self.of, self.count


def build_measure(slug: str, section: MeasureSection, questions: Questions, *, version: str, written: str) -> Measure:
    return Measure(
        slug=slug,
        title=section.title,
        of=questions["measures", slug, "of"],
        count=questions["measures", slug, "count"],
        better=section.better,
        unit=section.unit,
        note=section.note,
        sensitive=section.sensitive,
        limits=section.limits,
        ambition=section.ambition,
        completeness=section.completeness,
        settles_after=section.settles_after,
        version=version,
        written=written,
    )


def find_register(measure: Measure) -> str:
    """The register whose people a measure counts among everyone registered; empty where it asks something else."""
    return measure.count.register if isinstance(measure.count, In) and measure.of == Registered() else ""


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """People put on a register, or taken off it, in so many months. turn: ADDED or REMOVED."""

    register: str
    turn: str
    months: int


def find_change(measure: Measure) -> RegisterChange | None:
    """The change that a measure counts among everyone registered; None where it asks something else."""
    match measure.of, measure.count:
        case Registered(), Began(In(register), since):
            return RegisterChange(register, ADDED, since.count)
        case Registered(), Ended(In(register), since):
            return RegisterChange(register, REMOVED, since.count)
    return None


def find_prevalence(register: str, measures: Iterable[Measure]) -> Measure | None:
    """The measure that counts everyone on a register among everyone registered, if one of these does."""
    return next((measure for measure in measures if find_register(measure) == register), None)
