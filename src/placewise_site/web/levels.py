"""Which levels below an area a chart can show, and which have too many areas for one."""

from placewise_site.evidence.sight import Area, Sight

MOST_ROWS = 100
"""A chart with more rows cannot be read: the areas of that level are shown once a smaller area is chosen."""


def levels_shown(sight: Sight, area: Area) -> list[str]:
    return [level for level in sight.levels_below(area) if _rows(sight, area, level) <= MOST_ROWS]


def levels_too_long(sight: Sight, area: Area) -> list[str]:
    return [level for level in sight.levels_below(area) if _rows(sight, area, level) > MOST_ROWS]


def _rows(sight: Sight, area: Area, level: str) -> int:
    return len(sight.below(area, level))
