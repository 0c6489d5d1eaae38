"""The figures of a measure's page: over time, by each level below, by each split. One function makes any of them."""

from placewise_site.evidence.sight import Area, Sight
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.comparison import comparison
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.trend import trend

TREND = "trend"
MOST_ROWS = 100
"""A chart with more rows cannot be read: the areas of that level are shown once a smaller area is chosen."""


def figure_keys(sight: Sight, measure: str, area: Area) -> list[str]:
    """The figures of a measure for an area, in the order of the page."""
    levels = [level for level in sight.levels_below(area) if len(sight.below(area, level)) <= MOST_ROWS]
    return [TREND, *levels, *sight.splits(measure, area)]


def levels_too_long(sight: Sight, area: Area) -> list[str]:
    return [level for level in sight.levels_below(area) if len(sight.below(area, level)) > MOST_ROWS]


def measure_figure(sight: Sight, measure: str, area: Area, key: str) -> Figure:
    """Raises NotReleased where the release has no such figure."""
    card = sight.measure(measure)
    ambition = read_ambition(card.ambition)
    if key == TREND:
        return trend(card.title, sight.trend(measure, area.code), ambition)
    if key in sight.manifest.splits:
        cells, compared = sight.groups(measure, area.code, key), sight.split_title(key)
    else:
        cells, compared = sight.at_level(measure, area.code, key), key.replace("_", " ").capitalize()
    return comparison(key, compared, card.title, cells, sight.latest(measure, area.code), ambition)
