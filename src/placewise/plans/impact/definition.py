"""The `impact` section of a programme: what treating more people does, good and bad, each number with who found it.

impact:
  irregular_treated:               # a measure of the programme: those whom it misses could gain
    people: people newly given an anticoagulant
    effects:
      - event: strokes
        effect: prevents           # or causes: the harm stands beside the benefit, always
        one_in: 25                 # people treated for one event
        range: [25, 27]            # optional, as its source gives it
        horizon: 12 months         # left out: not stated
        population: of whom it was found
        kind: claimed              # told by somebody without a method; observed, trial or modelled
        source: who, in which document, of what date
        note: what a reader must know
    net:                           # optional; two readings or more of one horizon, since one alone is no range
      - {title: Trial cohort, one_in: 46, horizon: 12 months, kind: trial, source: ...}
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from placewise.floor.language.period import parse_months

EffectKind = Literal["claimed", "observed", "trial", "modelled"]
NOT_STATED = "not stated"
PREVENTS, CAUSES = "prevents", "causes"


class Found(BaseModel):
    """Who found a number, how, and for which time after treatment begins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    horizon: str = NOT_STATED
    kind: EffectKind
    source: str = Field(min_length=1)
    note: str = ""

    @field_validator("horizon")
    @classmethod
    def check_horizon(cls, written: str) -> str:
        """The same time always in the same words, so that one may be held against another."""
        return written if written == NOT_STATED else str(parse_months(written))


class Effect(Found):
    """One event that treatment prevents or causes, and in how many people treated it does so once."""

    event: str = Field(min_length=1)
    effect: Literal["prevents", "causes"]
    one_in: float = Field(gt=1)
    range: tuple[float, float] | None = None
    """Fewest and most people treated for one event."""
    population: str = Field(min_length=1)

    @model_validator(mode="after")
    def check_range(self) -> "Effect":
        if self.range is not None and not 1 < self.range[0] <= self.one_in <= self.range[1]:
            raise ValueError("the range does not hold the number itself; write fewest and most people treated")
        return self


class NetReading(Found):
    """One answer to how many events fewer there are in all: stated, or a benefit less a harm of the same people."""

    title: str = Field(min_length=1)
    one_in: float | None = Field(default=None, gt=1)
    prevents_one_in: float | None = Field(default=None, gt=1)
    causes_one_in: float | None = Field(default=None, gt=1)

    @model_validator(mode="after")
    def check_reading(self) -> "NetReading":
        parts = (self.prevents_one_in, self.causes_one_in)
        if (self.one_in is None) == (parts == (None, None)) or (parts[0] is None) != (parts[1] is None):
            raise ValueError("the net is not told once; give `one_in`, or `prevents_one_in` and `causes_one_in`")
        if self.horizon == NOT_STATED:
            raise ValueError("a net without its horizon says nothing; state the horizon")
        return self

    @property
    def share(self) -> float:
        """Events fewer for each person treated."""
        if self.one_in is not None:
            return 1 / self.one_in
        assert self.prevents_one_in is not None, "a reading without a number is refused"
        assert self.causes_one_in is not None, "a reading with one part of two is refused"
        return 1 / self.prevents_one_in - 1 / self.causes_one_in


class ImpactSection(BaseModel):
    """What the programme file says of one measure. The first benefit is the one that headlines speak of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    people: str = Field(min_length=1)
    effects: tuple[Effect, ...] = Field(min_length=2)
    net: tuple[NetReading, ...] = ()

    @field_validator("effects")
    @classmethod
    def check_effects(cls, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        if {each.effect for each in effects} != {PREVENTS, CAUSES}:
            raise ValueError("a benefit never stands without its harm, nor a harm alone; give both with their sources")
        return effects

    @field_validator("net")
    @classmethod
    def check_net(cls, readings: tuple[NetReading, ...]) -> tuple[NetReading, ...]:
        if len(readings) == 1:
            raise ValueError("one reading of the net is no range; give another with its source, or none")
        if len({each.horizon for each in readings}) > 1:
            raise ValueError("readings of the net over different horizons are no range; keep those of one horizon")
        return readings


def get_effects(section: ImpactSection, effect: str) -> Sequence[Effect]:
    """Those that prevent, or those that cause, in the order of the file."""
    return [each for each in section.effects if each.effect == effect]
