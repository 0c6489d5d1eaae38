"""A control chart: a series with the limits within which chance alone keeps it, read by the rules of NHS England's
'Making Data Count', from the numbers given and nothing else."""

from collections.abc import Sequence

from placewise_site.evidence.charts.control import RUN_LENGTH, Break, Method, ReadSeries, read_series
from placewise_site.evidence.charts.points import number_or_none
from placewise_site.web.figures.control_drawing import draw_control_chart
from placewise_site.web.figures.control_table import control_table
from placewise_site.web.figures.control_words import caption, description, sentences, signs
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.measure_rows import number_range
from placewise_site.web.figures.points import Point, Subject

__all__ = ["Break", "Method", "control_chart"]


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
    read = read_series(
        points,
        subject.scale,
        subject.better,
        target=subject.ambition.value if subject.ambition else None,
        method=method,
        breaks=breaks,
        run_length=run_length,
        screened=screened,
    )
    return Figure(
        key=key,
        title=title,
        sentence=" ".join([*sentences(subject, read), *subject.notes]),
        description=description(subject, read),
        table=control_table(read),
        draw=draw_control_chart,
        height=lambda figure, shape: 340 if shape.is_narrow else 420,
        full_title=f"{subject.title}, {subject.where}",
        scale={
            "range": number_range(_drawn_numbers(subject, read), subject.scale),
            "ambition": subject.ambition,
            "of": subject.scale,
            "breaks": tuple((each.when.isoformat(), each.words) for each in read.breaks),
            "better": subject.better,
        },
        caption=caption(subject, read),
        signs=signs(read),
    )


def _drawn_numbers(subject: Subject, read: ReadSeries) -> list[float | None]:
    lines = [number_or_none(each) for line in (read.lower, read.upper) for each in line]
    ambition = subject.ambition
    return [*lines, *(point.value for point in read.points), ambition.value if ambition else None]
