"""A figure that we recompute, group by group, beside the same as its publisher worked it out."""

from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.agreement import Pair, agreement
from placewise_site.web.figures.figure import Figure

KEY = "agreement"


def is_recomputed(sight: Sight, indicator: str) -> bool:
    return bool(sight.manifest.indicators[indicator].get("beside"))


def recomputed_groups(sight: Sight, indicator: str) -> tuple[str, dict[str, str]]:
    """The title of the split, and group -> its title, in the order of the release."""
    pairs = {(row["split"], row["group"]) for row in sight.published(indicator).to_pylist()}
    split = next(iter(pairs))[0]
    order = [each["group"] for each in sight.manifest.splits.get(split, {}).get("groups", ())]
    groups = sorted(
        (group for _, group in pairs), key=lambda group: (order.index(group) if group in order else 0, group)
    )
    return sight.split_title(split), {group: sight.group_title(split, group) for group in groups}


def recomputed_beside_published(sight: Sight, indicator: str, group: str) -> Figure:
    """Raises NotReleased for a group that is none."""
    said = sight.manifest.indicators[indicator]
    rows = [row for row in sight.published(indicator, group=group).to_pylist() if row["value"] is not None]
    if not rows:
        raise NotReleased(f"nothing is published of {indicator} for {group}")
    beside = {
        (row["area"], row["period"]): row
        for row in sight.published(said["beside"], group=group).to_pylist()
        if row["value"] is not None
    }
    pairs = []
    for row in sorted(rows, key=lambda row: row["period"]):
        other = beside.get((row["area"], row["period"]))
        pairs.append(
            Pair(
                period=row["period"],
                ours=row["value"],
                lower=row.get("lower"),
                upper=row.get("upper"),
                published=other["value"] if other else None,
                address=sight.published_address(row),
                published_address=sight.published_address(other) if other else "",
            )
        )
    where = f"{rows[0]['area_name']}, {sight.group_title(rows[0]['split'], group).lower()}"
    return agreement(KEY, said["title"], where, said["unit"], pairs)
