"""How many practices have begun, month by month: a line that only rises."""

from typing import Any

import altair as alt

from placewise_site.evidence.adoption import Adopted
from placewise_site.evidence.scale import SHARES
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, Shape
from placewise_site.web.figures.measure_rows import axis_format, gridlines, number_range
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry
from placewise_site.web.figures.wording import month_words, percent_number, percent_words

KEY = "adoption"
COLUMNS = (
    Column("month", "Month"),
    Column("begun", "Practices that have begun", is_number=True),
    Column("practices", "Practices", is_number=True),
    Column("share", "Per cent", is_number=True),
)


def adoption_figure(title: str, adopted: list[Adopted], least: int) -> Figure:
    """title: the measure's; least: fewer people are hidden, so a practice with fewer is not seen to have begun."""
    last = adopted[-1]
    return Figure(
        key=KEY,
        title="Practices that have begun",
        full_title=f"Practices that have begun: {title}",
        sentence=(
            f"{last.begun} of {last.practices} practices ({percent_words(last.share)}) had begun by "
            f"{month_words(last.month)}."
        ),
        description=f"Line chart of {len(adopted)} months: the share of practices that have begun, which only rises.",
        table=Table(COLUMNS, tuple(_row(each) for each in adopted)),
        draw=_draw,
        height=lambda figure, shape: 240 if shape.is_narrow else 280,
        scale={"range": number_range([0.0, *(each.share for each in adopted)], SHARES)},
        caption=f"A practice has begun once {least} people or more are counted there; fewer are hidden.",
    )


def _row(each: Adopted) -> Row:
    entries = (
        Entry(month_words(each.month), each.month, each.month),
        number_entry(str(each.begun), each.begun),
        number_entry(str(each.practices), each.practices),
        number_entry(percent_number(each.share), each.share),
    )
    return Row(month_words(each.month), entries, {"month": f"{each.month}-01", "share": each.share})


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    low, high = figure.scale["range"]
    lines = gridlines(low, high, 6, SHARES)
    rows = alt.Chart(alt.InlineData(values=sorted((row.marks for row in figure.rows), key=lambda row: row["month"])))
    months = alt.X(
        "month:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, grid=False, labelAlign="left"),
    )
    share = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(format=axis_format(SHARES, lines), values=lines, title=None),
    )
    return rows.mark_line(color=BLUE, strokeWidth=2.5, interpolate="step-after").encode(x=months, y=share).to_dict()
