"""Which chart a published indicator's page has, for which of its areas or periods, and what a reader may choose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.table import Table
from placewise_site.web.opening import Opening
from placewise_site.web.sources import agreement, funnel
from placewise_site.web.sources.agreement import is_recomputed, recomputed_beside_published, recomputed_groups
from placewise_site.web.sources.funnel import funnel_of_practices, funnel_periods, is_funnel
from placewise_site.web.sources.series import KEY, is_series, series_areas, series_chart, series_table


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: the name in the address, its label, what there is (value -> words) and what is chosen."""

    name: str
    label: str
    options: Mapping[str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The one chart of a page. asked: what its files' addresses carry; beside: every area's standing, if it has one."""

    key: str
    choices: tuple[Choice, ...]
    draw: Callable[[], Figure]
    beside: Table | None = None

    @property
    def asked(self) -> dict[str, str]:
        return {each.name: each.chosen for each in self.choices}


def find_chart(opening: Opening, indicator: str, asked: Mapping[str, str]) -> Chart | None:
    """The chart of an indicator, as asked for, else of its first area. Raises NotReleased for an area without one."""
    sight = opening.sight
    if is_funnel(sight, indicator):
        return _funnel(sight, indicator, asked)
    if is_recomputed(sight, indicator):
        return _recomputed(sight, indicator, asked)
    if not is_series(sight, indicator):
        return None
    areas = series_areas(sight, indicator)
    area = asked.get("area") or next(iter(areas))

    def page_of(code: str) -> str:
        return opening.link("published", {"area": code}, indicator=indicator)

    return Chart(
        KEY,
        (Choice("area", "Area", areas, area),),
        lambda: series_chart(sight, indicator, area),
        series_table(sight, indicator, page_of),
    )


def _funnel(sight: Sight, indicator: str, asked: Mapping[str, str]) -> Chart | None:
    """Of the period asked for, else of the latest; none where no practice is published."""
    periods = funnel_periods(sight, indicator)
    if not periods:
        return None
    period = asked.get("period") or periods[0]
    return Chart(
        funnel.KEY,
        (Choice("period", "Period", dict(zip(periods, periods, strict=True)), period),),
        lambda: funnel_of_practices(sight, indicator, period),
    )


def _recomputed(sight: Sight, indicator: str, asked: Mapping[str, str]) -> Chart:
    """Of the group asked for, else of the first."""
    title, groups = recomputed_groups(sight, indicator)
    group = asked.get("group") or next(iter(groups))
    return Chart(
        agreement.KEY,
        (Choice("group", title, groups, group),),
        lambda: recomputed_beside_published(sight, indicator, group),
    )
