"""The marks of a control chart: shape tells which side, colour repeats whether that is good, words name the lines."""

from datetime import date
from itertools import groupby
from typing import Any

import altair as alt

from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.chart_labels import apart
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, INK, ORANGE, PLUM, Shape
from placewise_site.web.figures.measure_rows import axis_format, gridlines
from placewise_site.web.figures.wording import NOT_COMPLETE_WORDS, value_words

GAP = "#EDF0F2"
"""Behind months without a number. It repeats what words say, so it needs no contrast."""

NOT_COMPLETE = NOT_COMPLETE_WORDS.capitalize()
LOOKS = {
    "Common cause": ("circle", GREY, True),
    "Improvement": ("", BLUE, True),
    "Concern": ("", ORANGE, True),
    "Unusually high": ("triangle-up", PLUM, True),
    "Unusually low": ("triangle-down", PLUM, True),
    "No limits": ("square", GREY, False),
    NOT_COMPLETE: ("circle", GREY, False),
}
"""Of each kind of point: its shape ("": up or down, by which is better), colour, and whether it is filled."""

Rows = list[dict[str, Any]]


def draw_control_chart(figure: Figure, shape: Shape) -> dict[str, Any]:
    rows = sorted((row.marks for row in figure.rows), key=lambda marks: str(marks["month"]))
    low, high = figure.scale["range"]
    scale = alt.Scale(domain=[low, high], nice=False)
    lines = gridlines(low, high, 9, figure.scale["of"])
    axis = alt.Axis(format=axis_format(figure.scale["of"], lines), values=lines, title=None)
    return alt.layer(
        *_gaps(rows, shape),
        *_breaks(figure, rows, shape),
        *_limits(rows, scale, axis),
        *_ambition(figure, rows, scale),
        *_series(figure, rows, scale, shape),
        *_names_of_lines(figure, rows, scale, shape),
    ).to_dict()


def _months() -> alt.X:
    years = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, grid=False, labelAlign="left")
    return alt.X("month:T", title=None, scale=alt.Scale(type="utc"), axis=years)


def _chart(rows: Rows) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _gaps(rows: Rows, shape: Shape) -> list[alt.Chart]:
    """A ground behind each run of months without a number, and why in words where there is room for them."""
    runs = [
        (why, list(run))
        for why, run in groupby(rows, lambda row: str(row["missing"]) if row["value"] is None else "")
        if why
    ]
    if not runs:
        return []
    days = [date.fromisoformat(row["month"]) for row in rows]
    half = (days[-1] - days[0]) / max(len(days) - 1, 1) / 2
    data = [
        {
            "month": str(date.fromisoformat(run[0]["month"]) - half),
            "until": str(date.fromisoformat(run[-1]["month"]) + half),
            "words": why,
        }
        for why, run in runs
    ]
    month = (shape.width - (60 if shape.is_narrow else 220)) / len(rows)  # pixels, about
    wide = [each for each, (_, run) in zip(data, runs, strict=True) if len(run) * month >= shape.font]
    ground = _chart(data).mark_rect(color=GAP).encode(x=_months(), x2="until:T")
    words = _chart(wide).mark_text(
        angle=270, align="right", baseline="top", dy=2, fontStyle="italic", fontSize=shape.font - 2
    )
    return [ground, *([words.encode(x=_months(), y=alt.value(6), text="words:N")] if wide else [])]


def _breaks(figure: Figure, rows: Rows, shape: Shape) -> list[alt.Chart]:
    if not figure.scale["breaks"]:
        return []
    breaks = _chart([{"month": when, "words": words} for when, words in figure.scale["breaks"]])
    rule = breaks.mark_rule(color=INK, strokeWidth=1.5, strokeDash=[2, 3]).encode(x=_months())
    words = breaks.mark_text(align="left", dx=5, baseline="top", fontSize=shape.font - 2)
    return [rule, words.encode(x=_months(), y=alt.value(2), text="words:N")]


