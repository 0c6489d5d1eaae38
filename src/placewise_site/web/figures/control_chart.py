"""A control chart: a series with the limits within which chance alone keeps it, read by the rules of NHS England's
'Making Data Count', from the numbers given and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.control_charts.chart import Assurance, ControlChart, PointType, build_control_chart
from placewise.floor.statistics.control_charts.limits import SHORT, ControlLimits
from placewise.floor.statistics.control_charts.special_causes import RUN_LENGTH, Rule
from placewise_site.web.figures.control_drawing import draw_control_chart
from placewise_site.web.figures.control_method import FEWEST, TOLD, Method, choose_method, get_limits
from placewise_site.web.figures.control_words import (
    KINDS,
    assurance_sentence,
    assurance_sign,
    rule_words,
    variation_sign,
)
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.measure_rows import number_range
from placewise_site.web.figures.points import Floats, NotDrawn, Point, Subject, number_or_none, numbers
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import (
    NOT_COMPLETE_WORDS,
    count_words,
    value_heading,
    value_number,
    value_words,
)


@dataclass(frozen=True, slots=True)
class Break:
    """A change that makes what follows another series, stated by somebody: limits and rules begin anew at this day."""

    when: date
    words: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A series as its chart reads it. lower, centre, upper: float64[points], as they are drawn."""

    subject: Subject
    points: Sequence[Point]
    method: Method
    phase: npt.NDArray[np.int64]
    chart: ControlChart
    lower: Floats
    centre: Floats
    upper: Floats

    @property
    def noun(self) -> str:
        return "gap" if self.method.is_of_gaps else "month"

    def kind(self, place: int) -> PointType:
        return PointType(self.chart.point_type[0, place])

    def is_high(self, place: int) -> bool:
        """On which side a point lies that is no chance."""
        kind = self.kind(place)
        good = PointType.CONCERN if self.subject.better == "lower" else PointType.IMPROVEMENT
        return kind in (good, PointType.NEUTRAL_HIGH)

    def reading(self, place: int) -> str:
        """What the table says of a point."""
        point, rule = self.points[place], int(self.chart.rule[0, place])
        if point.value is None:
            return point.missing
        if not point.settled:
            return NOT_COMPLETE_WORDS
        kind = self.kind(place)
        if rule < 0:
            return KINDS[kind]
        return f"{KINDS[kind]}: {self.why(place)}"

    def why(self, place: int) -> str:
        run_length = self.chart.special.run_length
        return rule_words(Rule(int(self.chart.rule[0, place])), is_high=self.is_high(place), run_length=run_length)


def control_chart(
    subject: Subject,
    points: Sequence[Point],
    *,
    method: Method | None = None,
    breaks: Sequence[Break] = (),
    run_length: int = RUN_LENGTH,
    screened: bool = True,
    key: str = "control-chart",
    title: str = "Change or chance: control chart",
) -> Figure:
    """The figure of a series, oldest first, each with `when`. Raises NotDrawn, in one sentence, of too short a series.

    method: by the rule of `choose_method` unless given (T and G always are: their points are gaps between events, with
    `when` the day of the later event, and `better` is of the gap). breaks: stated ones, within which limits and rules
    begin anew. A point that is missing is a gap and ends every run; one not settled is drawn and takes part in nothing.
    """
    read = _read(subject, points, method, breaks, run_length, screened)
    latest = int(read.chart.latest[0])
    kind = read.kind(latest)
    ambition = subject.ambition
    return Figure(
        key=key,
        title=title,
        sentence=" ".join([*_sentences(read, latest), *subject.notes]),
        description=_description(read),
        table=_table(read),
        draw=draw_control_chart,
        height=lambda figure, shape: 340 if shape.is_narrow else 420,
        full_title=f"{subject.title}, {subject.where}",
        scale={
            "range": number_range(_drawn_numbers(read), subject.scale),
            "ambition": ambition,
            "of": subject.scale,
            "breaks": tuple((each.when.isoformat(), each.words) for each in _within(breaks, points)),
            "better": subject.better,
        },
        caption=_caption(read, breaks),
        signs=(
            variation_sign(kind, is_high=read.is_high(latest)),
            *assurance_sign(Assurance(str(read.chart.assurance[0]))),
        ),
    )


def _read(
    subject: Subject,
    points: Sequence[Point],
    method: Method | None,
    breaks: Sequence[Break],
    run_length: int,
    screened: bool,
) -> _Read:
    used = np.array([point.settled and point.value is not None for point in points])
    if used.sum() < FEWEST:
        raise NotDrawn(
            f"A control chart needs {FEWEST} numbers that are complete, and {used.sum()} of {len(points)} can be shown."
        )
    method = method or choose_method(points, subject.scale)
    phase = np.array([sum(point.when >= each.when for each in breaks) for point in points if point.when])
    limits = get_limits(method, points, subject.scale, phase[None], screened=screened)
    values = np.where(used, numbers(points, "value"), np.nan)[None]
    target = subject.ambition.value if subject.ambition else None
    chart = build_control_chart(
        values,
        limits,
        subject.better,  # type: ignore[arg-type]
        target=target,
        phase=phase[None],
        run_length=run_length,
    )
    return _Read(subject, points, method, phase, chart, *_possible(limits, subject))


