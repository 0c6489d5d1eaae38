"""ambitions.yaml: what a system promised, in its own words, and how each target is judged. Data, not code.

ambitions:
  fewer_falls:
    title: Fewer falls
    wording: Falls down 10% by 2030.           exactly as it was said
    footprint: of which area
    owner: a body of bodies.yaml               left out: nobody answers for it yet
    source: who, document, date
    targets:
      - says: falls down 10%
        value: -0.10                           a fraction for `change` and `proportion`, else in the unit
        unit: change
        by: "2030"
        due: 2030-12-31
        measure: falls                         a measure, or a series of published.yaml
        baseline: {period: "2019"}             measured in that period, or stated with value and source
        verdict: {rule: change}
vision:                                        statements, and what each can be traced to
"""

import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from placewise.gaps.ambitions.periods import get_last_day

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]
Unit = Literal["change", "proportion", "months", "people", "slope", "level"]
Evidence = Literal["strong", "moderate", "weak", "none yet"]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Baseline(_Written):
    """Where a promise starts from. value: as stated, on the scale that is shown, with its source; without it the
    period is measured."""

    period: str
    value: float | None = None
    source: str = ""

    @field_validator("period")
    @classmethod
    def check_period(cls, period: str) -> str:
        get_last_day(period)
        return period

    @model_validator(mode="after")
    def check_source(self) -> "Baseline":
        if self.value is not None and not self.source:
            raise ValueError("a stated baseline has no source; say who stated it")
        return self

    @property
    def end(self) -> date:
        return get_last_day(self.period)


class TargetAreas(_Written):
    """Areas named before anything was measured: a list with a version, which a change of it makes another."""

    version: Words
    named_on: date
    source: Words
    areas: tuple[str, ...] = Field(min_length=1)

    @property
    def digest(self) -> str:
        """The first 12 digits of the hash of the areas' codes, whatever their order."""
        return hashlib.sha256("\n".join(sorted(self.areas)).encode()).hexdigest()[:12]


class ChangeRule(_Written):
    """The figure against its baseline: as a share of it (unit change) or by how much. areas: of these areas alone."""

    rule: Literal["change"]
    areas: TargetAreas | None = None


class LevelRule(_Written):
    """The figure itself against the target."""

    rule: Literal["level"]


class TrendRule(_Written):
    """`Halt the trend`: the slope of the straight line is at the target (0) or better, since the baseline or, without
    one, over all there is."""

    rule: Literal["trend"]


class InequalityRule(_Written):
    """The slope index of inequality over groups numbered from the most deprived, against its baseline."""

    rule: Literal["inequality"]


class LifeExpectancyRule(_Written):
    """The life expectancy of everybody else less that of the most deprived groups, against its baseline.

    The measure counts deaths and years lived by groups SEX:GROUP:AGE, the groups numbered from the most deprived;
    healthy: a series of people in good health of those asked, by the same groups.
    """

    rule: Literal["life_expectancy_gap"]
    sex: str = ""
    """Of one sex; both where it is left out."""
    most_deprived: tuple[str, ...] = Field(min_length=1)
    healthy: Slug | None = None


class ExcessRule(_Written):
    """Death before an age of people on a register, above that of others, standardised by age, against its baseline.

    The measure counts deaths and years lived by groups REGISTER:AGE.
    """

    rule: Literal["excess_mortality"]
    of: Words
    others: Words
    below: int = 75


class ExpectedRule(_Written):
    """The count above what the baseline's share would give of the cases of now, corrected for what is not known.

    The measure counts those found early among those whose stage is known; cases: a series of all cases.
    """

    rule: Literal["count_above_expected"]
    cases: Slug


class RareEventsRule(_Written):
    """A rate of rare events against its baseline, with the number and, where there is a series of what lay between one
    event and the next (`between`), a chart for rare events instead of a monthly percentage."""

    rule: Literal["rare_events"]
    between: Slug | None = None


class ComparatorRule(_Written):
    """A share against another share that somebody stated."""

    rule: Literal["comparator"]
    value: float = Field(ge=0, le=1)
    says: Words
    source: Words


class TrajectoryRule(_Written):
    """Amounts by group over the years, kept apart: where no number was promised, none is judged."""

    rule: Literal["trajectory"]


class Claimed(_Written):
    """Nothing is claimed without the mechanism it works by and how good the evidence of it is."""

    says: Words
    mechanism: Words
    evidence: Evidence
    source: Words


class ContributionRule(_Written):
    """What is claimed to be contributed, where no number was promised."""

    rule: Literal["contribution"]
    claims: tuple[Claimed, ...]


Rule = Annotated[
    ChangeRule
    | LevelRule
    | TrendRule
    | InequalityRule
    | LifeExpectancyRule
    | ExcessRule
    | ExpectedRule
    | RareEventsRule
    | ComparatorRule
    | TrajectoryRule
    | ContributionRule,
    Field(discriminator="rule"),
]


class Target(_Written):
    """One number an ambition promises, as it was stated."""

    says: Words
    value: float | None = None
    """A share or change as a fraction (0.10 for 10%), else in the unit. None: less or more than at the baseline."""
    unit: Unit | None = None
    by: str | None = None
    """As stated: "2024", "2020/21"."""
    due: date | None = None
    """The last day of what was stated."""
    measure: Slug | None = None
    """The measure or series that tells; none: not measured."""
    baseline: Baseline | None = None
    verdict: Rule | None = None
    """How it is judged; left out, a figure is held against the target as a level."""
    share_of_start: float | None = None
    """What share of the start the same number is, where the sentence says both: it then implies the start."""
    doubt: str | None = None

    @model_validator(mode="after")
    def check_rule(self) -> "Target":
        compares = ("change", "inequality", "life_expectancy_gap", "excess_mortality", "count_above_expected")
        rule = self.verdict.rule if self.verdict else ""
        if rule in (*compares, "rare_events") and self.baseline is None:
            raise ValueError(f"the rule {rule} compares with a baseline; give its period")
        if self.value is not None and self.unit is None:
            raise ValueError("a number without a unit says nothing; give the unit")
        if rule and rule != "contribution" and self.measure is None:
            raise ValueError(f"the rule {rule} reads a measure; name it")
        return self


class Ambition(_Written):
    title: Words
    wording: Words
    footprint: Words
    """Of which area it was said: an ambition of six places is not one of five."""
    owner: str | None = None
    """The slug of the body that answers for it."""
    targets: tuple[Target, ...] = ()
    doubt: str | None = None
    source: Words

    @property
    def is_orphan(self) -> bool:
        """Nobody answers for it, or nothing measures it."""
        return self.owner is None or not any(target.measure for target in self.targets)


class Statement(_Written):
    """A statement of a system's vision: the measures, programmes and ambitions by which one would see it come true."""

    says: Words
    source: Words
    measures: tuple[Slug, ...] = ()
    programmes: tuple[Slug, ...] = ()
    ambitions: tuple[Slug, ...] = ()
    note: str = ""


class AmbitionsFile(_Written):
    ambitions: dict[Slug, Ambition] = Field(default_factory=dict)
    vision: dict[Slug, Statement] = Field(default_factory=dict)