def _limits(rows: Rows, scale: alt.Scale, axis: alt.Axis) -> list[alt.Chart]:
    base = _chart(rows).encode(x=_months(), detail="phase:N")
    ends = [
        base.mark_line(color=GREY, strokeDash=[5, 4], strokeWidth=1.75, interpolate="step").encode(
            y=alt.Y(f"{name}:Q", scale=scale, axis=axis)
        )
        for name in ("lower", "upper")
    ]
    centre = base.mark_line(color=GREY, strokeWidth=1.75, interpolate="step")
    return [*ends, centre.encode(y=alt.Y("centre:Q", scale=scale, axis=axis))]


def _ambition(figure: Figure, rows: Rows, scale: alt.Scale) -> list[alt.Chart]:
    ambition = figure.scale["ambition"]
    if ambition is None:
        return []
    line = _chart([{"level": ambition.value}]).mark_rule(color=PLUM, strokeDash=[9, 4], strokeWidth=2.25)
    return [line.encode(y=alt.Y("level:Q", scale=scale))]


def _series(figure: Figure, rows: Rows, scale: alt.Scale, shape: Shape) -> list[alt.Chart]:
    """The line that joins the points, and the points by their kind, with the key above."""
    better = figure.scale["better"]
    sides = {"Improvement": "triangle-up", "Concern": "triangle-down"}
    if better == "lower":
        sides = {"Improvement": "triangle-down", "Concern": "triangle-up"}
    kinds = [kind for kind in LOOKS if any(row["kind"] == kind and row["value"] is not None for row in rows)]
    looks = [LOOKS[kind] for kind in kinds]
    key = alt.Legend(symbolSize=110, symbolStrokeWidth=1.5)
    base = _chart(rows).encode(x=_months(), y=alt.Y("value:Q", scale=scale))
    line = base.mark_line(color=GREY, strokeWidth=1.25)
    colours = alt.Scale(domain=kinds, range=[colour for _, colour, _ in looks])
    fills = alt.Scale(domain=kinds, range=[colour if filled else "white" for _, colour, filled in looks])
    shapes = alt.Scale(
        domain=kinds, range=[named or sides[kind] for kind, (named, _, _) in zip(kinds, looks, strict=True)]
    )
    points = (
        _chart([row for row in rows if row["value"] is not None])
        .mark_point(opacity=1, size=34 if shape.is_narrow else 64, strokeWidth=1.5)
        .encode(
            x=_months(),
            y=alt.Y("value:Q", scale=scale),
            stroke=alt.Stroke("kind:N", scale=colours, legend=key),
            fill=alt.Fill("kind:N", scale=fills, legend=key),
            shape=alt.Shape("kind:N", scale=shapes, legend=key),
        )
    )
    return [line, points]


def _names_of_lines(figure: Figure, rows: Rows, scale: alt.Scale, shape: Shape) -> list[alt.Chart]:
    """Beside the right end of each line its name and level; on a phone the level alone, and the caption names them."""
    of: Scale = figure.scale["of"]
    last = next((row for row in reversed(rows) if row["centre"] is not None), None)
    if last is None:
        return []
    lines = [
        (float(last[name]), f"{said} {value_words(last[name], of)}", INK)
        for name, said in (("lower", "Lower limit"), ("centre", "Centre line"), ("upper", "Upper limit"))
        if last[name] is not None
    ]
    if ambition := figure.scale["ambition"]:
        lines.append((ambition.value, f"To reach {value_words(ambition.value, of)}", PLUM))
    low, high = figure.scale["range"]
    height = figure.height(figure, shape) - (120 if shape.is_narrow else 80)  # of the plot, about
    least = (high - low) * (shape.font + 3) / height
    stands = apart([line[0] for line in lines], least, low, high)
    data = [
        {"at": stand, "words": value_words(place, of) if shape.is_narrow else words, "colour": colour}
        for stand, (place, words, colour) in zip(stands, lines, strict=True)
    ]
    text = _chart(data).mark_text(align="left", baseline="middle", dx=6 if shape.is_narrow else 10)
    return [
        text.encode(
            x=alt.value("width"),
            y=alt.Y("at:Q", scale=scale),
            text="words:N",
            color=alt.Color("colour:N", scale=None),
        )
    ]
