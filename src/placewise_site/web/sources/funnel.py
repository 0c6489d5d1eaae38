"""A published share of practices as a funnel: every practice of one period by the size of its list.

Public pages name a practice here because its publisher did: these are statistics already published, practice by
practice, and nothing of ours is in them.
"""

from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.funnel_plot import funnel_plot
from placewise_site.web.figures.points import Point, Subject
from placewise_site.web.sources.published import as_published_words, why_missing
from placewise_site.web.sources.series import ALL, series_scale

FUNNEL = "funnel"
KEY = "funnel-plot"


def is_funnel(sight: Sight, indicator: str) -> bool:
    return sight.manifest.indicators[indicator].get("chart") == FUNNEL


def funnel_periods(sight: Sight, indicator: str) -> list[str]:
    """The periods of which practices are published, the latest first."""
    rows = sight.published_by_practice(indicator, split=ALL)
    return sorted(set(rows["period"].to_pylist()), reverse=True)


def funnel_of_practices(sight: Sight, indicator: str, period: str) -> Figure:
    """Raises NotReleased where no practice is published of the period, and NotDrawn where too few are."""
    rows = sight.published_by_practice(indicator, split=ALL, period=period).to_pylist()
    if not rows:
        raise NotReleased(f"nothing is published of {indicator} by practice in {period}")
    said = sight.manifest.indicators[indicator]
    points = [
        Point(
            name=f"{row['area_name']} ({row['area']})",
            value=row["value"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            missing="" if row["value"] is not None else why_missing(row),
            code=row["area"],
            address=sight.published_address(row),
        )
        for row in sorted(rows, key=lambda row: (row["area_name"], row["area"]))
    ]
    subject = Subject(
        title=said["title"],
        where=sight.whole.name if sight.areas else "the system",
        scale=series_scale(said),
        better=said["better"],
        counts=as_published_words(sight),
    )
    return funnel_plot(subject, points, period=period, compared="Practice", key=KEY)
