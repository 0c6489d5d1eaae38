"""Where people are lost on the way, step by step, and whether more are lost where people are poorer."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.scale import SHARES
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, INK, PLUM, Shape
from placewise_site.web.figures.measure_rows import axis_format, gridlines
from placewise_site.web.figures.rows import LABEL_LINES, row_title
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, percent_number, percent_words, state_words

KEY = "funnel"
EVERYBODY, MOST, LEAST, OTHERS = "Everybody", "Most deprived fifth", "Least deprived fifth", "Other fifths"
COLUMNS = (
    Column("step", "Step"),
    Column("fifth", "Deprivation fifth"),
    Column("share", "Of those who came so far (%)", is_number=True),
    Column("lower", "Lower 95% limit (%)", is_number=True),
    Column("upper", "Upper 95% limit (%)", is_number=True),
    Column("lost", "People lost here", is_number=True),
)
Step = tuple[str, Cell, Sequence[Cell]]
"""The title of a measure, its whole area's cell, and a cell for each deprivation fifth, the most deprived first."""


def funnel_figure(steps: Sequence[Step]) -> Figure:
    rows = [
        _row(f"{place}. {title}", name, cell)
        for place, (title, whole, fifths) in enumerate(steps, start=1)
        for name, cell in ((EVERYBODY, whole), *((each.group_title, each) for each in fifths))
    ]
    whole = steps[0][1]
    return Figure(
        key=KEY,
        title="Where people are lost on the way",
        full_title=f"Each step, of those who came so far, by deprivation, {whole.area_name}, {whole.month:%B %Y}",
        sentence=_sentence(steps),
        description=(
            f"Chart of {len(steps)} steps. Of each, a mark for everybody and one for each deprivation fifth, at the "
            "share of those who came so far."
        ),
        table=Table(COLUMNS, tuple(rows)),
        draw=_draw,
        height=_height,
        scale={"ends": _ends(steps), "steps": list(dict.fromkeys(row.marks["step"] for row in rows))},
        caption="Counts are rounded, so steps may not follow on from each other exactly.",
    )


def _row(step: str, fifth: str, cell: Cell) -> Row:
    lost = None if cell.denominator is None or cell.numerator is None else cell.denominator - cell.numerator
    missing = "" if cell.value is not None else state_words(cell.state) or "nobody at this step"
    entries = (
        words_entry(step),
        words_entry(fifth),
        number_entry(percent_number(cell.value), cell.value, missing, cell.address),
        *(number_entry(percent_number(each), each) for each in (cell.lower, cell.upper)),
        number_entry(count_words(lost), lost),
    )
    return Row(f"{step}, {fifth}", entries, {"step": step, "fifth": fifth, "share": cell.value})


def _sentence(steps: Sequence[Step]) -> str:
    """The step at which most are lost, and the step at which the most and least deprived lie furthest apart."""
    known = [(1 - whole.value, title) for title, whole, _ in steps if whole.value is not None]
    if not known:
        return "No step can be shown."
    lost, where = max(known)
    told = f"Most are lost at “{where}”: {percent_words(lost)} of those who came so far."
    apart = [
        (abs(fifths[-1].value - fifths[0].value), title, fifths[0].value, fifths[-1].value)
        for title, _, fifths in steps
        if len(fifths) > 1 and fifths[0].value is not None and fifths[-1].value is not None
    ]
    if not apart:
        return told
    _, title, most, least = max(apart)
    return (
        f"{told} The most and the least deprived fifth lie furthest apart at “{title}”: {percent_words(most)} and "
        f"{percent_words(least)}."
    )


def _ends(steps: Sequence[Step]) -> tuple[str, str]:
    """The names of the most and the least deprived fifth; blank where the release has none."""
    fifths = next((fifths for _, _, fifths in steps if fifths), ())
    return (fifths[0].group_title, fifths[-1].group_title) if fifths else ("", "")


def _height(figure: Figure, shape: Shape) -> int:
    """Each step as high as the longest name needs, below the axis and the key."""
    lines = max(len(row_title(step, shape).split("\n")) for step in figure.scale["steps"])
    return len(figure.scale["steps"]) * max(lines * (shape.font + 2) + 14, 52) + (150 if shape.is_narrow else 100)


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    most, least = figure.scale["ends"]
    kinds = {EVERYBODY: EVERYBODY, most: MOST, least: LEAST}
    marks = [
        {**row.marks, "step": row_title(row.marks["step"], shape), "kind": kinds.get(row.marks["fifth"], OTHERS)}
        for row in figure.rows
        if row.marks["share"] is not None
    ]
    names = [row_title(each, shape) for each in figure.scale["steps"]]
    axis = alt.Axis(ticks=False, domain=False, labelExpr=LABEL_LINES, labelLineHeight=shape.font + 2)
    steps = alt.Y("step:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=axis)
    lines = gridlines(0.0, 1.0, shape.ticks, SHARES)
    share = alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format=axis_format(SHARES, lines), values=lines, title=None, orient="top"),
    )
    domain = [EVERYBODY, MOST, LEAST, OTHERS]
    colours = alt.Scale(domain=domain, range=[INK, PLUM, BLUE, GREY])
    shapes = alt.Scale(domain=domain, range=["square", "diamond", "circle", "triangle-up"])
    chart = alt.Chart(alt.InlineData(values=marks)).encode(y=steps)
    key = alt.Legend(columns=1 if shape.is_narrow else 2, labelLimit=240)
    dots = chart.mark_point(filled=True, opacity=1, size=120).encode(
        x=share,
        color=alt.Color("kind:N", scale=colours, sort=domain, legend=key),
        shape=alt.Shape("kind:N", scale=shapes, sort=domain, legend=key),
    )
    return dots.to_dict()
