"""A measure over time in one area and group: a line with its 95% interval, broken where a month is missing."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from placewise_site.evidence.cells import Cell
from placewise_site.web.figures.ambition import Ambition
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, PLUM, Shape
from placewise_site.web.figures.measure_rows import (
    axis_format,
    gridlines,
    measure_row,
    missing_words,
    number_columns,
    value_range,
)
from placewise_site.web.figures.rows import lower_first
from placewise_site.web.figures.table import Column, Entry, Row, Table, words_entry
from placewise_site.web.figures.wording import (
    NOT_COMPLETE_WORDS,
    count_words,
    interval_words,
    missing_sentences,
    month_words,
    value_words,
)


def trend(title: str, cells: Sequence[Cell], ambition: Ambition | None, notes: Sequence[str] = ()) -> Figure:
    """The figure of these cells, one a month in order; `title` names the measure, `notes` what a reader of the whole
    series must know, such as a change of the area within it.

    Whether a change is real is not for the eye to judge from two points, so the sentence compares none.
    """
    last = cells[-1]
    return Figure(
        key="trend",
        title="Month by month",
        sentence=" ".join((_sentence(cells), *_unsettled_sentence(cells), *notes)),
        description=_description(cells, ambition),
        table=_table(cells),
        draw=_draw,
        height=lambda figure, shape: 300 if shape.is_narrow else 380,
        full_title=f"{title}, {last.area_name}",
        scale={
            "range": value_range(list(cells), ambition.value if ambition else None),
            "ambition": ambition,
            "of": last.scale,
        },
    )


def latest_sentence(cell: Cell) -> str:
    """The one line at the head of a measure: value, counts, interval, where and when."""
    group = "" if cell.split == "all" else f", {cell.group_title}"
    where = f"{cell.area_name}{group}, {month_words(cell.month)}"
    if cell.value is None:
        return f"{where}: {missing_words(cell)}."
    counts = _counts_words(cell)
    interval = interval_words(cell.lower, cell.upper, cell.scale)
    between = f"; 95% interval {interval}" if interval else ""
    return f"{where}: {value_words(cell.value, cell.scale)} ({counts}{between})."


def _counts_words(cell: Cell) -> str:
    """What a value is made of; what is counted is named where it need not be people."""
    counted, of, named = count_words(cell.numerator), count_words(cell.denominator), lower_first(cell.scale.counted)
    if cell.scale.is_share:
        return f"{counted} of {of}" if cell.scale.of_people else f"{counted} of {of} {named}"
    if not cell.scale.counts:
        return f"of {of} {named}"
    return f"{counted} {named} among {of} {lower_first(cell.scale.among)}".rstrip()


def _sentence(cells: Sequence[Cell]) -> str:
    first, last = month_words(cells[0].month), month_words(cells[-1].month)
    values = [cell.value for cell in cells if cell.value is not None]
    if not values:
        return f"No month from {first} to {last} can be shown."
    low, high = (value_words(value, cells[-1].scale) for value in (min(values), max(values)))
    spread = f"between {low} and {high} in {len(values)} months" if len(values) > 1 else f"{low} in the only one shown"
    return f"{cells[-1].area_name}, {first} to {last}: {spread}."


def _unsettled_sentence(cells: Sequence[Cell]) -> list[str]:
    """That the newest months wait until they are complete."""
    newest = [cell for cell in cells if not cell.settled]
    if not newest:
        return []
    since = month_words(newest[0].month)
    which = f"{since} is" if len(newest) == 1 else f"The {len(newest)} months from {since} are"
    return [f"{which} {NOT_COMPLETE_WORDS}: more is recorded later, and figures are shown once they are complete."]


def _description(cells: Sequence[Cell], ambition: Ambition | None) -> str:
    shown = [cell for cell in cells if cell.value is not None]
    words = [f"Line chart of {len(cells)} months, {month_words(cells[0].month)} to {month_words(cells[-1].month)}."]
    if shown:
        low = min(shown, key=lambda cell: cell.value or 0)
        high = max(shown, key=lambda cell: cell.value or 0)
        words.append(f"The lowest month is {month_words(low.month)} at {value_words(low.value, low.scale)}")
        words.append(f"and the highest {month_words(high.month)} at {value_words(high.value, high.scale)}.")
        words.append("The band is the 95% interval.")
    if ambition:
        words.append(f"A dashed line marks the ambition, {ambition.words}.")
    return " ".join([*words, *missing_sentences((cell.state for cell in cells), "month", ": a gap in the line")])


def _table(cells: Sequence[Cell]) -> Table:
    """A row a month; where the newest are not complete yet, a column says so, in the file too."""
    columns, rows = (Column("month", "Month"), *number_columns(cells[-1].scale)), [_row(cell) for cell in cells]
    if all(cell.settled for cell in cells):
        return Table(columns, tuple(rows))
    complete = [words_entry("complete" if cell.settled else NOT_COMPLETE_WORDS) for cell in cells]
    marked = (Row(row.title, (*row.entries, mark), row.marks) for row, mark in zip(rows, complete, strict=True))
    return Table((*columns, Column("complete", "Complete")), tuple(marked))


def _row(cell: Cell) -> Row:
    title = month_words(cell.month)
    row = measure_row(title, Entry(title, f"{cell.month:%Y-%m}", cell.month.isoformat()), cell)
    return Row(row.title, row.entries, {**row.marks, "month": cell.month.isoformat(), "settled": cell.settled})


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    rows = sorted((row.marks for row in figure.rows), key=lambda marks: marks["month"])
    low, high = figure.scale["range"]
    months = alt.X(
        "month:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, grid=False, labelAlign="left"),
    )
    percent = alt.Scale(domain=[low, high], nice=False)
    lines = gridlines(low, high, 9, figure.scale["of"])
    axis = alt.Axis(format=axis_format(figure.scale["of"], lines), values=lines, title=None)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=months)
    band = base.mark_area(color=BLUE, opacity=0.18).encode(y=alt.Y("lower:Q", scale=percent, axis=axis), y2="upper:Q")
    line = base.mark_line(color=BLUE, strokeWidth=2.5).encode(y=alt.Y("value:Q", scale=percent, axis=axis))
    fill = alt.condition("datum.settled", alt.value(BLUE), alt.value("white"))
    size = 14 if shape.is_narrow else 22
    point = base.mark_point(color=BLUE, opacity=1, size=size, strokeWidth=2).encode(y="value:Q", fill=fill)
    last = alt.Chart(alt.InlineData(values=[marks for marks in rows if marks["value"] is not None][-1:])).mark_text(
        align="left", dx=8, fontWeight="bold"
    )
    label = last.encode(x=months, y=alt.Y("value:Q", scale=percent), text="words:N")
    layers = [band, line, point, label]
    if figure.scale["ambition"]:
        layers += _ambition_layers(figure.scale["ambition"], rows[0]["month"], percent, shape)
    return alt.layer(*layers).to_dict()


def _ambition_layers(ambition: Ambition, first: str, percent: alt.Scale, shape: Shape) -> list[alt.Chart]:
    rows = alt.InlineData(values=[{"ambition": ambition.value, "month": first, "words": f"Ambition: {ambition.words}"}])
    line = (
        alt.Chart(rows)
        .mark_rule(color=PLUM, strokeDash=[7, 4], strokeWidth=2)
        .encode(y=alt.Y("ambition:Q", scale=percent))
    )
    label = (
        alt.Chart(rows)
        .mark_text(align="left", baseline="bottom", dy=-4, color=PLUM)
        .encode(x="month:T", y=alt.Y("ambition:Q", scale=percent), text="words:N")
    )
    return [line, label]
