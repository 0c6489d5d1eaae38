"""The chart for rare events: how many opportunities without one lay between each and the next."""

from typing import Any

import altair as alt

from placewise_site.evidence.ambitions import Between
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, Shape
from placewise_site.web.figures.measure_rows import gridlines, number_range
from placewise_site.web.figures.table import Column, Row, Table, number_entry
from placewise_site.web.figures.wording import count_words

_AXIS = Scale(statistic="rate", per=1)


def between_events(key: str, title: str, between: Between, told: str) -> Figure:
    """told: what the core concluded from the gaps."""
    highest = max([*between.gaps, between.upper or 0.0])
    limits = ", between limits that chance hardly ever crosses" if between.upper is not None else ""
    return Figure(
        key=key,
        title=title,
        full_title=title,
        sentence=f"{len(between.gaps)} gaps, half longer than about {count_words(round(between.centre or 0))}. {told}",
        description=f"Chart of {len(between.gaps)} gaps in their order{limits}. A longer gap is better.",
        table=Table(
            (Column("order", "Gap", is_number=True), Column("gap", "Without an event", is_number=True)),
            tuple(_row(place, gap) for place, gap in enumerate(between.gaps, start=1)),
        ),
        draw=_draw,
        height=lambda figure, shape: 260 if shape.is_narrow else 300,
        scale={
            "range": number_range([0.0, highest], _AXIS),
            "lines": [
                (value, f"{name}: {count_words(round(value))}")
                for name, value in (("Upper limit", between.upper), ("Median", between.centre))
                if value is not None
            ],
        },
    )


def _row(place: int, gap: float) -> Row:
    entries = (number_entry(str(place), place), number_entry(count_words(gap), gap))
    return Row(f"Gap {place}", entries, {"order": place, "gap": gap})


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    low, high = figure.scale["range"]
    lines = gridlines(low, high, 6, _AXIS)
    y = alt.Y("gap:Q", scale=alt.Scale(domain=[low, high]), axis=alt.Axis(values=lines, title=None, format=",.0f"))
    rows = sorted((row.marks for row in figure.rows), key=lambda marks: int(marks["order"]))
    x = alt.X("order:Q", axis=alt.Axis(title="Events in their order", grid=False, tickMinStep=1, tickCount=6))
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    marks = [base.mark_line(color=GREY, strokeWidth=1.25), base.mark_point(color=BLUE, filled=True, opacity=1, size=60)]
    named = alt.Chart(
        alt.InlineData(values=[{"gap": value, "order": 1, "words": words} for value, words in figure.scale["lines"]])
    )
    rules = named.mark_rule(color=GREY, strokeDash=[5, 4], strokeWidth=1.75).encode(y=y)
    words = named.mark_text(align="left", baseline="bottom", dy=-4).encode(x=x, y=y, text="words:N")
    return alt.layer(*marks, rules, words).to_dict()
