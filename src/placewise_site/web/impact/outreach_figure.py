"""Whom teams would reach, by deprivation fifth: where each fifth stands now and where either choice of sites leads."""

from typing import Any

import altair as alt

from placewise_site.evidence.outreach import OutreachPlan, ReleasedPlan, tell_plan
from placewise_site.evidence.scale import SHARES
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, PLUM, Shape
from placewise_site.web.figures.measure_rows import axis_format, gridlines, number_range
from placewise_site.web.figures.rows import names_axis, row_marks, rows_height
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, percent_words

KEY = "groups"
FIFTHS = "deprivation_fifth"
WHOLE, ENDS = "All of them", {"1": " (most deprived)", "5": " (least deprived)"}
NOW, FAIREST, SIMPLEST = "Reached now", "With the fairest sites", "With the simplest sites"
COLUMNS = (
    Column("group", "Deprivation fifth"),
    Column("people", "People asked", is_number=True),
    Column("before", NOW, is_number=True),
    Column("fairest", FAIREST, is_number=True),
    Column("newly_fairest", "Newly reached, fairest", is_number=True),
    Column("simplest", SIMPLEST, is_number=True),
    Column("newly_simplest", "Newly reached, simplest", is_number=True),
)


def outreach_figure(sight: Sight, title: str, found: ReleasedPlan) -> Figure:
    """title: the measure's."""
    rows = _rows(sight, found.plan)
    shares = [row.marks[name] for row in rows for name in (NOW, FAIREST, SIMPLEST)]
    return Figure(
        key=KEY,
        title="Uptake by deprivation fifth",
        full_title=f"{title}: uptake by deprivation fifth, now and with {found.plan.teams} teams",
        sentence=tell_plan(found.plan),
        description=(
            f"Chart of {len(rows)} rows: a grey mark for the share reached now, a blue one with the fairest sites and "
            "a plum one with the simplest."
        ),
        table=Table(COLUMNS, tuple(rows)),
        draw=_draw,
        height=lambda figure, shape: rows_height(figure, shape) + (120 if shape.is_narrow else 90),
        scale={"range": number_range(shares, SHARES)},
    )


def _rows(sight: Sight, plan: OutreachPlan) -> list[Row]:
    """A row a fifth, the most deprived first, and the total."""
    need = plan.need
    people, reached = need.people.sum(axis=0), need.reached.sum(axis=0)
    rows = [
        _row(f"{sight.group_title(FIFTHS, group)}{ENDS.get(group, '')}", *map(float, numbers))
        for group, *numbers in zip(need.groups, people, reached, plan.fairest.newly, plan.simplest.newly, strict=True)
    ]
    whole = (people.sum(), reached.sum(), plan.fairest.total, plan.simplest.total)
    return [*rows, _row(WHOLE, *map(float, whole))]


def _row(title: str, people: float, reached: float, fairest: float, simplest: float) -> Row:
    shares = {NOW: reached / people, FAIREST: (reached + fairest) / people, SIMPLEST: (reached + simplest) / people}
    entries = (
        words_entry(title),
        number_entry(count_words(round(people)), people),
        _share(shares[NOW]),
        _share(shares[FAIREST]),
        number_entry(count_words(round(fairest)), fairest),
        _share(shares[SIMPLEST]),
        number_entry(count_words(round(simplest)), simplest),
    )
    return Row(title, entries, shares)


def _share(share: float) -> Entry:
    return number_entry(percent_words(share), share)


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    low, high = figure.scale["range"]
    lines = gridlines(low, high, shape.ticks, SHARES)
    scale = alt.Scale(domain=[low, high], nice=False)
    axis = alt.Axis(format=axis_format(SHARES, lines), values=lines, title=None, orient="top")
    kinds = [NOW, FAIREST, SIMPLEST]
    rows = alt.Chart(row_marks(figure, shape)).transform_fold([*kinds], as_=["kind", "share"])
    return (
        rows.mark_point(filled=True, opacity=1)
        .encode(
            y=names_axis(figure, shape),
            x=alt.X("share:Q", scale=scale, axis=axis),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[GREY, BLUE, PLUM])),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["square", "circle", "diamond"])),
            size=alt.Size("kind:N", scale=alt.Scale(domain=kinds, range=[90, 260, 60])),  # where both lead alike
        )
        .to_dict()
    )
