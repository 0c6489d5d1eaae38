"""What the API answers with. Field names are those of the release's own tables."""

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field

T = TypeVar("T")


class Page(Schema, Generic[T]):
    """One page of a longer list."""

    release: str = Field(description="The release the answer was read from; name it to get the same answer again")
    count: int = Field(description="How many there are in all")
    next: str | None = Field(description="The address of the next page, or null on the last")
    items: list[T]


class Measure(Schema):
    measure: str
    title: str
    programme: str
    programme_title: str
    unit: str
    better: str = Field(description="higher, lower or neither")
    status: str = Field(description="draft, preview, published or archived")
    numerator_means: str
    denominator_means: str
    statistic: str = Field(description="proportion, rate, mean or median")
    per: int = Field(description="What a rate is per; 1 for the others")
    value_unit: str = Field(description="Of a mean or median; empty for a plain number")
    decimals: int = Field(description="Of a rate, mean or median")
    over: str = Field(description="month, 12 months or financial year: the months added up")
    completeness: str = Field(description="The measure whose share says how much of this one is known, or empty")
    settles_after: int = Field(description="So many of the newest months are not complete yet")
    ambition: dict[str, Any] | None
    note: str = Field(description="What a reader must know to read the figure rightly")
    owner: str
    version: str = Field(description="Changes whenever the definition or a code list does")


class MeasureInFull(Measure):
    why_it_matters: str
    definition: str = Field(description="As its programme writes it (YAML)")
    code_lists: list[dict[str, Any]]
    reviewed: str
    next_review: str


class Figure(Schema):
    """One chart: what it says, and the addresses of its table and pictures in this release."""

    figure: str = Field(description="control-chart, funnel-plot, inequality-slope, trend, a level or a split")
    title: str
    sentence: str = Field(description="Computed from the numbers that the chart and its table show")
    method: str = Field(description="Method and limits; empty where the chart has none")
    csv: str = Field(description="The table")
    svg: str
    png: str
    vega_lite: str = Field(description="The specification of the chart with its data (JSON)")


class Value(Schema):
    """One released cell. Every number is null unless its state is `shown`."""

    address: str = Field(description="/evidence/ADDRESS/ explains the figure")
    level: str
    area: str
    area_name: str
    split: str
    group: str
    group_title: str
    month: date = Field(description="The last day of the month counted")
    numerator: int | None
    denominator: int | None
    value: float | None = Field(
        description="A proportion, 0 to 1, or a rate, from the rounded counts; a mean or median, rounded"
    )
    lower: float | None = Field(
        description="95% limit: Wilson's of a proportion, Byar's of a rate, Student's t of a mean"
    )
    upper: float | None
    settled: bool = Field(description="False for a newest month that is not complete yet: it is shown once it is")
    state: str = Field(
        description="shown, hidden (to protect privacy), not_complete (shown later) or no_data (not a zero)"
    )


class People(Schema):
    """Registered people of one area and group at the last month."""

    address: str
    level: str
    area: str
    area_name: str
    split: str
    group: str
    group_title: str
    people: int | None
    state: str


class Expectation(Schema):
    """How many people one basis expects on a register of an area, beside the known: known + gap = expected."""

    register_name: str
    register_title: str
    area: str
    area_name: str
    title: str = Field(description="The basis")
    kind: str = Field(description="estimated, modelled or told (claimed)")
    source: str
    note: str
    from_age: int = Field(description="Of people of this age and over; 0: of everyone registered")
    expected_share: float = Field(description="Of those people, 0 to 1")
    expected: int | None
    known: int | None = Field(description="People on the register; null unless the state is `shown`")
    gap: int | None = Field(description="Expected less known; below zero where more are known than expected")
    state: str
    address: str = Field(description="/evidence/ADDRESS/ explains the known")


class Indicator(Schema):
    indicator: str
    title: str
    unit: str
    better: str
    note: str


class PublishedValue(Schema):
    """One published figure, exactly as its file gave it. In a release of mode `synthetic` the file is invented."""

    address: str
    indicator: str
    area: str
    area_name: str
    area_kind: str
    period: str
    split: str
    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None = Field(None, description="95% limit, of a figure that is estimated by a method of ours")
    upper: float | None = None
    unit: str
    source: str


class Withdrawal(Schema):
    release: str
    on: datetime
    because: str
    replaced_by: str | None = Field(description="The release that stands in its place; null while there is none")


class Release(Schema):
    release: str
    build: str
    made_on: str
    mode: str
    first_month: str | None
    last_month: str | None
    deprivation_edition: str | None
    geography_edition: str | None
    disclosure: dict[str, Any]
    in_force: bool
    withdrawn: Withdrawal | None = Field(description="Null unless it was withdrawn: nothing of it is given then")


class Problem(Schema):
    detail: str = Field(description="One sentence: what is wrong and what to do")


class Gone(Problem):
    """The answer for a release that was withdrawn."""

    withdrawn: Withdrawal
