"""Observations -> official figures: the publishers' own counts, added up to this system's areas.

Official statistics are shown as their publisher released them. A figure that joins small areas to something else we
know of them (deprivation, rural or urban, council data) is our own table, so the deployment's disclosure rule applies:
a cell is hidden where its numerator, denominator or their difference is 1 to 7. What is no official statistic is
rounded too.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.progress import Report, quiet
from placewise.floor.statistics.change import get_paired_change
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.measures.contract import ALL
from placewise.publishing.added_up import AddedUp
from placewise.publishing.contract import RELEASED_PUBLISHED, SHOWN
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose
from placewise.publishing.figures import Comparison, Figure, Indicator, OfficialFigures, Side, Split, Unplaced
from placewise.publishing.life_tables import build_life_table


def build_official_figures(
    observations: Path,
    figures: OfficialFigures,
    hierarchy: Hierarchy,
    rule: DisclosureRule,
    *,
    progress: Report = quiet,
) -> pa.Table:
    """RELEASED_PUBLISHED from the folder of one load of observations, figure by figure in their order.

    A figure of a file that is still awaited has no rows. figure_checks.py says what must hold of the table. Raises
    FaultsFound where a figure joins counts on one edition of small areas by a lookup on another.
    """
    tables = [RELEASED_PUBLISHED.empty_table()]
    with AddedUp(observations, hierarchy, figures.groupings, figures.listed) as book:
        for done, (name, figure) in enumerate(figures.figures.items()):
            progress(f"adding up {figure.title}", done / len(figures.indicators))
            tables += _iter_figure(book, name, figure, rule)
        for name, life_table in figures.life_tables.items():
            tables.append(build_life_table(book, name, life_table))
        for name, unplaced in figures.unplaced.items():
            tables += _iter_unplaced(book, name, unplaced)
    so_far = pa.concat_tables(tables)
    for name, comparison in figures.comparisons.items():
        source = figures.figures[comparison.excess_of.figure].source
        tables.append(_compare(name, comparison, so_far, source))
    progress("official figures are added up", 1.0)
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()


def _iter_figure(book: AddedUp, name: str, figure: Figure, rule: DisclosureRule) -> Iterator[pa.Table]:
    for kind in figure.areas:
        for split, said in figure.splits.items():
            for period, lookup in figure.lookups.items():
                rows = _disclose(book.add(figure, lookup, period, kind, split), figure, said, rule)
                yield _released(book.names, name, figure, figure.source, kind, rows, split)


def _iter_unplaced(book: AddedUp, name: str, unplaced: Unplaced) -> Iterator[pa.Table]:
    for kind in unplaced.areas:
        rows = book.find_unplaced(unplaced, kind)
        words = {"period": unplaced.period, "group": ALL}
        for column, word in words.items():
            rows = rows.append_column(column, pa.repeat(word, len(rows)))
        rows = rows.append_column("denominator", pa.nulls(len(rows), pa.float64()))
        yield _released(book.names, name, unplaced, unplaced.source, kind, rows, ALL)


def _compare(name: str, comparison: Comparison, so_far: pa.Table, source: str) -> pa.Table:
    """By area: what one count exceeds the other by, over the other. An area that either lacks has no row."""
    more, less = (_find_side(so_far, side, comparison.areas) for side in (comparison.excess_of, comparison.over))
    rows = []
    for key in [key for key in more if key in less]:
        after, before = (np.array([row["numerator"] for row in side[key]], np.float64) for side in (more, less))
        over = before.sum()
        row = {
            **more[key][0],
            "indicator": name,
            "period": comparison.excess_of.words,
            "numerator": after.sum() - over,
            "denominator": over,
            "value": (after.sum() - over) / over,
            "unit": comparison.unit,
            "source": source,
        }
        if comparison.over.months:
            days = _get_days(comparison.excess_of.months) / _get_days(comparison.over.months)
            change = get_paired_change(after, before, days=days)
            row |= {"value": change.value[0], "lower": change.lower[0], "upper": change.upper[0]}
        rows.append(row)
    return pa.Table.from_pylist(rows, RELEASED_PUBLISHED)


def _find_side(so_far: pa.Table, side: Side, areas: Sequence[str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Kind and code of each area -> its rows in the order of the periods; only areas that have a count in each."""
    periods = side.months or [side.period]
    wanted = {
        "indicator": [side.figure], "period": periods, "split": [side.split], "group": [side.group], "area_kind": areas
    }  # fmt: skip
    for column, words in wanted.items():
        so_far = so_far.filter(pc.is_in(so_far[column].cast(pa.string()), value_set=pa.array(words, pa.string())))
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in sorted(so_far.to_pylist(), key=lambda row: periods.index(row["period"])):
        if row["numerator"] is not None:
            found.setdefault((row["area_kind"], row["area"]), []).append(row)
    return {area: rows for area, rows in found.items() if len(rows) == len(periods)}


def _get_days(months: Sequence[str]) -> npt.NDArray[np.float64]:
    first = np.array(months, dtype="datetime64[M]")
    return ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.float64)


def _disclose(rows: pa.Table, figure: Figure, split: Split, rule: DisclosureRule) -> pa.Table:
    if figure.official and not split.by:
        return rows
    numerator = rows["numerator"].fill_null(0).to_numpy().round().astype(np.int64)
    counted = figure.shown_as != "count"
    denominator = rows["denominator"].fill_null(0).to_numpy().round().astype(np.int64) if counted else numerator
    reported = rows["numerator"].is_valid().to_numpy()
    seen = disclose(numerator, denominator, reported, rule)
    hidden = seen.state != STATES.index(SHOWN)
    exact = figure.official
    columns = {"numerator": numerator if exact else seen.numerator}
    if counted:
        columns["denominator"] = denominator if exact else seen.denominator
    for name, counts in columns.items():
        rows = rows.set_column(rows.column_names.index(name), name, pa.array(counts.astype(np.float64), mask=hidden))
    return rows


def _released(
    names: Mapping[tuple[str, str], str],
    indicator: str,
    said: Indicator,
    source: str,
    kind: str,
    rows: pa.Table,
    split: str,
) -> pa.Table:
    """Rows of area, period, group, numerator and denominator as RELEASED_PUBLISHED."""
    numerator, denominator = (rows[name].cast(pa.float64()) for name in ("numerator", "denominator"))
    some = pc.if_else(pc.equal(denominator, 0), None, denominator)  # nobody: no proportion
    areas = rows["area"].to_pylist()
    columns = {
        "indicator": indicator,
        "area": rows["area"],
        "area_name": pa.array([names.get((kind, area), area) for area in areas], pa.string()),
        "area_kind": kind,
        "period": rows["period"],
        "split": split,
        "group": rows["group"],
        "numerator": numerator,
        "denominator": denominator,
        "lower": pa.nulls(len(rows), pa.float64()),
        "upper": pa.nulls(len(rows), pa.float64()),
        "value": numerator if said.unit != "proportion" else pc.divide(numerator, some),
        "unit": said.unit,
        "source": source,
    }
    arrays = [
        pa.repeat(column, len(rows)) if isinstance(column, str) else column
        for column in (columns[name] for name in RELEASED_PUBLISHED.names)
    ]
    return pa.table(arrays, names=RELEASED_PUBLISHED.names).cast(RELEASED_PUBLISHED)
