"""Where teams could go, planned from released counts: deprivation fifths of areas, and the sites a deployment states.

DEPLOYMENT/outreach/sites.csv and reach.csv, optional: see plans/outreach/definition.py. Its areas are organisations of
one level above practice, whose fifths a release counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from placewise.floor.csv_rows import find_rows
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.measures.unit_measure import PERSON
from placewise.plans.outreach.build import plan_outreach
from placewise.plans.outreach.contract import Need, OutreachPlan
from placewise.plans.outreach.definition import REACH_COLUMNS, read_sites
from placewise.plans.outreach.words import RESTS_ON, tell_plan
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.deployment import get_deployment, has_deployment
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import MeasureCard, Sight

__all__ = ["MOST_TEAMS", "RESTS_ON", "OutreachPlan", "ReleasedPlan", "can_plan", "find_plan", "tell_plan"]

FIFTHS = "deprivation_fifth"
NOT_RECORDED = "not_recorded"
MOST_TEAMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedPlan:
    """titles: site -> name; shown, hidden: cells of an area and a fifth that the plan knows, and that it does not;
    unknown: fifths of which it knows no cell at all, any of which may be the lowest."""

    plan: OutreachPlan
    titles: dict[str, str]
    level: str
    shown: int
    hidden: int
    unknown: tuple[str, ...]


def can_plan(card: MeasureCard) -> bool:
    """Whether a measure is a share of people to be raised, and the system states sites."""
    is_asked = card.better == "higher" and card.statistic == "proportion" and card.unit == PERSON
    return is_asked and has_deployment() and _folder().is_dir()


def find_plan(sight: Sight, measure: str, teams: int) -> ReleasedPlan:
    """Raises NotReleased where nothing can be planned for the measure."""
    if not can_plan(sight.measure(measure)):
        raise NotReleased(f"{measure} is no share of people to be raised, or this system states no sites to go to")
    folder = _folder()
    level = _find_level(sight, folder / "reach.csv")
    cells = tuple(sight.at_level(measure, sight.whole.code, level, split=FIFTHS))
    here = {each.code for each in sight.below(sight.whole, level)}
    stated = {each.code for each in get_deployment().hierarchy.at(level)}  # in a smaller system some have nobody
    areas = tuple(sorted(here | stated))
    return _plan(cells, areas, folder, level, teams)


@lru_cache(maxsize=64)
def _plan(cells: tuple[Cell, ...], areas: tuple[str, ...], folder: Path, level: str, teams: int) -> ReleasedPlan:
    """Kept, since the page and its files ask for it one by one."""
    known = [each for each in cells if each.group != NOT_RECORDED]
    shown = [each for each in known if each.denominator]
    if not shown:
        raise NotReleased("every count by deprivation of these areas is hidden, so nothing can be planned from them")
    sites = read_sites(folder / "sites.csv", folder / "reach.csv", areas)
    return ReleasedPlan(
        plan=plan_outreach(_get_need(shown, areas), sites, teams),
        titles=dict(zip(sites.sites, sites.titles, strict=True)),
        level=level,
        shown=len(shown),
        hidden=len(known) - len(shown),
        unknown=tuple(sorted({each.group for each in known} - {each.group for each in shown})),
    )


def _get_need(shown: Sequence[Cell], areas: tuple[str, ...]) -> Need:
    groups = tuple(sorted({each.group for each in shown}))
    rows, columns = ({name: place for place, name in enumerate(names)} for names in (areas, groups))
    people, reached = (np.zeros((len(areas), len(groups))) for _ in range(2))
    for each in shown:
        here = rows[each.area], columns[each.group]
        people[here], reached[here] = each.denominator or 0, each.numerator or 0
    return Need(areas=areas, groups=groups, people=people, reached=reached)


def _folder() -> Path:
    return get_deployment().folder / "outreach"


def _find_level(sight: Sight, reach_file: Path) -> str:
    """The level of the areas that sites reach. Raises NotReleased unless all are of one, above practice."""
    rows, _ = find_rows(reach_file, REACH_COLUMNS)
    known = sight.manifest.areas
    levels = {known[cells["area"]]["level"] for _, cells in rows if cells["area"] in known}
    if len(levels) != 1 or PRACTICE in levels:
        raise NotReleased("the areas that sites reach are not of one level above practice")
    return str(levels.pop())
