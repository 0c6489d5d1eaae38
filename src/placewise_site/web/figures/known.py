"""People known to be on a register beside the people expected there: three populations, and none a share of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from placewise_site.evidence.cells import PeopleCell
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, Shape
from placewise_site.web.figures.rows import lower_first, names_axis, row_marks, rows_height
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, state_words

KNOWN, GAP = "Known", "Gap (an estimate)"
NUMBERS = (
    Column("expected", "Expected (an estimate)", is_number=True),
    Column("known", "Known", is_number=True),
    Column("gap", "Gap (an estimate)", is_number=True),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """One area: whom its practices know, and how many people there should be."""

    known: PeopleCell
    expected: int | None  # None where the people of the area cannot be shown

    @property
    def gap(self) -> int | None:
        """Expected less known, so that known and gap make the expected; below zero where more are known."""
        return None if self.expected is None or self.known.people is None else self.expected - self.known.people


def known_and_expected(
    key: str, register: str, level: str, areas: Sequence[Expected], whole: Expected, said: str
) -> Figure:
    """The figure of these areas. register: its title; level: what the areas are, as a heading; said: whose estimate."""
    return Figure(
        key=key,
        title=f"{register}: expected, known and gap",
        full_title=f"{register}: expected, known and gap by {lower_first(level)}, {whole.known.area_name}",
        sentence=_sentence(whole, said),
        description=(
            f"Bar chart of {len(areas)} rows, one for each {lower_first(level)}: the people known, and beside them the "
            "gap to the number expected, which is an estimate."
        ),
        table=Table((Column("name", level), *NUMBERS), tuple(_row(each) for each in areas)),
        draw=_draw,
        height=lambda figure, shape: rows_height(figure, shape) + (98 if shape.is_narrow else 76),
    )


def _sentence(whole: Expected, said: str) -> str:
    if whole.gap is None:
        return f"No figure can be shown for {whole.known.area_name}. {said}"
    known = f"{count_words(whole.known.people)} people are known in {whole.known.area_name}"
    beside = f"about {count_words(whole.expected)} are expected: a gap of about {count_words(whole.gap)}"
    if whole.gap <= 0:
        beside = f"about {count_words(whole.expected)} are expected: no gap"
    return f"{known} and {beside}. {said}"


def _row(area: Expected) -> Row:
    known, name = area.known, area.known.area_name
    missing = state_words(known.state)
    entries = (
        words_entry(name),
        number_entry(_about(area.expected), area.expected, missing),
        number_entry(count_words(known.people), known.people, missing, known.address),
        number_entry(_about(area.gap), area.gap, missing),
    )
    return Row(name, entries, {"known": known.people, "gap": max(area.gap or 0, 0), "missing": missing})


def _about(number: int | None) -> str:
    return "" if number is None else f"about {count_words(number)}"


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    rows = alt.Chart(row_marks(figure, shape))
    parts = rows.transform_calculate(**{KNOWN: "datum.known", GAP: "datum.gap"}).transform_fold(
        [KNOWN, GAP], as_=["part", "people"]
    )
    axis = alt.Axis(format=",.0f", tickCount=shape.ticks // 2, title=None, orient="top")
    colour = alt.Color("part:N", scale=alt.Scale(domain=[KNOWN, GAP], range=[BLUE, GREY]))
    bars = parts.mark_bar(size=18, stroke="white").encode(
        y=names_axis(figure, shape),
        x=alt.X("people:Q", stack="zero", axis=axis),
        color=colour,
        order=alt.Order("part:N", sort="descending"),
    )
    words = rows.mark_text(align="left", dx=6, fontStyle="italic").encode(
        y=names_axis(figure, shape), x=alt.value(0), text="missing:N"
    )
    return alt.layer(bars, words).to_dict()
