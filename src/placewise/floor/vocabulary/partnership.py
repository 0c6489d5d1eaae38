"""Who decides in a system (its bodies) and what it promised (its ambitions), as its own files say it."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Written(BaseModel):
    """Something a person wrote in a deployment's file: nothing unknown in it, and never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(_Written):
    """A board, committee, collaborative, alliance, forum or group."""

    name: str
    kind: str
    remit: str
    part_of: str | None = None
    """The slug of the body it answers to."""
    covers: tuple[str, ...] = ()
    """Organisation codes of its footprint; empty for the whole system."""
    members: tuple[str, ...] = ()
    """Organisation codes, where they are known."""
    meets_in_public: bool = False
    open_from: date | None = None
    open_to: date | None = None
    source: str
    note: str | None = None

    @model_validator(mode="after")
    def check_dates(self) -> "Body":
        if self.open_from and self.open_to and self.open_to < self.open_from:
            raise ValueError("it closes before it opens; put open_from and open_to in order")
        return self


class Target(_Written):
    """One number an ambition promises, as it was stated."""

    says: str
    value: float | None = None
    """A share or change as a fraction (0.10 for 10%), else in the unit."""
    unit: str | None = None
    by: str | None = None
    """As stated: "2024", "2020/21"."""
    due: date | None = None
    """The last day of what was stated."""
    measure: str | None = None
    """The slug of the measure that will tell; none: not measured yet."""
    doubt: str | None = None


class Ambition(_Written):
    title: str
    wording: str
    footprint: str
    """Of which area it was said: an ambition of six places is not one of five."""
    owner: str | None = None
    """The slug of the body that answers for it."""
    targets: tuple[Target, ...] = ()
    doubt: str | None = None
    source: str

    @property
    def is_orphan(self) -> bool:
        """Nobody answers for it, or nothing measures it."""
        return self.owner is None or not any(target.measure for target in self.targets)


class BodiesFile(_Written):
    bodies: dict[str, Body] = Field(default_factory=dict)


class AmbitionsFile(_Written):
    ambitions: dict[str, Ambition] = Field(default_factory=dict)
