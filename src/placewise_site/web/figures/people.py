"""Counts of people by group or area: bars from zero with the count and its share beside each."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from placewise_site.evidence.cells import PeopleCell
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, Shape
from placewise_site.web.figures.rows import (
    heading,
    lower_first,
    names_axis,
    row_marks,
    row_name,
    rows_height,
    said_name,
)
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import (
    count_words,
    missing_sentences,
    percent_number,
    percent_words,
    state_words,
)

_NUMBERS = (Column("people", "People", is_number=True), Column("share", "Per cent", is_number=True))


def people(key: str, compared: str, cells: Sequence[PeopleCell], whole: PeopleCell, as_of: str) -> Figure:
    """The figure of these counts, each with its share of the whole. Shares of a rounded whole need not add up.

    as_of: the month of the count, in words.
    """
    shown = [cell for cell in cells if cell.is_shown]
    largest = max(shown, key=lambda cell: cell.people or 0, default=None)
    return Figure(
        key=key,
        title=heading(compared, is_register=False),
        sentence=_sentence(compared, largest, whole, as_of),
        description=_description(compared, cells),
        table=Table((Column("name", compared), *_NUMBERS), tuple(_row(cell, whole) for cell in cells)),
        draw=_draw,
        height=lambda figure, shape: rows_height(figure, shape) + 16,
        full_title=f"People by {lower_first(compared)}, {whole.area_name}, {as_of}",
    )


def share_of(cell: PeopleCell, whole: PeopleCell) -> float | None:
    if cell.people is None or not whole.people:
        return None
    return cell.people / whole.people


def _row(cell: PeopleCell, whole: PeopleCell) -> Row:
    share = share_of(cell, whole)
    count = number_entry(count_words(cell.people), cell.people, state_words(cell.state), cell.address)
    words = f"{count.words} ({percent_words(share)})" if share is not None else count.words
    entries = (words_entry(row_name(cell)), count, number_entry(percent_number(share), share))
    return Row(row_name(cell), entries, {"title": row_name(cell), "people": cell.people, "words": words})


def _sentence(compared: str, largest: PeopleCell | None, whole: PeopleCell, as_of: str) -> str:
    if largest is None:
        return f"No figure can be shown for {as_of}."
    share = percent_words(share_of(largest, whole))
    return (
        f"{count_words(whole.people)} people in {whole.area_name}, {as_of}. "
        f"The largest is {said_name(compared, largest)}: {count_words(largest.people)} ({share})."
    )


def _description(compared: str, cells: Sequence[PeopleCell]) -> str:
    words = f"Bar chart of {len(cells)} rows, one for each {compared.lower()}, with the count and its share of all."
    return " ".join([words, *missing_sentences(cell.state for cell in cells)])


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    most = max((row.marks["people"] or 0 for row in figure.rows), default=0) or 1
    # The words stand beside the bar, so the axis runs on beyond the longest bar to leave them room.
    counts = alt.Scale(domain=[0, most * (1.95 if shape.is_narrow else 1.3)], nice=False)
    rows = alt.Chart(row_marks(figure, shape)).transform_calculate(end="datum.people || 0")
    rows = rows.encode(y=names_axis(figure, shape), x=alt.X("end:Q", scale=counts, axis=None))
    return alt.layer(
        rows.mark_bar(color=BLUE, size=18), rows.mark_text(align="left", dx=6).encode(text="words:N")
    ).to_dict()
