"""The control chart, funnel and slope of inequality of a measure in an area, from the cells this person may see."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.findings import Kind, get_above_practices
from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import PRACTICE, Area, MeasureCard, Sight
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.control_chart import control_chart
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.funnel_plot import funnel_plot
from placewise_site.web.figures.inequality_slope import inequality_slope
from placewise_site.web.figures.points import NotDrawn, Subject, point_of
from placewise_site.web.figures.rows import lower_first
from placewise_site.web.figures.wording import month_words

CONTROL_CHART, FUNNEL_PLOT, SLOPE = "control-chart", "funnel-plot", "inequality-slope"
FIFTHS = "deprivation_fifth"

FINANCIAL_YEAR = "financial year"
YEAR_SO_FAR = "financial year so far"
"""As a definition in plain English says it."""

YEAR = timedelta(days=366)
SHOWN_BEFORE = "In {month} one of them is hidden to protect privacy, so this is the newest month that shows them all."

OWN_FIRST = (
    "No practice is named in the chart or called better or worse: what stands out is told to the practice first."
)

FEWER_MEASURED = (
    "Fewer were measured than a year before, so that no point of this chart is called better or worse: whoever is no "
    "longer measured may be the one who fares worse."
)

BEGINS_ANEW = (
    "No control chart is drawn: the measure counts the financial year so far and begins anew each April, so a month is "
    "to be compared with the same month of another year and not with its neighbours. Each month is rounded together "
    "with all else that is counted in it, and not with the month before, so it may stand one step of the rounding "
    "lower than that although nobody was taken away."
)


def measure_control_chart(sight: Sight, measure: str, area: Area) -> Figure:
    """Raises NotDrawn where too few months can be shown."""
    card = sight.measure(measure)
    if card.over == FINANCIAL_YEAR or YEAR_SO_FAR in card.numerator_means:
        raise NotDrawn(BEGINS_ANEW)
    notes = [*(sight.manifest.boundary_notes if area == sight.whole else ())]
    if is_alike(card):
        notes.append(alike_sentence(card))
    falls = is_less_measured(sight, measure, area)
    subject = _subject(sight, card, area, (*notes, *([FEWER_MEASURED] if falls else [])))
    points = [point_of(cell, month_words(cell.month)) for cell in sight.trend(measure, area.code)]
    return control_chart(replace(subject, better="neither") if falls else subject, points)


def is_less_measured(sight: Sight, measure: str, area: Area) -> bool:
    """Whether the release tells that measurement falls here or in the whole system. What it tells of a practice is for
    that practice first, and decides nothing here."""
    of = {area.code, sight.whole.code}
    told = get_above_practices(sight)
    return any(each.kind == Kind.FALLING and each.measure == measure and each.area in of for each in told)


def is_alike(card: MeasureCard) -> bool:
    """Whether a month of a measure is mostly made of what the month before was: the rules take months to be
    independent."""
    return scale_of(card).of_people or card.over != "month"


def alike_sentence(card: MeasureCard) -> str:
    return (
        f"Each month counts nearly the same {lower_first(card.unit_title)} as the one before, so that months are alike "
        "and the rules mark more of them than chance would: they show a direction, and alone prove no change."
    )


def _subject(sight: Sight, card: MeasureCard, area: Area, notes: tuple[str, ...] = ()) -> Subject:
    scale = scale_of(card)
    rounded = f"Counts rounded to a multiple of {sight.manifest.disclosure['round_to']}." if scale.counts else ""
    return Subject(
        title=card.title,
        where=area.name,
        scale=scale,
        better=card.better,
        ambition=read_ambition(card.ambition, scale),
        notes=notes,
        counts=rounded,
    )


def measure_funnel_plot(sight: Sight, measure: str, area: Area) -> Figure:
    """Of the areas of the area's own level; of the system, of the lowest level of which enough can be shown.

    Raises NotDrawn where none can, or the measure has no counts.
    """
    levels = [area.level] if area != sight.whole else sight.levels[:0:-1]
    reason = NotDrawn("No funnel plot is drawn: there are no areas to compare.")
    for level in levels:
        try:
            return _funnel_of_level(sight, measure, area, level)
        except NotDrawn as found:
            reason = found
    raise reason


def _funnel_of_level(sight: Sight, measure: str, area: Area, level: str) -> Figure:
    """About what was released of the whole system, since the areas that can be shown are not all of it.

    Of practices none but the own is named in the chart and none is called better or worse: that is a finding, which
    its practice reads before anybody else.
    """
    whole = newest_settled(sight.trend(measure, sight.whole.code))
    cells = sight.at_level(measure, sight.whole.code, level, f"{whole.month:%Y-%m}")
    target = whole.numerator / whole.denominator if whole.numerator is not None and whole.denominator else None
    subject = _subject(sight, sight.measure(measure), sight.whole)
    return funnel_plot(
        replace(subject, better="neither", notes=(OWN_FIRST,)) if level == PRACTICE else subject,
        [point_of(cell, cell.area_name) for cell in cells],
        period=month_words(whole.month),
        compared=sight.level_title(level),
        own=area.code if area != sight.whole else "",
        names_others=level != PRACTICE,
        target=target,
    )


def measure_slope(sight: Sight, measure: str, area: Area) -> Figure:
    """Over the deprivation fifths, at the newest month of the last year that is complete and shows them all.

    Raises NotDrawn where none does.
    """
    card = sight.measure(measure)
    if FIFTHS not in sight.splits(measure, area):
        raise NotDrawn(f"No slope of inequality is drawn: {area.name} is not divided by deprivation in this release.")
    by_month: dict[date, list[Cell]] = {}
    for cell in sight.history(measure, area.code, FIFTHS):
        if cell.group.isdigit() and cell.denominator != 0:  # nobody lives there, or it is not recorded where
            by_month.setdefault(cell.month, []).append(cell)
    if not by_month:
        raise NotDrawn(f"No slope of inequality is drawn: nobody is counted by deprivation in {area.name}.")
    months = [by_month[month] for month in sorted(by_month, reverse=True)]
    complete = [cells for cells in months if all(cell.settled for cell in cells)] or months
    last_year = [cells for cells in complete if complete[0][0].month - cells[0].month < YEAR]
    cells = next((cells for cells in last_year if all(cell.value is not None for cell in cells)), complete[0])
    notes = [] if cells is complete[0] else [SHOWN_BEFORE.format(month=month_words(complete[0][0].month))]
    return inequality_slope(
        _subject(sight, card, area, tuple(notes)),
        [point_of(cell, cell.group_title) for cell in cells],
        period=month_words(cells[0].month),
        compared=sight.split_title(FIFTHS),
    )


def newest_settled(cells: Sequence[Cell]) -> Cell:
    """The newest that is complete; the oldest where none is."""
    return next((cell for cell in reversed(cells) if cell.settled), cells[0])


CHARTS = {CONTROL_CHART: measure_control_chart, FUNNEL_PLOT: measure_funnel_plot, SLOPE: measure_slope}
