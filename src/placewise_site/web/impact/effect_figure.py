"""A measure in the areas where something began, beside what it would have been without: two lines, month by month."""

from datetime import date
from typing import Any

import altair as alt

from placewise_site.evidence.effects import CHANCE, Effect, tell_effect, tell_method
from placewise_site.evidence.scale import SHARES
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, INK, PLUM, Shape
from placewise_site.web.figures.measure_rows import axis_format, gridlines, number_range
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import month_words, percent_number

KEY = "effect"
OBSERVED, EXPECTED = "These areas", "Without it, as the others went"
COLUMNS = (
    Column("month", "Month"),
    Column("observed", f"{OBSERVED} (%)", is_number=True),
    Column("expected", f"{EXPECTED} (%)", is_number=True),
    Column("apart", "Difference (points)", is_number=True),
)
METHOD_COLUMNS = (
    Column("method", "Method"),
    Column("change", "Change (95% interval)"),
    Column("rests", "What it rests on"),
)


def effect_figure(effect: Effect, title: str) -> Figure:
    """title: the measure's. The chart's numbers are made of released counts, as the judgement is."""
    judgement = effect.judgement
    rows = [
        _row(month, float(seen), float(expected))
        for month, seen, expected in zip(effect.months, judgement.observed, judgement.expected, strict=True)
    ]
    since = month_words(effect.start)
    return Figure(
        key=KEY,
        title="Month by month, beside what was to be expected",
        full_title=f"{title}: areas where something began in {since}",
        sentence=tell_effect(effect),
        description=(
            f"Line chart of {len(rows)} months: the share in these areas, and what it would have been without what "
            f"began in {since}, a dashed line. An upright line marks {since}."
        ),
        table=Table(COLUMNS, tuple(rows)),
        draw=_draw,
        height=lambda figure, shape: 320 if shape.is_narrow else 400,
        scale={
            "range": number_range([each.marks[name] for each in rows for name in ("observed", "expected")], SHARES),
            "start": _first_day(effect.start),
            "since": since,
        },
        caption=CHANCE,
    )


def method_table(effect: Effect) -> Table:
    """Every method, the one that decides named, and why others are not used."""
    rows = []
    for each in effect.judgement.methods:
        decides = each.method == effect.judgement.deciding
        title = f"{each.method[:1].upper()}{each.method[1:]}{', which decides' if decides else ''}"
        change = tell_method(each) if each.change is not None else "not used"
        rows.append(Row(title, (words_entry(title), Entry(change, change, each.change), words_entry(each.told))))
    return Table(METHOD_COLUMNS, tuple(rows))


def _row(month: str, seen: float, expected: float) -> Row:
    title, apart = month_words(month), f"{(seen - expected) * 100:+.1f}"
    entries = (
        Entry(title, month, month),
        *(number_entry(percent_number(each), each) for each in (seen, expected)),
        Entry(apart, apart, seen - expected),
    )
    return Row(title, entries, {"month": _first_day(month), "observed": seen, "expected": expected})


def _first_day(month: str) -> str:
    return date.fromisoformat(f"{month}-01").isoformat()


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    rows = sorted((row.marks for row in figure.rows), key=lambda marks: marks["month"])
    low, high = figure.scale["range"]
    lines = gridlines(low, high, 9, SHARES)
    months = alt.X(
        "month:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, grid=False, labelAlign="left"),
    )
    axis = alt.Axis(format=axis_format(SHARES, lines), values=lines, title=None)
    share = alt.Y("share:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    names = {"observed": OBSERVED, "expected": EXPECTED}
    told = [
        {"month": marks["month"], "share": marks[name], "line": title}
        for marks in rows
        for name, title in names.items()
    ]
    line = (
        alt.Chart(alt.InlineData(values=told))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=months,
            y=share,
            color=alt.Color("line:N", scale=alt.Scale(domain=list(names.values()), range=[BLUE, PLUM])),
            strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=list(names.values()), range=[[1, 0], [7, 4]])),
        )
    )
    began = alt.Chart(alt.InlineData(values=[{"month": figure.scale["start"], "words": figure.scale["since"]}]))
    rule = began.mark_rule(color=INK, strokeWidth=1.5).encode(x="month:T")
    label = began.mark_text(align="right", baseline="top", dx=-6, color=INK).encode(
        x="month:T", y=alt.value(2), text="words:N"
    )
    return alt.layer(line, rule, label).to_dict()
