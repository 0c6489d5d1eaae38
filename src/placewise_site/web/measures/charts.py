"""The control chart, funnel and slope of inequality of a measure in an area, from the cells this person may see."""

from collections.abc import Sequence

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import Area, MeasureCard, Sight
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.control_chart import control_chart
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.funnel_plot import funnel_plot
from placewise_site.web.figures.inequality_slope import inequality_slope
from placewise_site.web.figures.points import NotDrawn, Subject, point_of
from placewise_site.web.figures.rows import lower_first
from placewise_site.web.figures.wording import month_words

CONTROL_CHART, FUNNEL_PLOT, SLOPE = "control-chart", "funnel-plot", "inequality-slope"
FIFTHS, MOST_DEPRIVED = "deprivation_fifth", "1"

YEAR = "financial year"
YEAR_SO_FAR = "financial year so far"
"""As a definition in plain English says it."""

BEGINS_ANEW = (
    "No control chart is drawn: the measure counts the financial year so far and begins anew each April, so a month is "
    "to be compared with the same month of another year and not with its neighbours."
)


def measure_control_chart(sight: Sight, measure: str, area: Area) -> Figure:
    """Raises NotDrawn where too few months can be shown."""
    card = sight.measure(measure)
    if card.over == YEAR or YEAR_SO_FAR in card.numerator_means:
        raise NotDrawn(BEGINS_ANEW)
    notes = [*(sight.manifest.boundary_notes if area == sight.whole else ())]
    if is_alike(card):
        notes.append(alike_sentence(card))
    points = [point_of(cell, month_words(cell.month)) for cell in sight.trend(measure, area.code)]
    return control_chart(_subject(sight, card, area, tuple(notes)), points)


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
    rounded = f"Counts rounded to {sight.manifest.disclosure['round_to']}." if scale.counts else ""
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
    """Of the areas of the area's own level; of the system, of the lowest level this person may see.

    Raises NotDrawn where too few areas can be shown, or the measure has no counts.
    """
    card, level = sight.measure(measure), area.level if area != sight.whole else sight.levels[-1]
    month = newest_settled(sight.trend(measure, area.code)).month
    points = [
        point_of(cell, cell.area_name) for cell in sight.at_level(measure, sight.whole.code, level, f"{month:%Y-%m}")
    ]
    return funnel_plot(
        _subject(sight, card, sight.whole),
        points,
        period=month_words(month),
        compared=sight.level_title(level),
        own=area.code if area != sight.whole else "",
    )


def measure_slope(sight: Sight, measure: str, area: Area) -> Figure:
    """Over the deprivation fifths, at their newest month that is complete. Raises NotDrawn where one is hidden."""
    card = sight.measure(measure)
    if FIFTHS not in sight.splits(measure, area):
        raise NotDrawn(f"No slope of inequality is drawn: {area.name} is not divided by deprivation in this release.")
    month = newest_settled(sight.trend(measure, area.code, FIFTHS, MOST_DEPRIVED)).month
    cells = sight.groups(measure, area.code, FIFTHS, f"{month:%Y-%m}")
    points = [point_of(cell, cell.group_title) for cell in cells if cell.group.isdigit()]
    return inequality_slope(
        _subject(sight, card, area), points, period=month_words(month), compared=sight.split_title(FIFTHS)
    )


def newest_settled(cells: Sequence[Cell]) -> Cell:
    """The newest that is complete; the oldest where none is."""
    return next((cell for cell in reversed(cells) if cell.settled), cells[0])


CHARTS = {CONTROL_CHART: measure_control_chart, FUNNEL_PLOT: measure_funnel_plot, SLOPE: measure_slope}
