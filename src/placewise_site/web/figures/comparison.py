"""A measure at one month across areas or groups: a dot with its 95% interval for each, in the order of the table."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from placewise_site.evidence.cells import Cell
from placewise_site.web.figures.ambition import Ambition
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, NAVY, PLUM, Shape
from placewise_site.web.figures.measure_rows import (
    axis_format,
    gridlines,
    measure_row,
    missing_words,
    number_columns,
    value_range,
)
from placewise_site.web.figures.rows import (
    heading,
    lower_first,
    names_axis,
    row_marks,
    row_name,
    rows_height,
    said_name,
)
from placewise_site.web.figures.table import Column, Row, Table, words_entry
from placewise_site.web.figures.wording import NOT_COMPLETE_WORDS, missing_sentences, month_words, value_words


def comparison(
    key: str, compared: str, title: str, cells: Sequence[Cell], whole: Cell, ambition: Ambition | None
) -> Figure:
    """The figure of these cells, one an area or group, beside the whole they are part of.

    compared: what the rows are, as a heading (Place, Ethnic group); title: the measure's. Areas and groups are compared
    with the whole only, and no row is called good or bad: that takes a control limit, not a rank.
    """
    month = month_words(whole.month)
    is_register = {cell.group for cell in cells} == {"yes"}
    return Figure(
        key=key,
        title=heading(compared, is_register=is_register),
        sentence=_sentence(compared, cells, whole, month),
        description=_description(compared, cells, whole, ambition),
        table=Table(
            (Column("name", compared), *number_columns(whole.scale)),
            tuple(_row(cell, row_name(cell)) for cell in cells),
        ),
        draw=_draw,
        height=lambda figure, shape: rows_height(figure, shape) + (98 if shape.is_narrow else 76),
        full_title=f"{title}, {lower_first(heading(compared, is_register=is_register))}, {whole.area_name}, {month}",
        scale={
            "range": value_range([*cells, whole], ambition.value if ambition else None),
            "ambition": ambition,
            "whole": whole.value,
            "of": whole.scale,
        },
    )


def _row(cell: Cell, name: str) -> Row:
    row = measure_row(name, words_entry(name), cell)
    return Row(row.title, row.entries, {**row.marks, "missing": missing_words(cell)})


def _sentence(compared: str, cells: Sequence[Cell], whole: Cell, month: str) -> str:
    """The range of the rows, beside the whole. Rows that nobody is in have no value."""
    known = sorted((cell for cell in cells if cell.value is not None), key=lambda cell: cell.value or 0)
    beside = (
        f"; {value_words(whole.value, whole.scale)} for {whole.area_name} as a whole" if whole.value is not None else ""
    )
    if not known:
        return f"No row can be shown for {month}{beside}."
    low, high = (
        f"{value_words(cell.value, cell.scale)} ({said_name(compared, cell)})" for cell in (known[0], known[-1])
    )
    spread = f"From {low} to {high}" if len(known) > 1 else f"{low}, the only row that can be shown"
    return f"{spread}{beside}, {month}{'' if whole.settled else f', which is {NOT_COMPLETE_WORDS}'}."


def _description(compared: str, cells: Sequence[Cell], whole: Cell, ambition: Ambition | None) -> str:
    words = [
        f"Chart of {len(cells)} rows, one for each {compared.lower()}: a dot for the value, a line for its interval."
    ]
    if whole.is_shown:
        words.append(f"A grey line marks {whole.area_name} as a whole, {value_words(whole.value, whole.scale)}.")
    if ambition:
        words.append(f"A dashed line marks the ambition, {ambition.words}.")
    return " ".join([*words, *missing_sentences(cell.state for cell in cells)])


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    low, high = figure.scale["range"]
    percent = alt.Scale(domain=[low, high], nice=False)
    lines = gridlines(low, high, shape.ticks, figure.scale["of"])
    axis = alt.Axis(format=axis_format(figure.scale["of"], lines), values=lines, title=None, orient="top")
    rows = alt.Chart(row_marks(figure, shape, start=low)).encode(y=names_axis(figure, shape))
    value = alt.X("value:Q", scale=percent, axis=axis)
    interval = rows.mark_rule(color=NAVY, strokeWidth=2).encode(
        x=alt.X("lower:Q", scale=percent, axis=axis), x2="upper:Q"
    )
    dot = rows.mark_point(color=BLUE, filled=True, opacity=1, size=90).encode(x=value)
    words = rows.mark_text(align="left", dx=8).encode(x=alt.value("width"), text="words:N")
    missing = rows.mark_text(align="left", dx=6, fontStyle="italic").encode(
        x=alt.X("start:Q", scale=percent), text="missing:N"
    )
    return alt.layer(*_references(figure, percent), interval, dot, words, missing).to_dict()


def _references(figure: Figure, percent: alt.Scale) -> list[alt.Chart]:
    """The whole as a grey line and the ambition as a dashed one, told apart by the key above."""
    lines = []
    if (whole := figure.scale["whole"]) is not None:
        lines.append((whole, f"Whole area: {value_words(whole, figure.scale['of'])}", GREY, [1, 0]))
    if ambition := figure.scale["ambition"]:
        lines.append((ambition.value, f"Ambition: {ambition.words}", PLUM, [7, 4]))
    if not lines:
        return []
    words = [line[1] for line in lines]
    rules = alt.Chart(alt.InlineData(values=[{"at": line[0], "what": line[1]} for line in lines])).mark_rule(
        strokeWidth=2.5
    )
    return [
        rules.encode(
            x=alt.X("at:Q", scale=percent),
            color=alt.Color("what:N", scale=alt.Scale(domain=words, range=[line[2] for line in lines])),
            strokeDash=alt.StrokeDash("what:N", scale=alt.Scale(domain=words, range=[line[3] for line in lines])),
        )
    ]
