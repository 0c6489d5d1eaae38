"""The `measures` section of a programme: of whom, and which of them count.

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

from pydantic import BaseModel, ConfigDict, Field

from placewise.floor.language.nodes import Began, Ended, In, Node, Registered
from placewise.floor.language.notation import Questions

Better = Literal["higher", "lower", "neither"]

ADDED, REMOVED = "added", "removed"
"""How a register changes: people are put on it, or taken off it."""


class Ambition(BaseModel):
    """A level somebody has set, as a proportion. Without a source it is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float = Field(ge=0, le=1)
    by: str = Field(pattern=r"^\d{4}-\d{2}$")
    source: str = Field(min_length=1)


class MeasureSection(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    of: Any
    count: Any
    better: Better
    unit: Literal["person"] | None = None
    note: str = ""
    """What a reader must know to read the figure rightly, in one or two sentences."""
    sensitive: bool = False
    """Hide 0% and 100% too, since they tell the same of everybody."""
    ambition: Ambition | None = None


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
    ambition: Ambition | None
    version: str
    written: str


def build_measure(
    slug: str, section: MeasureSection, questions: Questions, *, unit: str, version: str, written: str
) -> Measure:
    return Measure(
        slug=slug,
        title=section.title,
        of=questions["measures", slug, "of"],
        count=questions["measures", slug, "count"],
        better=section.better,
        unit=section.unit or unit,
        note=section.note,
        sensitive=section.sensitive,
        ambition=section.ambition,
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
