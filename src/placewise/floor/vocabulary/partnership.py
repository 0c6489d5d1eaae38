"""Who decides in a system: its bodies, their seats and what they work by, as its own file says it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from placewise.floor.vocabulary.written import Written, check_order

SeatKind = Literal["chair", "vice_chair", "member", "lay", "public", "political", "executive", "officer"]


class Seat(Written):
    """One place at the table. officer: attends; every other kind votes unless it says otherwise."""

    title: str
    kind: SeatKind
    votes: bool | None = None
    represents: str = ""
    """The kind of partner it is for: council, hospice, healthwatch ..."""
    organisation: str | None = None
    """The code of the one organisation it is for."""

    @property
    def has_a_vote(self) -> bool:
        return self.kind != "officer" if self.votes is None else self.votes


class Terms(Written):
    """What a body works by. synthetic: invented for a demonstration, since its source does not say."""

    synthetic: bool
    papers_published_days_before: Annotated[int, Field(ge=0, le=60)] | None = None
    skills: Mapping[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """What its members together should know -> how many of them."""
    seats: Mapping[str, Seat] = Field(default_factory=dict)


class Body(Written):
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
    successors: tuple[str, ...] = ()
    """The slugs of the bodies that take over when it closes."""
    receives: tuple[str, ...] = ()
    """Kinds of incident that are brought to it."""
    escalates_to: str | None = None
    """The slug of the body to which it passes on an incident that it cannot settle."""
    meets_in_public: bool = False
    open_from: date | None = None
    open_to: date | None = None
    terms: Terms | None = None
    source: str
    note: str | None = None

    @model_validator(mode="after")
    def check_dates(self) -> "Body":
        check_order(self.open_from, self.open_to, "it closes before it opens; put open_from and open_to in order")
        return self


class BodiesFile(Written):
    bodies: dict[str, Body] = Field(default_factory=dict)
