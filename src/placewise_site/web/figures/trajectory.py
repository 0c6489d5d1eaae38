"""A promise over time: where it began, what was measured, the line to what was promised, and what is expected."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from placewise_site.evidence.ambitions import Line, Point, Scale, TargetCard
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.measure_rows import number_range
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.trajectory_drawing import AXIS, draw_apart, draw_trajectory
from placewise_site.web.figures.wording import HIDDEN_WORDS, count_words

MEASURED, EXPECTED, PROMISED = "Measured", "Expected, by the trend", "Promised"


def trajectory(key: str, card: TargetCard) -> Figure:
    """The figure of a target with two points or more. What is judged, plotted and written is from one card."""
    points = [each for each in card.points if each.value is not None]
    aim, due = card.aim, card.due
    numbers = [n for each in points for n in (each.value, each.lower, each.upper)]
    numbers += [n for each in card.ahead for n in (each.expected, each.lower, each.upper)]
    return Figure(
        key=key,
        title=f"{card.says[:1].upper()}{card.says[1:]}: where it began and where it is",
        full_title=f"{card.measure_title}: {card.says}",
        sentence=_sentence(card, points),
        description=_description(card, points),
        table=_table(card),
        draw=draw_trajectory,
        height=lambda figure, shape: 320 if shape.is_narrow else 360,
        scale={
            "range": _range([*numbers, aim, _below(aim, numbers)], card.scale),
            "aim": None if aim is None else (aim * card.scale.per, f"Promised: {card.scale.words(aim)}"),
            "from": _start(card),
            "due": _place(card, due) if due else None,
            "ahead": [
                {"at": _place(card, each.end), **_scaled(card.scale, each.expected, each.lower, each.upper)}
                for each in card.ahead
            ],
        },
    )


def lines_apart(key: str, title: str, lines: Sequence[Line], sentence: str) -> Figure:
    """Up to four series side by side, never added up."""
    points = [(line, point) for line in lines for point in line.points]
    scale = lines[0].scale
    return Figure(
        key=key,
        title=title,
        full_title=title,
        sentence=sentence,
        description=f"Line chart of {len(lines)} series, each apart: {', '.join(line.title for line in lines)}.",
        table=Table(
            (Column("line", "Series"), Column("period", "Period"), *_number_columns(scale)),
            tuple(_line_row(line, point) for line, point in points),
        ),
        draw=draw_apart,
        height=lambda figure, shape: 300 if shape.is_narrow else 340,
        scale={
            "range": _range([0.0, *(point.value for _, point in points)], scale),
            "names": [line.title for line in lines],
        },
    )


def _table(card: TargetCard) -> Table:
    counted = any(point.number is not None for point in card.points)
    columns = [Column("period", "Period"), *_number_columns(card.scale)]
    if counted:
        columns += [Column("number", "Number", is_number=True), Column("of", "Out of", is_number=True)]
    columns.append(Column("kind", "What it is"))
    rows = [_point_row(card, point, counted) for point in card.points]
    for each in card.ahead:
        value, lower, upper = (_number(card.scale, each_) for each_ in (each.expected, each.lower, each.upper))
        blank = [number_entry("", None)] * (2 if counted else 0)
        title = _day(each.end)
        first = Entry(title, str(each.end), str(each.end))
        rows.append(Row(title, (first, value, lower, upper, *blank, words_entry(EXPECTED))))
    if card.aim is not None and card.due is not None:
        blank = [number_entry("", None)] * (4 if counted else 2)
        first = Entry(_day(card.due), str(card.due), str(card.due))
        rows.append(Row(first.words, (first, _number(card.scale, card.aim), *blank, words_entry(PROMISED))))
    return Table(tuple(columns), tuple(rows))


def _number_columns(scale: Scale) -> tuple[Column, ...]:
    unit = f"{scale.unit[:1].upper()}{scale.unit[1:]}" if scale.unit and scale.unit != "%" else "Per cent"
    titles = (("value", unit), ("lower", "Lower limit"), ("upper", "Upper limit"))
    return tuple(Column(key, title, is_number=True) for key, title in titles)


def _point_row(card: TargetCard, point: Point, counted: bool) -> Row:
    scale = card.scale
    value = _number(scale, point.value, HIDDEN_WORDS)
    entries = [
        Entry(point.when, point.period, str(point.end)),
        value,
        *(_number(scale, n) for n in (point.lower, point.upper)),
    ]
    if counted:
        entries += [number_entry(count_words(n), n) for n in (point.number, point.of)]
    marks = {"at": _place(card, point.end), **_scaled(scale, point.value, point.lower, point.upper)}
    return Row(point.when, (*entries, words_entry(MEASURED)), marks)


def _line_row(line: Line, point: Point) -> Row:
    numbers = (_number(line.scale, n) for n in (point.value, point.lower, point.upper))
    entries = (words_entry(line.title), Entry(point.when, point.period, str(point.end)), *numbers)
    marks = {
        "name": line.title,
        "at": str(point.end - timedelta(days=182)),
        **_scaled(line.scale, point.value, point.lower, point.upper),
    }
    return Row(line.title, entries, marks)


def _number(scale: Scale, value: float | None, missing: str = "") -> Entry:
    return number_entry("" if value is None else scale.number(value), value, missing)


def _scaled(scale: Scale, value: float | None, lower: float | None, upper: float | None) -> dict[str, Any]:
    named = zip(("value", "lower", "upper"), (value, lower, upper), strict=True)
    return {name: None if number is None else number * scale.per for name, number in named}


def _start(card: TargetCard) -> dict[str, Any] | None:
    """The line from where it began to what was promised; none without a date."""
    start = card.baseline
    if start is None or start.value is None or card.aim is None or card.due is None or start.end >= card.due:
        return None
    return {"at": _place(card, start.end), "value": start.value * card.scale.per}


def _range(numbers: Sequence[float | None], scale: Scale) -> tuple[float, float]:
    return number_range([None if each is None else each * scale.per for each in numbers], AXIS)


def _below(aim: float | None, numbers: Sequence[float | None]) -> float | None:
    """Room under the promise for its words."""
    known = [each for each in numbers if each is not None]
    return None if aim is None or not known else aim - 0.12 * (max(*known, aim) - min(*known, aim))


def _sentence(card: TargetCard, points: Sequence[Point]) -> str:
    told = []
    if card.baseline and card.baseline.value is not None:
        told.append(f"It began at {card.scale.words(card.baseline.value)} ({card.baseline.when})")
    if points:
        newest = "the newest figure" if points[-1] == card.points[-1] else "the newest figure that can be shown"
        told.append(f"{newest} is {card.scale.words(points[-1].value or 0.0)} ({points[-1].when})")
    if card.aim is not None:
        told.append(f"what was promised is {card.scale.words(card.aim)}{f' by {_day(card.due)}' if card.due else ''}")
    sentence = "; ".join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _description(card: TargetCard, points: Sequence[Point]) -> str:
    words = [f"Line chart of {len(points)} periods with their 95% intervals."]
    if card.aim is not None:
        words.append("A dashed line leads to what was promised.")
    if card.ahead:
        words.append("A grey band shows what is expected, with four chances in five.")
    if missing := len(card.points) - len(points):
        words.append(f"{missing} periods are {HIDDEN_WORDS}: a gap in the line.")
    return " ".join(words)


def _place(card: TargetCard, end: date) -> str:
    """Where a period stands on the axis: years at their middle, so that the mark of a year stands before its figure."""
    ends = [point.end for point in card.points]
    is_yearly = len(ends) < 2 or (ends[-1] - ends[0]).days / (len(ends) - 1) > 300
    return str(end - timedelta(days=182) if is_yearly else end)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
