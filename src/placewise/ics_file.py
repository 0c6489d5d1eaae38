"""What ics.yaml says: the name, levels, window, disclosure rule and programmes of one system, checked key by key."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from placewise.door.definition import read_purposes
from placewise.engines.definition import EngineSection
from placewise.floor.language.period import parse_months
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.publishing.definition import EVERY_APRIL, DisclosureRule, RevisionSchedule

Mode = Literal["synthetic", "published", "live"]
Purpose = Literal["population_health_planning", "direct_care"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Officer(_Section):
    name: str = Field(min_length=1)
    recorded_on: date


class SafetyCase(_Section):
    """The deployer's clinical safety case report (DCB0160): where it is kept, and when it was approved."""

    reference: str = Field(min_length=1)
    recorded_on: date


class LiveUse(_Section):
    """Who and what must be recorded before any real record is read (DCB0160; the Caldicott principles)."""

    clinical_safety_officer: Officer | None = None
    caldicott_guardian: Officer | None = None
    safety_case: SafetyCase | None = None


class _WindowSection(_Section):
    first: str = Field(pattern=r"^\d{4}-\d{2}$")
    months: int

    @model_validator(mode="after")
    def check_window(self) -> "_WindowSection":
        Window.parse(self.first, self.months)
        return self


class _ReviseSection(_Section):
    """When figures of past months are made anew: `revise: {every: 12 months, month: 4}` is with those of each April."""

    every: int = EVERY_APRIL.every
    month: int = EVERY_APRIL.month

    @field_validator("every", mode="before")
    @classmethod
    def read_months(cls, written: Any) -> int:
        return parse_months(written).count

    @model_validator(mode="after")
    def check_schedule(self) -> "_ReviseSection":
        RevisionSchedule(self.every, self.month)
        return self


class _DisclosureSection(_Section):
    suppress_below: int
    round_to: int
    revise: _ReviseSection = _ReviseSection()

    @model_validator(mode="after")
    def check_floor(self) -> "_DisclosureSection":
        try:
            DisclosureRule(self.suppress_below, self.round_to)
        except ValueError as looser:
            raise ValueError(f"{looser}; make it as strict or stricter") from None
        return self


class _ProgrammeSection(_Section):
    sponsor: str | None = None


class RecipientSection(_Section):
    """Who is told names besides the treating practice: `{organisation: X1, purpose: ..., ages: 60 to 74}`."""

    organisation: str = Field(min_length=1)
    purpose: str
    ages: str = Field(pattern=r"^\d{1,3} to \d{1,3}$")

    @model_validator(mode="after")
    def check_recipient(self) -> "RecipientSection":
        purpose = read_purposes().get(self.purpose)
        if purpose is None or not purpose.sealed_identity or self.purpose == "direct_care":
            raise ValueError(f"{self.purpose} is no purpose for which a recipient is told names; see door/purposes.csv")
        first, last = self.first_and_last
        if first > last:
            raise ValueError("the first age is above the last; write them in order")
        return self

    @property
    def first_and_last(self) -> tuple[int, int]:
        first, last = self.ages.split(" to ")
        return int(first), int(last)


class FindingsSection(_Section):
    """comment_days: for so many days a practice alone reads what was found of it, unless it comments sooner."""

    comment_days: int = Field(default=14, ge=1, le=366)


class IcsFile(_Section):
    ics: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    mode: Mode = "synthetic"
    demonstration: bool = False
    """Whether this is the system that a demonstration builds."""
    live_use: LiveUse = LiveUse()
    levels: tuple[str, ...]
    organisations: str
    window: _WindowSection
    deprivation_edition: str
    geography_edition: str
    purposes: tuple[Purpose, ...] = ("population_health_planning", "direct_care")
    compare_by: tuple[str, ...]
    disclosure: _DisclosureSection
    programmes: dict[str, _ProgrammeSection] = {}
    recipients: dict[str, RecipientSection] = {}
    engine: EngineSection = EngineSection()
    findings: FindingsSection = FindingsSection()

    @field_validator("levels")
    @classmethod
    def check_levels(cls, levels: tuple[str, ...]) -> tuple[str, ...]:
        if len(levels) < 2 or levels[-1] != PRACTICE or len(set(levels)) != len(levels):
            raise ValueError(
                f"there must be two or more different levels, and the last is {PRACTICE}; put them in order"
            )
        return levels

    @model_validator(mode="after")
    def check_live(self) -> "IcsFile":
        missing = [name.replace("_", " ") for name, recorded in self.live_use if recorded is None]
        if self.mode == "live" and missing:
            raise ValueError(
                f"mode live needs a {', a '.join(missing)}; "
                "record them under live_use, or set mode to synthetic or published"
            )
        return self


class Levels(BaseModel):
    """The part of ics.yaml that tells how to read organisations.csv, whatever else is wrong."""

    levels: tuple[str, ...] = Field(min_length=2)
    organisations: str
