"""Our own figure by group beside the middle one of its counterparts, and the gap between its first and last group."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from placewise_site.evidence.charts.place import Gap, compare_gaps, find_standing
from placewise_site.evidence.scale import SHARES
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, INK, NAVY, Shape
from placewise_site.web.figures.measure_rows import axis_format, gridlines, number_range
from placewise_site.web.figures.points import Point, Subject
from placewise_site.web.figures.rows import lower_first, names_axis, plural, row_marks, rows_height
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import percent_number, percent_words

Group = tuple[str, Sequence[Point]]
"""Its title, and a share with its counts of every body, in one order of bodies for all groups."""

KINDS = {"value": "Ours", "middle": "Middle one of all"}


def counterpart_groups_figure(
    subject: Subject, groups: Sequence[Group], *, key: str, split: str, compared: str, own: str, period: str
) -> Figure:
    """split: its title. Raises NotDrawn where ours has no value in a group."""
    rows = [_row(title, points, own, subject.better) for title, points in groups]
    shown = [row.marks[name] for row in rows for name in ("value", "lower", "upper", "middle")]
    return Figure(
        key=key,
        title=f"{subject.title}: by {lower_first(split.split(' (')[0])}",
        full_title=f"{subject.title}, by {lower_first(split)}, {period}",
        sentence=_sentence(groups, subject.better, split, compared, own),
        description=(
            f"Chart of {len(rows)} rows. Of each group a dot for our own share with a line for its 95% interval, and a "
            f"diamond for the middle one of all {plural(compared)}."
        ),
        table=Table(_columns(split, compared), tuple(rows)),
        draw=_draw,
        height=lambda figure, shape: rows_height(figure, shape) + 100,
        scale={"range": number_range(shown, SHARES)},
        caption="Intervals by Wilson's score method, 95%. To lie apart is a reason to ask why, and no verdict.",
    )


def _row(title: str, points: Sequence[Point], own: str, better: str) -> Row:
    standing = find_standing(points, own, better)
    ours = standing.own
    marks = {"value": ours.value, "lower": ours.lower, "upper": ours.upper, "middle": standing.middle}
    entries = (
        words_entry(title),
        number_entry(percent_number(ours.value), ours.value, ours.missing, ours.address),
        *(number_entry(percent_number(marks[name]), marks[name]) for name in ("lower", "upper", "middle")),
        number_entry(str(standing.place), standing.place),
        number_entry(str(standing.of), standing.of),
    )
    return Row(title, entries, marks)


def _columns(split: str, compared: str) -> tuple[Column, ...]:
    numbers = {
        "value": "Ours (%)",
        "lower": "Lower 95% limit (%)",
        "upper": "Upper 95% limit (%)",
        "middle": f"Middle {lower_first(compared)} (%)",
        "place": "Place (1 is best)",
        "of": "Of so many",
    }
    return Column("group", split), *(Column(key, title, is_number=True) for key, title in numbers.items())


def _sentence(groups: Sequence[Group], better: str, split: str, compared: str, own: str) -> str:
    """The gap of ours between the first and the last group, and its place among those of all: 1 is the narrowest."""
    (first, of_first), (last, of_last) = groups[0], groups[-1]
    here, there = (find_standing(points, own, better).own for points in (of_first, of_last))
    gap = compare_gaps(of_first, of_last, own)
    name = lower_first(split.split(" (")[0])
    by_chance = "which chance alone could make" if gap.lower <= 0 <= gap.upper else "more than chance alone makes"
    return " ".join(
        (
            f"{here.name}: {percent_words(here.value)} in {name} {first},",
            f"{percent_words(there.value)} in {name} {last}.",
            f"The gap is {_points(abs(gap.value))} (95% interval {_interval(gap)}), {by_chance}:",
            f"place {gap.place} of {gap.of} {plural(compared)} (1 is the narrowest; the middle gap is",
            f"{_points(gap.middle)}). By more than chance (95%) {gap.apart or 'none'} of the other gaps",
            f"{'differs' if gap.apart == 1 else 'differ'} from it.",
        )
    )


def _interval(gap: Gap) -> str:
    """Of the gap as a size: one that may go either way has limits on both sides of 0."""
    low, high = (gap.lower, gap.upper) if gap.value >= 0 else (-gap.upper, -gap.lower)
    return f"{100 * low:.1f} to {100 * high:.1f}"


def _points(size: float) -> str:
    return f"{100 * size:.1f} percentage points"


def _draw(figure: Figure, shape: Shape) -> dict[str, Any]:
    low, high = figure.scale["range"]
    lines = gridlines(low, high, shape.ticks, SHARES)
    scale = alt.Scale(domain=[low, high], nice=False)
    axis = alt.Axis(format=axis_format(SHARES, lines), values=lines, title=None, orient="top")
    rows = alt.Chart(row_marks(figure, shape)).encode(y=names_axis(figure, shape))
    interval = rows.mark_rule(color=NAVY, strokeWidth=2).encode(
        x=alt.X("lower:Q", scale=scale, axis=axis), x2="upper:Q"
    )
    kinds = list(KINDS.values())
    key = alt.Legend(columns=1 if shape.is_narrow else 2)
    dots = [
        rows.transform_calculate(kind=f"'{kind}'")
        .mark_point(filled=True, opacity=1, size=90)
        .encode(
            x=alt.X(f"{name}:Q", scale=scale, axis=axis),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[BLUE, INK]), legend=key),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]), legend=key),
        )
        for name, kind in KINDS.items()
    ]
    return alt.layer(interval, *dots).to_dict()
