"""The marks of a trajectory: what was measured, what is expected and what was promised; and of series kept apart."""

from datetime import date
from typing import Any

import altair as alt

from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, NAVY, PLUM, Shape
from placewise_site.web.figures.measure_rows import gridlines

AXIS = Scale(statistic="rate", per=1, decimals=2)
"""Numbers as they are written, whatever they count."""
COLOURS = (BLUE, PLUM, GREY, NAVY)
"""Of series kept apart, in their order; dashes tell them apart too."""
_Vertical = tuple[alt.Scale, alt.Axis]


def draw_trajectory(figure: Figure, shape: Shape) -> dict[str, Any]:
    rows = sorted((row.marks for row in figure.rows if row.marks), key=lambda marks: str(marks["at"]))
    y = _vertical(figure, shape)
    base = _chart(rows)
    layers = [
        *_expected(figure, y, rows),
        base.mark_rule(color=BLUE, strokeWidth=2, opacity=0.45).encode(x=_time(), y=_at("lower", y), y2="upper:Q"),
        base.mark_line(color=BLUE, strokeWidth=2.5).encode(x=_time(), y=_at("value", y)),
        base.mark_point(color=BLUE, filled=True, opacity=1, size=60).encode(x=_time(), y=_at("value", y)),
        *_promised(figure, y, rows),
    ]
    return alt.layer(*layers).to_dict()


def draw_apart(figure: Figure, shape: Shape) -> dict[str, Any]:
    names = figure.scale["names"]
    y = _vertical(figure, shape)
    base = _chart([row.marks for row in figure.rows])
    colours = alt.Scale(domain=names, range=list(COLOURS[: len(names)]))
    colour = alt.Color("name:N", scale=colours, sort=names, legend=alt.Legend(symbolType="stroke"))
    dash = alt.StrokeDash(
        "name:N", scale=alt.Scale(domain=names, range=[[1, 0], [8, 4], [2, 3], [10, 3]][: len(names)])
    )
    line = base.mark_line(strokeWidth=2.5).encode(x=_time(), y=_at("value", y), color=colour, strokeDash=dash)
    point = base.mark_point(filled=True, opacity=1, size=50).encode(x=_time(), y=_at("value", y), color=colour)
    return alt.layer(line, point).to_dict()


def _expected(figure: Figure, y: _Vertical, rows: list[dict[str, Any]]) -> list[alt.Chart]:
    """The forecast, joined to the last point measured."""
    ahead = figure.scale["ahead"]
    if not ahead:
        return []
    last = next(row for row in reversed(rows) if row["value"] is not None)
    joined = [{"at": last["at"], **dict.fromkeys(("value", "lower", "upper"), last["value"])}, *ahead]
    base = _chart(joined)
    return [
        base.mark_area(color=GREY, opacity=0.25).encode(x=_time(), y=_at("lower", y), y2="upper:Q"),
        base.mark_line(color=GREY, strokeWidth=2, strokeDash=[3, 3]).encode(x=_time(), y=_at("value", y)),
    ]


def _promised(figure: Figure, y: _Vertical, rows: list[dict[str, Any]]) -> list[alt.Chart]:
    """The line from the start to the promise on its day, else a level; with its words."""
    aim, start, due = figure.scale["aim"], figure.scale["from"], figure.scale["due"]
    if aim is None:
        return []
    level, words = aim
    first = rows[0]["at"] if rows else due
    if start is None:
        marked = _chart([{"value": level, "at": first, "words": words}])
        line = marked.mark_rule(color=PLUM, strokeDash=[7, 4], strokeWidth=2).encode(y=_at("value", y))
    else:
        way = _chart([start, {"at": due, "value": level}])
        line = way.mark_line(color=PLUM, strokeDash=[7, 4], strokeWidth=2).encode(x=_time(), y=_at("value", y))
        marked = _chart([{"at": due, "value": level, "words": words}])
    middle = date.fromisoformat(str(first)) if start is None else None
    label = marked.mark_text(
        align="left" if middle else "right", baseline="top", dy=6, dx=4 if middle else 0, color=PLUM, fontWeight="bold"
    ).encode(x=_time(), y=_at("value", y), text="words:N")
    dot = marked.mark_point(color=PLUM, shape="diamond", filled=True, opacity=1, size=110).encode(
        x=_time(), y=_at("value", y)
    )
    return [line, *([] if start is None else [dot]), label]


def _vertical(figure: Figure, shape: Shape) -> _Vertical:
    low, high = figure.scale["range"]
    lines = gridlines(low, high, min(shape.ticks, 8), AXIS)
    whole = all(float(line).is_integer() for line in lines)
    return (
        alt.Scale(domain=[low, high], nice=False),
        alt.Axis(values=lines, title=None, format=",.0f" if whole else ",.2~f"),
    )


def _at(name: str, y: _Vertical) -> alt.Y:
    return alt.Y(f"{name}:Q", scale=y[0], axis=y[1])


def _time() -> alt.X:
    years = alt.Axis(format="%Y", tickCount=6, grid=False)
    return alt.X("at:T", title=None, scale=alt.Scale(type="utc", padding=14), axis=years)


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))
