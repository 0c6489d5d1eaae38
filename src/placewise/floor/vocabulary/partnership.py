"""Who decides in a system: its bodies, as its own file says it."""

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


class BodiesFile(_Written):
    bodies: dict[str, Body] = Field(default_factory=dict)
