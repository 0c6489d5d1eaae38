"""By which agreement a system is governed: instruments.yaml, with the functions that somebody has to decide.

An instrument has versions, each between named parties and in force between two days, both included. Quorum belongs to a
version, since another version may set another. `synthetic: true` marks what is invented for a demonstration.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from placewise.floor.vocabulary.partnership import SeatKind
from placewise.floor.vocabulary.written import Written, check_order


class Quorum(Written):
    """How many members with a vote must be there: the larger of a number and a share of the seats with a vote."""

    at_least: Annotated[int, Field(ge=1)]
    share_of_voting_seats: Annotated[float, Field(gt=0, le=1)] | None = None
    of_kinds: Mapping[SeatKind, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    synthetic: bool


class Version(Written):
    name: str
    parties: Annotated[tuple[str, ...], Field(min_length=1)]
    """Organisation codes."""
    in_force_from: date
    in_force_to: date | None = None
    quorum: Mapping[str, Quorum] = Field(default_factory=dict)
    """Slug of a body -> its quorum."""
    synthetic: bool
    source: str
    note: str | None = None

    @model_validator(mode="after")
    def check_dates(self) -> "Version":
        told = "it ends before it begins; put in_force_from and in_force_to in order"
        check_order(self.in_force_from, self.in_force_to, told)
        return self


class Instrument(Written):
    name: str
    versions: dict[str, Version]


class Function(Written):
    """Something that has to be decided in every place."""

    title: str


class InstrumentsFile(Written):
    functions: dict[str, Function] = Field(default_factory=dict)
    instruments: dict[str, Instrument] = Field(default_factory=dict)
