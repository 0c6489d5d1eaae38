"""The figures of a measure's page: over time, by each level below, by each split. One function makes any of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.releases import Release
from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import Area, Sight
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.comparison import comparison
from placewise_site.web.figures.completeness import is_completeness_released, put_completeness_beside
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.points import NotDrawn
from placewise_site.web.figures.trend import trend
from placewise_site.web.levels import levels_shown
from placewise_site.web.measures.charts import CHARTS

TREND = "trend"


def figure_keys(sight: Sight, measure: str, area: Area) -> list[str]:
    """The figures of a measure for an area, in the order of the page."""
    return [*CHARTS, TREND, *levels_shown(sight, area), *sight.splits(measure, area)]


def measure_figures(sight: Sight, measure: str, area: Area) -> tuple[list[Figure], list[str]]:
    """The figures of a measure's page, and why others are not drawn: a sentence each."""
    figures, reasons = [], []
    for key in figure_keys(sight, measure, area):
        try:
            figures.append(measure_figure(sight, measure, area, key))
        except NotDrawn as reason:
            reasons.append(str(reason))
    return figures, reasons


def measure_figure(sight: Sight, measure: str, area: Area, key: str) -> Figure:
    """Raises NotReleased where the release has no such figure, and NotDrawn where its numbers do not carry it."""
    return _make(_Asked(sight, sight.release, sight.sees_practices, measure, area, key))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What decides a figure: the release, and what may be seen of it."""

    sight: Sight = field(compare=False)
    release: Release
    sees_practices: bool
    measure: str
    area: Area
    key: str


@lru_cache(maxsize=512)
def _make(asked: _Asked) -> Figure:
    """Kept, since a page holds a dozen and a release never changes."""
    sight, measure, area, key = asked.sight, asked.measure, asked.area, asked.key
    if key in CHARTS:
        return CHARTS[key](sight, measure, area)
    card = sight.measure(measure)
    ambition = read_ambition(card.ambition, scale_of(card))
    cells = _cells(sight, measure, area, key)
    if key == TREND:
        notes = sight.manifest.boundary_notes if area == sight.whole else ()
        figure = trend(card.title, cells, ambition, notes)
    else:
        compared = sight.split_title(key) if key in sight.manifest.splits else sight.level_title(key)
        figure = comparison(
            key, compared, card.title, cells, sight.at_month(measure, area.code, _month_of(cells)), ambition
        )
    if is_completeness_released(sight, card) and key in figure_keys(sight, card.completeness, area):
        return put_completeness_beside(figure, cells, _cells(sight, card.completeness, area, key, _month_of(cells)))
    return figure


def _month_of(cells: Sequence[Cell]) -> str:
    return f"{cells[-1].month:%Y-%m}"


def _cells(sight: Sight, measure: str, area: Area, key: str, month: str | None = None) -> list[Cell]:
    """What a figure of a measure is made of, in the order of its rows. month: of all but the trend."""
    if key == TREND:
        return sight.trend(measure, area.code)
    if key in sight.manifest.splits:
        return sight.groups(measure, area.code, key, month)
    return sight.at_level(measure, area.code, key, month)
