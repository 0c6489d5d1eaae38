"""The figures of a measure's page: over time, by each level below, by each split. One function makes any of them."""

from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import Area, Sight
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.comparison import comparison
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.trend import trend
from placewise_site.web.levels import levels_shown

TREND = "trend"


def figure_keys(sight: Sight, measure: str, area: Area) -> list[str]:
    """The figures of a measure for an area, in the order of the page."""
    return [TREND, *levels_shown(sight, area), *sight.splits(measure, area)]


def measure_figure(sight: Sight, measure: str, area: Area, key: str) -> Figure:
    """Raises NotReleased where the release has no such figure."""
    card = sight.measure(measure)
    ambition = read_ambition(card.ambition, scale_of(card))
    if key == TREND:
        notes = sight.manifest.boundary_notes if area == sight.whole else ()
        return trend(card.title, sight.trend(measure, area.code), ambition, notes)
    if key in sight.manifest.splits:
        cells, compared = sight.groups(measure, area.code, key), sight.split_title(key)
    else:
        cells, compared = sight.at_level(measure, area.code, key), sight.level_title(key)
    return comparison(key, compared, card.title, cells, sight.latest(measure, area.code), ambition)
