"""The marks of a funnel plot: shape tells which side of the limits, colour repeats whether that is good."""

from typing import Any

import altair as alt

from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.chart_labels import apart
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.funnel_words import ABOVE, BELOW, BETTER, WITHIN, WORSE
from placewise_site.web.figures.house import BLUE, GREY, INK, ORANGE, PLUM, SLATE, Shape
from placewise_site.web.figures.measure_rows import axis_format, gridlines
from placewise_site.web.figures.wording import value_words

BAND = "#0B7A94"
"""Of the limits that allow for overdispersion, drawn thinly: their ends are what counts."""

COLOURS = {WITHIN: SLATE, BETTER: BLUE, WORSE: ORANGE, ABOVE: PLUM, BELOW: PLUM}
RING = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0ZM0.7,0A0.7,0.7,0,1,0,-0.7,0A0.7,0.7,0,1,0,0.7,0Z"
"""About the area's own point, named in the key, since among many points no name could be read."""

MOST_NAMES = 6
"""Of areas beyond the limits, beside their points; all are in the table."""

Rows = list[dict[str, Any]]


def draw_funnel(figure: Figure, shape: Shape) -> dict[str, Any]:
    rows = [row.marks for row in figure.rows if row.marks["value"] is not None]
    low, high = figure.scale["range"]
    value = alt.Scale(domain=[low, high], nice=False)
    lines = gridlines(low, high, 9, figure.scale["of"])
    axis = alt.Axis(format=axis_format(figure.scale["of"], lines), values=lines, title=None)
    curves = figure.scale["curves"]
    sizes = alt.Scale(domain=[0, max(place for curve in curves.values() for place, _ in curve)], nice=False)
    across = alt.X(
        "size:Q",
        scale=sizes,
        title=figure.scale["size_title"],
        axis=alt.Axis(format=",.0f", tickCount=shape.ticks - (0 if shape.is_narrow else 2), grid=False),
    )
    y = alt.Y("value:Q", scale=value, axis=axis)
    return alt.layer(
        *_bands(curves, across, y),
        *_curves(curves, across, y),
        *_target(figure, y, shape),
        _points(figure, rows, across, y, shape),
        *_names(figure, rows, across, y, shape),
    ).to_dict()


def _chart(rows: Rows) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _bands(curves: dict[str, Any], across: alt.X, y: alt.Y) -> list[alt.Chart]:
    bands = []
    for level, opacity in (("99.8%", 0.09), ("95%", 0.09)):
        lower, upper = (curves.get(f"widened {level} {side}", ()) for side in ("lower", "upper"))
        if lower:
            rows = [
                {"size": size, "value": low, "upper": high} for (size, low), (_, high) in zip(lower, upper, strict=True)
            ]
            band = _chart(rows).mark_area(color=BAND, opacity=opacity, clip=True)
            bands.append(band.encode(x=across, y=y, y2="upper:Q"))
    return bands


def _curves(curves: dict[str, Any], across: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The exact limits."""
    lines = []
    for level, dash in (("95%", [5, 4]), ("99.8%", [1, 0])):
        rows = [
            {"size": size, "value": limit, "side": side}
            for side in ("lower", "upper")
            for size, limit in curves[f"exact {level} {side}"]
        ]
        line = _chart(rows).mark_line(color=GREY, strokeWidth=1.75, strokeDash=dash, clip=True)
        lines.append(line.encode(x=across, y=y, detail="side:N"))
    return lines


def _target(figure: Figure, y: alt.Y, shape: Shape) -> list[alt.Chart]:
    """All areas together, and the names of the curves at their right ends."""
    of: Scale = figure.scale["of"]
    target, (low, high) = figure.scale["target"], figure.scale["range"]
    rule = _chart([{"value": target}]).mark_rule(color=INK, strokeWidth=1.5).encode(y=y)
    ends = [(target, f"All {value_words(target, of)}")]
    for level in ("95%", "99.8%"):
        for side in ("lower", "upper"):
            curve = figure.scale["curves"][f"exact {level} {side}"]
            if curve and low <= curve[-1][1] <= high:
                ends.append((curve[-1][1], level))
    height = figure.height(figure, shape) - 130
    stands = apart([place for place, _ in ends], (high - low) * (shape.font + 2) / height, low, high)
    data = [{"value": place, "words": words} for place, (_, words) in zip(stands, ends, strict=True)]
    words = _chart(data).mark_text(align="left", baseline="middle", dx=6)
    return [rule, words.encode(x=alt.value("width"), y=y, text="words:N")]


def _points(figure: Figure, rows: Rows, across: alt.X, y: alt.Y, shape: Shape) -> alt.Chart:
    target, within = figure.scale["target"], 30 if shape.is_narrow else 45  # square pixels
    looks = {WITHIN: (SLATE, "circle", within)}
    for row in rows:
        side = "triangle-up" if row["value"] > target else "triangle-down"
        looks.setdefault(row["kind"], (COLOURS[row["kind"]], side, 3 * within))
    own = [{**row, "kind": row["title"]} for row in rows if row["title"] == figure.scale["own"]]
    looks |= {row["kind"]: (INK, RING, 9 * within) for row in own}
    kinds = list(looks)
    colours, shapes = (alt.Scale(domain=kinds, range=[look[part] for look in looks.values()]) for part in (0, 1))
    key = alt.Legend(symbolSize=120)
    return (
        _chart([{**row, "pixels": looks[row["kind"]][2]} for row in (*rows, *own)])
        .mark_point(filled=True, opacity=1)
        .encode(
            x=across,
            y=y,
            color=alt.Color("kind:N", scale=colours, legend=key),
            shape=alt.Shape("kind:N", scale=shapes, legend=key),
            size=alt.Size("pixels:Q", scale=None),
        )
    )


def _names(figure: Figure, rows: Rows, across: alt.X, y: alt.Y, shape: Shape) -> list[alt.Chart]:
    """The names of those furthest out, where they do not touch; none on a phone, or where others are not named."""
    if shape.is_narrow or not figure.scale["names_others"]:
        return []
    target, (low, high) = figure.scale["target"], figure.scale["range"]
    outside = sorted((row for row in rows if row["kind"] != WITHIN), key=lambda row: -abs(row["value"] - target))
    most = max(place for curve in figure.scale["curves"].values() for place, _ in curve)
    named: Rows = []
    for row in outside[:MOST_NAMES]:
        if not any(_touch(row, other, most, high - low) for other in named):
            named.append(row)
    layers = []
    for row in named:
        is_right = row["size"] > most * 0.6  # its name then stands on its other side, within the chart
        text = _chart([row]).mark_text(
            align="right" if is_right else "left", dx=-11 if is_right else 11, fontSize=shape.font - 2
        )
        layers.append(text.encode(x=across, y=y, text="title:N"))
    return layers


def _touch(one: dict[str, Any], other: dict[str, Any], size: float, reach: float) -> bool:
    return abs(one["value"] - other["value"]) < reach * 0.05 and abs(one["size"] - other["size"]) < size * 0.35
