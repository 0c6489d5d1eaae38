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


class Clause(Written):
    """A part of a draft that people may comment on by itself."""

    title: str
    says: str
    synthetic: bool


class Engagement(Written):
    """A draft is out for comment between two days, both included."""

    opens_on: date
    closes_on: date
    clauses: Annotated[dict[str, Clause], Field(min_length=1)]
    """Slug -> clause, in the order of the draft."""
    synthetic: bool
    source: str

    @model_validator(mode="after")
    def check_dates(self) -> "Engagement":
        check_order(self.opens_on, self.closes_on, "it closes before it opens; put opens_on and closes_on in order")
        return self


class Version(Written):
    name: str
    parties: Annotated[tuple[str, ...], Field(min_length=1)]
    """Organisation codes."""
    in_force_from: date
    in_force_to: date | None = None
    quorum: Mapping[str, Quorum] = Field(default_factory=dict)
    """Slug of a body -> its quorum."""
    engagement: Engagement | None = None
    synthetic: bool
    source: str
    note: str | None = None

    @model_validator(mode="after")
    def check_dates(self) -> "Version":
        told = "it ends before it begins; put in_force_from and in_force_to in order"
        check_order(self.in_force_from, self.in_force_to, told)
        if self.engagement and self.engagement.opens_on >= self.in_force_from:
            raise ValueError("it is put out for comment once it is in force; put out a draft, before in_force_from")
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
