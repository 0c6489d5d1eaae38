"""Published series that a programme rests on: over time where groups are few, else where each group stands now."""

from dataclasses import replace
from typing import Any

import altair as alt

from placewise_site.evidence.ambitions import Line, Point, read_lines
from placewise_site.evidence.sight import SeriesCard
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, NAVY, Shape
from placewise_site.web.figures.measure_rows import gridlines, number_range
from placewise_site.web.figures.rows import names_axis, row_marks, rows_height
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.trajectory import lines_apart
from placewise_site.web.figures.trajectory_drawing import AXIS, COLOURS

EVERYBODY, MISSING = "Everybody", "not published"


def series_figure(card: SeriesCard) -> Figure | None:
    """None where no file of it has been taken in yet."""
    lines = read_lines(card)
    known = [line for line in lines if any(point.value is not None for point in line.points)]
    if not known:
        return None
    if len(known) == 1:
        known = [known[0].model_copy(update={"title": EVERYBODY})]
    if len(known) <= len(COLOURS):
        figure = lines_apart(card.slug, card.title, known, " ".join((_newest_sentence(known), card.note)))
    else:
        figure = _latest(card, known)
    return replace(figure, caption=f"Source: {card.source}." if card.source else "")


def _latest(card: SeriesCard, lines: list[Line]) -> Figure:
    newest = _newest(lines[0])
    scale = lines[0].scale
    shown = [n for line in lines for n in (_newest(line).value, _newest(line).lower, _newest(line).upper)]
    return Figure(
        key=card.slug,
        title=card.title,
        full_title=f"{card.title}, {newest.when}",
        sentence=" ".join((_newest_sentence(lines), card.note)),
        description=f"Chart of {len(lines)} rows: a dot for the newest figure of each, a line for its 95% interval.",
        table=Table(_columns(scale.unit), tuple(_row(line, _newest(line)) for line in lines)),
        draw=_draw,
        height=lambda figure, shape: rows_height(figure, shape) + 60,
        scale={"range": number_range([None if n is None else n * scale.per for n in shown], AXIS)},
    )


def _newest(line: Line) -> Point:
    return next((point for point in reversed(line.points) if point.value is not None), line.points[-1])


def _newest_sentence(lines: list[Line]) -> str:
    told = [
        f"{line.scale.words(point.value)}{f' ({line.title})' if len(lines) > 1 else ''}"
        for line in lines
        if (point := _newest(line)).value is not None
    ]
    return f"{_newest(lines[0]).when}: {', '.join(told)}."


def _columns(unit: str) -> tuple[Column, ...]:
    heading = f"{unit[:1].upper()}{unit[1:]}" if unit and unit != "%" else "Per cent"
    numbers = (("value", heading), ("lower", "Lower 95% limit"), ("upper", "Upper 95% limit"))
    return (
        Column("name", "Where"),
        Column("period", "Period"),
        *(Column(key, title, is_number=True) for key, title in numbers),
    )


def _row(line: Line, point: Point) -> Row:
    scale = line.scale
    numbers = {"value": point.value, "lower": point.lower, "upper": point.upper}
    entries = [
        number_entry("" if each is None else scale.number(each), each, MISSING if name == "value" else "")
        for name, each in numbers.items()
    ]
    marks = {name: None if each is None else each * scale.per for name, each in numbers.items()}
    words = "" if point.value is None else scale.words(point.value)
    first = (words_entry(line.title), Entry(point.when, point.period, str(point.end)))
    return Row(line.title, (*first, *entries), {**marks, "words": words})


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    low, high = figure.scale["range"]
    scale = alt.Scale(domain=[low, high], nice=False)
    axis = alt.Axis(values=gridlines(low, high, shape.ticks, AXIS), title=None, orient="top")
    rows = alt.Chart(row_marks(figure, shape)).encode(y=names_axis(figure, shape))
    interval = rows.mark_rule(color=NAVY, strokeWidth=2).encode(
        x=alt.X("lower:Q", scale=scale, axis=axis), x2="upper:Q"
    )
    value = alt.X("value:Q", scale=scale, axis=axis)
    dot = rows.mark_point(color=BLUE, filled=True, opacity=1, size=90).encode(x=value)
    return alt.layer(interval, dot).to_dict()
