"""How many people a register should hold: the `case_finding` section of a programme, and a deployment's expected.yaml.

case_finding:
  hypertension:                  # a register; each basis is one answer, and several make a range
    - title: Health Survey for England 2021
      share: 0.30                # or people: 400000 and of: 2400000
      from_age: 18               # of whom; left out: of everyone
      kind: estimated            # told (claimed by somebody), estimated or modelled
      source: who found it, in which document, of what date
      note: what a reader must know

A national share belongs to the programme; what an organisation states of its own people belongs to the deployment.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from placewise.floor.vocabulary.people import AGE_BAND_STARTS

Kind = Literal["told", "estimated", "modelled"]


class Basis(BaseModel):
    """What share of whom should be on a register, and who says so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    share: float | None = Field(default=None, gt=0, le=1)
    people: int | None = Field(default=None, gt=0)
    of: int | None = Field(default=None, gt=0)
    from_age: int = 0
    """Completed years; 0: everyone."""
    kind: Kind
    source: str = Field(min_length=1)
    note: str = Field(min_length=1)

    @field_validator("from_age")
    @classmethod
    def check_age(cls, years: int) -> int:
        if years not in AGE_BAND_STARTS:
            starts = ", ".join(map(str, AGE_BAND_STARTS))
            raise ValueError(f"people are counted from the ages {starts}; give one of them, and say so in the note")
        return years

    @model_validator(mode="after")
    def check_share(self) -> "Basis":
        if (self.share is None) == (self.people is None) or (self.people is None) != (self.of is None):
            raise ValueError("how many are expected is not told once; give `share`, or `people` and `of`")
        if self.people is not None and self.of is not None and self.people > self.of:
            raise ValueError("more people are expected than there are; check `people` and `of`")
        return self

    @property
    def expected_share(self) -> float:
        """Of the people of these ages, 0 to 1."""
        if self.people is not None and self.of is not None:
            return self.people / self.of
        assert self.share is not None, "a basis without a share is refused"
        return self.share
