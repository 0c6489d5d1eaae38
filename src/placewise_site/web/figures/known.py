"""People known to be on a register beside the people expected there: two populations, and neither a share of the other.

Where several bases say how many are expected, each area has a row for each of them: a range, never one number.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt

from placewise_site.evidence.sight import Area, Expectation
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, Shape
from placewise_site.web.figures.rows import lower_first, names_axis, row_marks, rows_height
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import KIND_WORDS, count_words, percent_words, state_words

KNOWN, GAP = "Known", "Gap to the expected"
COLUMNS = (
    Column("basis", "Basis"),
    Column("expected", "Expected", is_number=True),
    Column("known", "Known", is_number=True),
    Column("gap", "Gap", is_number=True),
    Column("kind", "Kind"),
    Column("source", "Source"),
)


def known_and_expected(
    key: str, register: str, level: str, areas: Sequence[tuple[Area, Sequence[Expectation]]], sentence: str
) -> Figure:
    """The figure of these areas. register: its title; level: what the areas are, as a heading."""
    table = expectation_table(level, areas)
    title = f"{register}: expected, known and gap"
    return Figure(
        key=key,
        title=title,
        full_title=f"{title} by {lower_first(level)}",
        sentence=sentence,
        description=(
            f"Bar chart of {len(table.rows)} rows, one for each {lower_first(level)} and basis: the people known, and "
            "beside them the gap to the number expected, which is an estimate or a claim."
        ),
        table=table,
        draw=_draw,
        height=lambda figure, shape: rows_height(figure, shape) + (110 if shape.is_narrow else 60),
    )


def expectation_table(level: str, areas: Sequence[tuple[Area, Sequence[Expectation]]]) -> Table:
    """A row for each area and basis; known + gap = expected in every row that shows them."""
    rows = [_row(area, each, len(found) > 1) for area, found in areas for each in found]
    return Table((Column("name", level), *COLUMNS), tuple(rows))


def range_words(area: Area, found: Sequence[Expectation]) -> str:
    """Known, expected and gap of one area in a sentence; with several bases, from the least to the most."""
    expected = [each.expected for each in found if each.expected is not None]
    gaps = [each.gap for each in found if each.gap is not None]
    if not expected or not gaps:
        return f"No figure can be shown for {area.name}."
    known = f"{count_words(found[0].known.people)} people are known in {area.name}"
    return f"{known}; {_range(expected)} are expected: {_gap_words(gaps)}."


def basis_words(found: Expectation) -> str:
    """Of whom a basis expects how many: 16.7% of everyone registered (400,000 of 2,400,000)."""
    basis = found.basis
    stated = f" ({basis.people:,} of {basis.of:,})" if basis.people and basis.of else ""
    whom = f"people aged {basis.from_age} and over" if basis.from_age else "everyone registered"
    return f"{percent_words(basis.expected_share)} of {whom}{stated}"


def _range(numbers: Sequence[int]) -> str:
    low, high = count_words(min(numbers)), count_words(max(numbers))
    return low if low == high else f"{low} to {high}"


def _gap_words(gaps: Sequence[int]) -> str:
    if max(gaps) <= 0:
        return "no gap"
    return f"a gap of {_range([max(gap, 0) for gap in gaps])}"


def _row(area: Area, found: Expectation, is_one_of_several: bool) -> Row:
    known, missing = found.known, state_words(found.known.state)
    entries = (
        words_entry(area.name),
        words_entry(f"{found.basis.title}: {basis_words(found)}"),
        number_entry(count_words(found.expected), found.expected, state_words("hidden")),
        number_entry(count_words(known.people), known.people, missing, known.address),
        number_entry(count_words(found.gap), found.gap, missing or state_words("hidden")),
        words_entry(KIND_WORDS[found.basis.kind]),
        words_entry(found.basis.source),
    )
    marks = {"known": known.people, "gap": max(found.gap or 0, 0), "missing": missing}
    title = f"{area.name}: {found.basis.title}" if is_one_of_several else area.name
    return Row(title, entries, marks)


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
