"""One thing worked out twice, by its publisher and by us, over time: two lines that should lie on each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, PLUM, Shape
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry
from placewise_site.web.figures.wording import amount_number, amount_words

OURS, PUBLISHED = "Recomputed", "As published"


@dataclass(frozen=True, slots=True)
class Pair:
    """One period: ours with its 95% limits, and what was published (None where it was not), each with its claim."""

    period: str
    ours: float
    lower: float | None
    upper: float | None
    published: float | None
    address: str
    published_address: str = ""

    @property
    def difference(self) -> float | None:
        return None if self.published is None else self.ours - self.published


def agreement(key: str, title: str, where: str, unit: str, pairs: Sequence[Pair]) -> Figure:
    """The figure of these periods, oldest first; unit: of both, as of an amount (years)."""
    return Figure(
        key=key,
        title="Recomputed beside published",
        full_title=f"{title}, {where}",
        sentence=_sentence(where, unit, pairs),
        description=(
            f"Line chart of {len(pairs)} periods, {pairs[0].period} to {pairs[-1].period}: a line of what we recompute "
            "with a band for its 95% limits, and a point for each published figure."
        ),
        table=Table(_columns(unit), tuple(_row(pair, unit) for pair in pairs)),
        draw=_draw,
        height=lambda figure, shape: 300 if shape.is_narrow else 360,
        scale={"title": unit.capitalize()},
    )


def _sentence(where: str, unit: str, pairs: Sequence[Pair]) -> str:
    last = pairs[-1]
    told = f"{where}, {last.period}: {amount_words(last.ours, unit)} recomputed"
    apart = [abs(pair.difference) for pair in pairs if pair.difference is not None]
    if last.difference is None or not apart:
        return f"{told}; nothing was published of that period."
    return (
        f"{told} and {amount_number(last.published, unit)} as published, {last.difference:+.2f} apart. In "
        f"{len(apart)} periods the two are never further apart than {max(apart):.2f} {unit}."
    )


def _columns(unit: str) -> tuple[Column, ...]:
    return (
        Column("period", "Period"),
        Column("ours", f"{OURS} ({unit})", is_number=True),
        Column("lower", "Lower 95% limit", is_number=True),
        Column("upper", "Upper 95% limit", is_number=True),
        Column("published", f"{PUBLISHED} ({unit})", is_number=True),
        Column("difference", "Difference", is_number=True),
    )


def _row(pair: Pair, unit: str) -> Row:
    difference = pair.difference
    entries = (
        Entry(pair.period, pair.period, pair.period),
        number_entry(amount_number(pair.ours, unit), pair.ours, address=pair.address),
        number_entry(amount_number(pair.lower, unit), pair.lower),
        number_entry(amount_number(pair.upper, unit), pair.upper),
        number_entry(amount_number(pair.published, unit), pair.published, "not published", pair.published_address),
        number_entry("" if difference is None else f"{difference:+.2f}", difference),
    )
    marks = {
        "period": pair.period,
        "ours": pair.ours,
        "lower": pair.lower,
        "upper": pair.upper,
        "published": pair.published,
        "what": OURS,
        "other": PUBLISHED,
    }
    return Row(pair.period, entries, marks)


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    rows = sorted((row.marks for row in figure.rows), key=lambda marks: marks["period"])
    every = max(1, -(-len(rows) // (3 if shape.is_narrow else 6)))
    shown = [marks["period"] for marks in rows][::-1][::every]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("period:O", title=None, axis=alt.Axis(values=shown, labelAngle=0, grid=False))
    )
    axis = alt.Axis(title=figure.scale["title"], tickCount=6)
    vertical = alt.Scale(zero=False)
    colour = alt.Scale(domain=[OURS, PUBLISHED], range=[BLUE, PLUM])
    band = base.mark_area(color=BLUE, opacity=0.2).encode(y=alt.Y("lower:Q", scale=vertical, axis=axis), y2="upper:Q")
    key = alt.Legend(symbolType="diamond", symbolSize=120)
    line = base.mark_line(strokeWidth=2.5).encode(
        y=alt.Y("ours:Q", scale=vertical, axis=axis), color=alt.Color("what:N", scale=colour, legend=key)
    )
    points = base.mark_point(filled=True, opacity=1, size=80, shape="diamond").encode(
        y=alt.Y("published:Q", scale=vertical, axis=axis), color=alt.Color("other:N", scale=colour, legend=key)
    )
    return alt.layer(band, line, points).to_dict()
