"""A funnel plot: areas by size beside the value of all together, with the limits that chance alone would keep them in,
and those that allow for how far areas usually lie apart."""

from collections.abc import Sequence

from placewise_site.evidence.charts.funnel import Funnel, build_funnel, get_curves, get_reach
from placewise_site.evidence.charts.points import number_or_none
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.funnel_drawing import draw_funnel
from placewise_site.web.figures.funnel_words import caption, description, mark_of, sentences, stand_words
from placewise_site.web.figures.measure_rows import number_range
from placewise_site.web.figures.points import NotDrawn, Point, Subject
from placewise_site.web.figures.rows import lower_first, plural
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, value_heading, value_number


def funnel_plot(
    subject: Subject,
    points: Sequence[Point],
    *,
    period: str,
    compared: str,
    own: str = "",
    names_others: bool = True,
    target: float | None = None,
    key: str = "funnel-plot",
    title: str = "Near or apart: funnel plot",
) -> Figure:
    """The figure of the areas of one level, in the order of its table. Raises NotDrawn, in one sentence.

    points: with numerator and denominator, of a share or rate; compared: what they are, as a title (Practice); own: the
    code of the one to mark; names_others: whether those furthest out are named in the chart; target: the share or rate
    (for one) to lie about, else that of all areas together. A case-mix-adjusted funnel is one of rates whose
    denominators are the expected events, about the target 1.
    """
    if not subject.scale.counts:
        raise NotDrawn("No funnel plot is drawn: it takes counts, and a mean or median has none.")
    found = build_funnel(points, subject.scale, target)
    rows = tuple(_row(subject, found, points, place) for place in range(len(points)))
    return Figure(
        key=key,
        title=title,
        sentence=" ".join([*sentences(subject, found, points, compared, period, own), *subject.notes]),
        description=description(subject, found, points, compared),
        table=Table(_columns(subject.scale, compared, widened=found.widened is not None), rows),
        draw=draw_funnel,
        height=lambda figure, shape: 380 if shape.is_narrow else 460,
        full_title=f"{subject.title}, {plural(compared)} of {subject.where}, {period}",
        scale={
            "range": _range(found, subject.scale),
            "of": subject.scale,
            "size_title": _size_title(subject.scale),
            "target": found.target * subject.scale.per,
            "curves": get_curves(found, subject.scale),
            "names_others": names_others,
            "own": next((point.name for point in points if own and point.code == own), ""),
        },
        caption=caption(subject, found),
    )


def _range(found: Funnel, scale: Scale) -> tuple[float, float]:
    """The axis, with room so that no point lies at its very end."""
    least, most = get_reach(found, scale)
    room = 0.04 * (most - least)
    return number_range([max(least - room, 0.0), most + room], scale)


def _size_title(scale: Scale) -> str:
    """What the size of an area counts."""
    return f"Size: number of {lower_first(scale.counted if scale.is_share else scale.among or 'People')}"


def _columns(scale: Scale, compared: str, *, widened: bool) -> tuple[Column, ...]:
    allowed = (Column("widened", "With overdispersion"),) if widened else ()
    return (
        Column("name", compared),
        Column("value", value_heading(scale), is_number=True),
        Column("numerator", "Counted" if scale.is_share else scale.counted, is_number=True),
        Column("denominator", scale.among or "Out of", is_number=True),
        Column("exact", "By chance alone (exact)"),
        *allowed,
    )


def _row(subject: Subject, found: Funnel, points: Sequence[Point], place: int) -> Row:
    point, scale = points[place], subject.scale
    words = [found.exact[place]] if found.widened is None else [found.exact[place], found.widened[place]]
    entries = (
        words_entry(point.name),
        number_entry(value_number(point.value, scale), point.value, point.missing, point.address),
        number_entry(count_words(point.numerator), point.numerator),
        number_entry(count_words(point.denominator), point.denominator),
        *(words_entry(stand_words(word)) for word in words),
    )
    marks = {
        "title": point.name,
        "value": number_or_none(float(found.value[place]) * scale.per),
        "size": number_or_none(float(found.size[place])),
        "kind": mark_of(str(found.marked[place]), subject.better),
    }
    return Row(point.name, entries, marks)
