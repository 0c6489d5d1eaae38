"""The published figures of a programme that stand beside those of every body of our kind: as a whole, and by group."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from placewise_site.evidence.sight import SeriesCard, Sight
from placewise_site.web.figures.counterpart_groups import counterpart_groups_figure
from placewise_site.web.figures.counterparts import NOT_PUBLISHED, counterparts_figure, with_completeness
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.points import NotDrawn, Point, Subject
from placewise_site.web.sources.published import as_published_words, why_missing
from placewise_site.web.sources.series import ALL, series_scale

Rows = Mapping[str, dict[str, Any]]
"""The rows of RELEASED_PUBLISHED for one period and group, by area."""

ASKED_BY = {"deprivation_fifth": "deprivation", "sex": "sex"}
"""Splits by which everybody asks how fair a figure is: it is said where there are none."""


def iter_counterparts(sight: Sight, card: SeriesCard) -> Iterator[Figure]:
    """The newest period of a figure whose counterparts the deployment lists; none where ours is not published."""
    said = sight.manifest.indicators.get(card.slug, {})
    if listed := said.get("counterparts"):
        try:
            yield from _iter_figures(sight, card, said, listed)
        except NotDrawn:
            return


def _iter_figures(sight: Sight, card: SeriesCard, said: dict[str, Any], listed: dict[str, Any]) -> Iterator[Figure]:
    rows = sight.published(card.slug, area_kind=listed["kind"]).to_pylist()
    if not rows:
        return
    period = max(row["period"] for row in rows)
    groups = _by_group([row for row in rows if row["period"] == period])
    subject = Subject(
        title=card.title,
        where=listed["where"],
        scale=series_scale(said),
        better=said["better"],
        notes=(*_not_published(sight, groups), card.note),
        counts=as_published_words(sight),
    )
    asked = {"compared": listed["title"], "own": listed["ours"], "period": period}
    points = _points(sight, listed, groups.get((ALL, ALL), {}))
    figure = counterparts_figure(subject, points, key=card.slug, **asked)
    if known := said.get("completeness"):
        beside = sight.published(known, area_kind=listed["kind"], period=period, split=ALL).to_pylist()
        of_all = _points(sight, listed, {row["area"]: row for row in beside})
        title = sight.manifest.indicators[known]["title"]
        figure = with_completeness(figure, title, {each.name: each for each in of_all}, listed["names"][listed["ours"]])
    yield replace(figure, caption=f"{figure.caption} {_list_words(listed)}")
    for split in sorted({split for split, _ in groups} - {ALL}):
        by_group = [
            (sight.group_title(split, group), _points(sight, listed, groups[split, group]))
            for group in _in_order(sight, split, [group for of, group in groups if of == split])
        ]
        key = f"{card.slug}-{split}"
        yield counterpart_groups_figure(subject, by_group, key=key, split=sight.split_title(split), **asked)


def _by_group(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    """Split and group -> area -> its row."""
    found: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["split"], row["group"]), {})[row["area"]] = row
    return found


def _in_order(sight: Sight, split: str, groups: list[str]) -> list[str]:
    order = [each["group"] for each in sight.manifest.splits.get(split, {}).get("groups", ())]
    return sorted(groups, key=lambda group: (order.index(group) if group in order else len(order), group))


def _not_published(sight: Sight, groups: Mapping[tuple[str, str], Any]) -> tuple[str, ...]:
    """A sentence of what nothing is published by."""
    splits = {split for split, _ in groups}
    missing = [words for split, words in ASKED_BY.items() if split not in splits]
    return (f"By {' or by '.join(missing)} it is not published.",) if missing else ()


def _points(sight: Sight, listed: dict[str, Any], rows: Rows) -> list[Point]:
    """Every body of the list, by name, whether anything is published of it or not."""
    points = []
    for code, name in sorted(listed["names"].items(), key=lambda each: each[1]):
        row = rows.get(code)
        if row is None or row["value"] is None:
            points.append(Point(name=name, value=None, missing=why_missing(row) if row else NOT_PUBLISHED, code=code))
            continue
        points.append(
            Point(
                name=name,
                value=row["value"],
                numerator=row["numerator"],
                denominator=row["denominator"],
                code=code,
                address=sight.published_address(row),
            )
        )
    return points


def _list_words(listed: dict[str, Any]) -> str:
    return f"{len(listed['names'])} as listed by {listed['source']} in {listed['as_of']}."
