"""The table of a control chart: a row a point, with its limits and how the rules read it."""

from placewise_site.evidence.charts.control import ReadSeries
from placewise_site.evidence.charts.points import number_or_none
from placewise_site.web.figures.control_words import KINDS, reading_words
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import NOT_COMPLETE_WORDS, count_words, value_heading, value_number, value_words


def control_table(read: ReadSeries) -> Table:
    scale = read.scale
    unit = " (%)" if scale.is_share else ""
    counted = any(point.numerator is not None for point in read.points)
    counts = (
        (
            Column("numerator", "Counted" if scale.is_share else scale.counted, is_number=True),
            Column("denominator", scale.among or "Out of", is_number=True),
        )
        if counted
        else ()
    )
    columns = (
        Column("month", "Event" if read.method.is_of_gaps else "Month"),
        Column("value", value_heading(scale), is_number=True),
        *counts,
        Column("lower", f"Lower limit{unit}", is_number=True),
        Column("centre", f"Centre line{unit}", is_number=True),
        Column("upper", f"Upper limit{unit}", is_number=True),
        Column("reading", "Reading"),
    )
    return Table(columns, tuple(_row(read, place, counted=counted) for place in range(len(read.points))))


def _row(read: ReadSeries, place: int, *, counted: bool) -> Row:
    point, scale = read.points[place], read.scale
    if point.when is None:
        raise ValueError(f"{point.name} has no date")
    lines = [number_or_none(line[place]) for line in (read.lower, read.centre, read.upper)]
    plain = point.when.isoformat() if read.method.is_of_gaps else f"{point.when:%Y-%m}"
    counts = [number_entry(count_words(each), each) for each in (point.numerator, point.denominator)] if counted else []
    entries = (
        Entry(point.name, plain, point.when.isoformat()),
        number_entry(value_number(point.value, scale), point.value, point.missing, point.address),
        *counts,
        *(number_entry(value_number(each, scale), each) for each in lines),
        words_entry(reading_words(read, place)),
    )
    marks = {
        "title": point.name,
        "month": point.when.isoformat(),
        "value": point.value,
        "words": value_words(point.value, scale),
        "missing": point.missing if point.settled else NOT_COMPLETE_WORDS,
        "kind": KINDS.get(read.kind(place), "") if point.settled else NOT_COMPLETE_WORDS.capitalize(),
        "phase": int(read.phase[place]),
    }
    marks |= dict(zip(("lower", "centre", "upper"), lines, strict=True))
    return Row(point.name, entries, marks)