def _possible(limits: ControlLimits, subject: Subject) -> tuple[Floats, Floats, Floats]:
    """Lower limit, centre and upper limit as they are drawn: no share is below 0 or above 1, and no rate below 0."""
    lower, upper = limits.lower[0], limits.upper[0]
    if subject.scale.counts:
        lower = np.maximum(lower, 0.0)
    return lower, limits.centre[0], np.minimum(upper, 1.0) if subject.scale.is_share else upper


def _within(breaks: Sequence[Break], points: Sequence[Point]) -> list[Break]:
    """Those that divide the series."""
    first, last = points[0].when, points[-1].when
    return [each for each in breaks if first and last and first < each.when <= last]


def _drawn_numbers(read: _Read) -> list[float | None]:
    lines = [number_or_none(each) for line in (read.lower, read.upper) for each in line]
    ambition = read.subject.ambition
    return [*lines, *(point.value for point in read.points), ambition.value if ambition else None]


def _sentences(read: _Read, latest: int) -> list[str]:
    subject, point, kind = read.subject, read.points[latest], read.kind(latest)
    said = f"{subject.where}, {point.name}: {value_words(point.value, subject.scale)}"
    low, high = (value_words(float(line[latest]), subject.scale) for line in (read.lower, read.upper))
    if kind == PointType.COMMON_CAUSE:
        told = f"{said}, within the limits of {low} to {high}: no change that chance does not explain."
    elif kind == PointType.NO_LIMITS:
        told = f"{said}; there are too few before it for limits."
    else:
        told = f"{said}, more than chance explains: {read.why(latest)} (limits {low} to {high})."
    number = sum(1 for each in read.chart.rule[0] if each >= 0)
    known = sum(1 for each in read.points if each.settled and each.value is not None)
    found = f"The rules mark {number or 'none'} of {known} {read.noun}s."
    short = [f"Limits of fewer than {SHORT} {read.noun}s are not firm yet."] if read.chart.limits.is_short.any() else []
    newest = [each for each in read.points if not each.settled]
    waiting = [f"The newest {len(newest)} are {NOT_COMPLETE_WORDS} (hollow) and take no part."] if newest else []
    assurance = Assurance(str(read.chart.assurance[0]))
    return [told, found, *short, *waiting, *assurance_sentence(assurance, subject.ambition)]


def _caption(read: _Read, breaks: Sequence[Break]) -> str:
    """Method, screening, run length, breaks and what the counts are."""
    words = [f"{TOLD[read.method]}."]
    if not read.method.is_of_gaps:
        words.append(
            "Changes of 3.267 times their mean or more are left out of the limits once."
            if read.chart.limits.screened
            else "No change is left out of the limits."
        )
    words.append(
        "Rules of Making Data Count: outside the limits; two of three near a limit; "
        f"{read.chart.special.run_length} in a row on one side, or {read.chart.special.run_length} rising or falling."
    )
    words += [f"Begun anew: {each.words}." for each in _within(breaks, read.points)]
    words.append("Solid line: centre. Dashed grey lines: limits.")
    words += ["Dashed plum line: the level to reach."] if read.subject.ambition else []
    return " ".join([*words, read.subject.counts]).strip()


def _description(read: _Read) -> str:
    points = read.points
    words = [
        f"Control chart of {len(points)} {read.noun}s, {points[0].name} to {points[-1].name}: a line of points with a "
        "centre line and an upper and a lower limit.",
    ]
    for kind, label in KINDS.items():
        number = sum(1 for place in range(len(points)) if points[place].settled and read.kind(place) == kind)
        if number and kind != PointType.NO_LIMITS:
            words.append(f"{label}: {number}.")
    for missing in dict.fromkeys(point.missing for point in points if point.missing):
        number = sum(1 for point in points if point.missing == missing)
        noun = read.noun if number == 1 else f"{read.noun}s"
        words.append(f"{number} {noun} {'is' if number == 1 else 'are'} {missing}: a gap in the line.")
    if read.subject.ambition:
        words.append(f"A dashed line marks the level to reach, {read.subject.ambition.words}.")
    return " ".join(words)


def _table(read: _Read) -> Table:
    scale = read.subject.scale
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


def _row(read: _Read, place: int, *, counted: bool) -> Row:
    point, scale = read.points[place], read.subject.scale
    if point.when is None:
        raise ValueError(f"{point.name} has no date")
    lines = [number_or_none(line[place]) for line in (read.lower, read.centre, read.upper)]
    plain = point.when.isoformat() if read.method.is_of_gaps else f"{point.when:%Y-%m}"
    counts = [number_entry(count_words(each), each) for each in (point.numerator, point.denominator)] if counted else []
    reading = read.reading(place)
    entries = (
        Entry(point.name, plain, point.when.isoformat()),
        number_entry(value_number(point.value, scale), point.value, point.missing, point.address),
        *counts,
        *(number_entry(value_number(each, scale), each) for each in lines),
        words_entry(reading),
    )
    marks = {
        "title": point.name,
        "month": point.when.isoformat(),
        "value": point.value,
        "words": value_words(point.value, scale),
        "missing": point.missing,
        "kind": KINDS.get(read.kind(place), "") if point.settled else NOT_COMPLETE_WORDS.capitalize(),
        "phase": int(read.phase[place]),
    }
    marks |= dict(zip(("lower", "centre", "upper"), lines, strict=True))
    return Row(point.name, entries, marks)
