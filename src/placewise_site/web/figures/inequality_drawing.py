"""The marks of a slope of inequality: a block a group, as wide as its share of people, and the line through them."""

import json
from collections.abc import Callable
from typing import Any

import altair as alt

from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, NAVY, PLUM, Shape
from placewise_site.web.figures.measure_rows import axis_format, gridlines
from placewise_site.web.figures.wording import value_words

Rows = list[dict[str, Any]]
Place = Callable[[str], alt.X]


def draw_slope(figure: Figure, shape: Shape) -> dict[str, Any]:
    rows = sorted((row.marks for row in figure.rows if row.marks), key=lambda marks: float(marks["middle"]))
    low, high = figure.scale["range"]
    lines = gridlines(low, high, 9, figure.scale["of"])
    axis = alt.Axis(format=axis_format(figure.scale["of"], lines), values=lines, title=None)
    scale = alt.Scale(domain=[low, high], nice=False)
    across = _across(figure, rows, shape)

    def up(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    base = _chart(rows)
    block = base.mark_rule(color=BLUE, strokeWidth=7).encode(x=across("from"), x2="to:Q", y=up("value"))
    interval = base.mark_rule(color=NAVY, strokeWidth=1.75).encode(x=across("middle"), y=up("lower"), y2="upper:Q")
    words = base.mark_text(baseline="bottom", dy=-7).encode(x=across("middle"), y=up("upper"), text="words:N")
    return alt.layer(block, interval, *_line(figure, across, up), words).to_dict()


def _chart(rows: Rows) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _across(figure: Figure, rows: Rows, shape: Shape) -> Place:
    """Makes the horizontal encoding of a field: from none to all of the people, named by the groups' own middles."""
    labels = json.dumps([row["label"] for row in rows])
    axis = alt.Axis(
        values=[row["middle"] for row in rows],
        labelExpr=f"{labels}[round(datum.index * {len(rows) - 1})]",
        grid=False,
        ticks=False,
    )
    title = figure.scale["group_title"].split(": ") if shape.is_narrow else figure.scale["group_title"]
    scale = alt.Scale(domain=[0, 1], nice=False)
    return lambda field: alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)


def _line(figure: Figure, across: Place, up: Callable[[str], alt.Y]) -> list[alt.Chart]:
    """The fitted line, and above the chart what it says of its two ends."""
    start, end = figure.scale["ends"]
    of = figure.scale["of"]
    ends = _chart([{"place": 0, "value": start}, {"place": 1, "value": end}])
    line = ends.mark_line(color=PLUM, strokeWidth=2.5, strokeDash=[9, 4]).encode(x=across("place"), y=up("value"))
    said = f"Line from {value_words(start, of)} to {value_words(end, of)}"
    words = _chart([{"words": said}]).mark_text(align="left", baseline="bottom", color=PLUM)
    return [line, words.encode(x=alt.value(0), y=alt.value(-8), text="words:N")]
