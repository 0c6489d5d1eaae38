"""The control chart, funnel and slope of inequality of a measure in an area, from the cells this person may see."""

from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import Area, MeasureCard, Sight
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.control_chart import control_chart
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.points import NotDrawn, Subject, point_of
from placewise_site.web.figures.wording import month_words

CONTROL_CHART = "control-chart"

ALIKE = (
    "Nearly the same people are counted every month, so that months are alike and the rules mark more of them than "
    "chance would: they show a direction and prove nothing by themselves."
)
"""Said where people are counted, and not events of the month: the rules take months to be independent."""

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
        notes.append(ALIKE)
    points = [point_of(cell, month_words(cell.month)) for cell in sight.trend(measure, area.code)]
    return control_chart(_subject(sight, card, area, tuple(notes)), points)


def is_alike(card: MeasureCard) -> bool:
    """Whether a month of a measure is mostly made of what the month before was."""
    return scale_of(card).of_people or card.over != "month"


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


CHARTS = {CONTROL_CHART: measure_control_chart}
