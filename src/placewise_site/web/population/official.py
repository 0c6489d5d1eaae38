"""The official figures beside our own: what publishers say of the same area, each with its edition and period."""

from dataclasses import dataclass
from typing import Any

from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.wording import amount_words, count_words
from placewise_site.web.sources.published import why_missing


@dataclass(frozen=True, slots=True)
class OfficialRow:
    group: str
    value: str
    counts: str  # 531,565 of 2,396,517, where the figure is a share
    address: str


@dataclass(frozen=True, slots=True)
class OfficialFigure:
    """One published indicator of an area at its latest period."""

    indicator: str
    title: str
    note: str
    period: str
    source: str
    rows: tuple[OfficialRow, ...]


def official_figures(sight: Sight, area: str) -> list[OfficialFigure]:
    """What is published of the people of an area: the indicators of which neither higher nor lower is better."""
    titles = {each["source"]: each["title"] for each in sight.manifest.sources if "source" in each}
    figures = []
    for indicator, said in sight.indicators().items():
        rows = sight.published(indicator, area=area).to_pylist() if said["better"] == "neither" else []
        if not rows:
            continue
        period = max(row["period"] for row in rows)
        latest = sorted((row for row in rows if row["period"] == period), key=lambda row: _place(sight, row))
        source = titles.get(latest[0]["source"], latest[0]["source"])
        shown = tuple(_row(sight, row) for row in latest)
        figures.append(OfficialFigure(indicator, said["title"], said["note"], period, source, shown))
    return figures


def _place(sight: Sight, row: dict[str, Any]) -> tuple[str, int, int]:
    """Where a row stands: by split, then numbers by their size and words in the order of the release."""
    split, group = row["split"], row["group"]
    if group.isdigit():
        return split, 0, int(group)
    order = [each["group"] for each in sight.manifest.splits.get(split, {}).get("groups", ())]
    return split, 1, order.index(group) if group in order else len(order)


def _row(sight: Sight, row: dict[str, Any]) -> OfficialRow:
    split, group, unit = str(row["split"]), str(row["group"]), str(row["unit"])
    value, numerator, denominator = (_number(row[key]) for key in ("value", "numerator", "denominator"))
    words = amount_words(value, unit) if value is not None else why_missing(row)
    counts = (
        f"{count_words(numerator)} of {count_words(denominator)}"
        if numerator is not None and denominator is not None
        else ""
    )
    title = "Everyone" if split == "all" else sight.group_title(split, group)
    if title.isdigit():
        title = f"{sight.split_title(split).split(' (')[0]} {title}"
    return OfficialRow(title, words, counts, sight.published_address(row))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
