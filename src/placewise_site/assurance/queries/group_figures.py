"""What a release says of groups of people: who lives there, and who fares worse; hidden and not recorded stay in."""

from typing import Any

from placewise_site.assurance.rules.groups import RECORDED_AS, GroupFigure, Standing, judge_group
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight

WHOLE = "all"


def get_group_rows(sight: Sight, measure: str, area: str) -> list[dict[str, Any]]:
    """One entry a split the release holds: its groups, each with its figure and how it stands beside everybody."""
    card = sight.measure(measure)
    try:
        whole = sight.latest(measure, area).value
    except NotReleased:
        return []
    found = []
    for split in sight.splits(measure, sight.area(area)):
        if split in RECORDED_AS:
            cells = sight.groups(measure, area, split)
            groups = [_group(cell, whole, card.better) for cell in cells]
            found.append({"split": split, "title": sight.split_title(split), "groups": groups})
    return found


def get_people_rows(sight: Sight, area: str) -> dict[str, list[dict[str, Any]]]:
    """Characteristic -> its groups, with how many are registered; those nobody asked or recorded are a group too."""
    found = {}
    for split in sight.people_splits(area):
        if split in RECORDED_AS:
            found[RECORDED_AS[split]] = [
                {
                    "group": cell.group,
                    "title": cell.group_title,
                    "people": cell.people,
                    "state": cell.state,
                    "address": cell.address,
                }
                for cell in sight.people(area, split)
            ]
    return found


def _group(cell: Cell, whole: float | None, better: str) -> dict[str, Any]:
    figure = GroupFigure(group=cell.group, title=cell.group_title, value=cell.value, lower=cell.lower, upper=cell.upper)
    names = ("group", "numerator", "denominator", "value", "lower", "upper", "state", "address")
    said = {name: getattr(cell, name) for name in names}
    standing = judge_group(figure, whole, better) if cell.is_shown else Standing.NOT_KNOWN
    return said | {"title": cell.group_title, "standing": str(standing)}
