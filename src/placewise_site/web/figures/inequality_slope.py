"""The slope of inequality: groups in order of deprivation, the line through them, and what lies between its ends."""

from collections.abc import Sequence

from placewise_site.evidence.charts.inequality import Estimate, Gaps, get_gaps
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.inequality_drawing import draw_slope
from placewise_site.web.figures.inequality_words import (
    CAPTION,
    description,
    gap_number,
    gap_unit,
    ratio_number,
    sentences,
)
from placewise_site.web.figures.measure_rows import number_range
from placewise_site.web.figures.points import Point, Subject
from placewise_site.web.figures.rows import lower_first
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, percent_number, unit_words, value_number, value_words

EMPTY = Entry("", "", None)


def inequality_slope(
    subject: Subject,
    points: Sequence[Point],
    *,
    period: str,
    compared: str,
    key: str = "inequality-slope",
    title: str = "Fair or not: slope of inequality",
) -> Figure:
    """The figure of the groups of a population from the most to the least deprived. Raises NotDrawn, in one sentence.

    points: each with value, 95% limits and denominator, none missing; compared: what they are, as a title (Deprivation
    fifth). Below its groups the table has the gap and ratio of the two ends, the slope index and the relative index.
    """
    gaps = get_gaps(points, subject.better)
    scale = subject.scale
    shown = [each for point in points for each in (point.value, point.lower, point.upper)]
    group = lower_first(compared.split(" (")[0])
    counted = any(point.numerator is not None for point in points)
    return Figure(
        key=key,
        title=title,
        sentence=" ".join([*sentences(subject, points, gaps, compared, period), *subject.notes]),
        description=description(points, gaps, subject),
        table=Table(
            _columns(subject, compared, counted=counted),
            (
                *(_group_row(subject, point, gaps, place, counted=counted) for place, point in enumerate(points)),
                *_index_rows(subject, gaps, counted=counted),
            ),
        ),
        draw=draw_slope,
        height=lambda figure, shape: 360 if shape.is_narrow else 420,
        full_title=f"{subject.title}, by {group}, {subject.where}, {period}",
        scale={
            "range": number_range([*shown, gaps.start, gaps.end], scale),
            "of": scale,
            "ends": (gaps.start, gaps.end),
            "group_title": f"{compared.split(' (')[0]}, most deprived first: width shows its share of people",
        },
        caption=f"{CAPTION} {subject.counts}".strip(),
    )


def _columns(subject: Subject, compared: str, *, counted: bool) -> tuple[Column, ...]:
    scale = subject.scale
    return (
        Column("name", compared),
        Column("value", "Value", is_number=True),
        Column("unit", "Unit"),
        *((Column("numerator", "Counted" if scale.is_share else scale.counted, is_number=True),) if counted else ()),
        Column("denominator", scale.among or "Out of" if counted else scale.counted, is_number=True),
        Column("lower", "Lower 95% limit", is_number=True),
        Column("upper", "Upper 95% limit", is_number=True),
        Column("share", "Share of people (%)", is_number=True),
        Column("fitted", "On the line", is_number=True),
    )


def _group_row(subject: Subject, point: Point, gaps: Gaps, place: int, *, counted: bool) -> Row:
    scale, share, middle = subject.scale, float(gaps.share[place]), float(gaps.middle[place])
    fitted = float(gaps.fitted[place])
    counts = (point.numerator, point.denominator) if counted else (point.denominator,)
    entries = (
        words_entry(point.name),
        number_entry(value_number(point.value, scale), point.value, point.missing, point.address),
        words_entry(unit_words(scale).strip()),
        *(number_entry(count_words(each), each) for each in counts),
        *(number_entry(value_number(each, scale), each) for each in (point.lower, point.upper)),
        number_entry(percent_number(share), share),
        number_entry(value_number(fitted, scale), fitted),
    )
    marks = {
        "title": point.name,
        "label": point.name,
        "value": point.value,
        "lower": point.lower,
        "upper": point.upper,
        "words": value_words(point.value, scale),
        "from": middle - share / 2,
        "to": middle + share / 2,
        "middle": middle,
    }
    return Row(point.name, entries, marks)


def _index_rows(subject: Subject, gaps: Gaps, *, counted: bool) -> list[Row]:
    """The four sums of it, under the groups."""
    pair = "most less least" if subject.better == "lower" else "least less most"
    rows = [
        (f"Absolute gap ({pair} deprived)", gaps.absolute, True),
        (f"Relative gap ({pair.replace('less', 'to', 1)} deprived)", gaps.ratio, False),
        ("Slope index of inequality", gaps.slope, True),
        ("Relative index of inequality", gaps.relative, False),
    ]
    return [_index_row(subject, name, estimate, is_gap=is_gap, counted=counted) for name, estimate, is_gap in rows]


def _index_row(subject: Subject, name: str, estimate: Estimate, *, is_gap: bool, counted: bool) -> Row:
    numbers = [float(each[0]) for each in (estimate.value, estimate.lower, estimate.upper)]
    value, lower, upper = (
        Entry(words, words.replace(",", ""), number if words else None)
        for number in numbers
        for words in [gap_number(number, subject.scale) if is_gap else ratio_number(number)]
    )
    unit = words_entry(gap_unit(subject.scale) if is_gap else "times")
    return Row(name, (words_entry(name), value, unit, *([EMPTY] * (2 if counted else 1)), lower, upper, EMPTY, EMPTY))
