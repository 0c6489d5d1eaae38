"""Verdicts on ambitions for a release: what measures and series tell of them, exactly and as it may be seen."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.checking import Check
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.gaps.ambitions.build import Readers
from placewise.gaps.ambitions.contract import AmbitionCard, Scale, StatementCard
from placewise.gaps.ambitions.reading import SEPARATOR, Read, Reading
from placewise.measures.contract import ALL
from placewise.measures.cube import Cube
from placewise.measures.rollup import get_cells, roll_up
from placewise.publishing.ambition_readings import get_range, join
from placewise.publishing.contract import SHOWN, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.series import get_shown

SHARES = Scale(per=100, decimals=1, unit="%")
Released = Callable[[str], pa.Table | None]
"""A measure's RELEASED_MEASURE; None where the release has no such measure."""


@dataclass(frozen=True, slots=True)
class Promises:
    """The ambitions, judged, and the vision, traced; checks: what was held of them."""

    ambitions: tuple[AmbitionCard, ...]
    vision: tuple[StatementCard, ...]
    checks: tuple[Check, ...]


def get_readers(
    series: Mapping[str, Reading],
    official: Mapping[str, bool],
    cube: Cube | None,
    cards: Sequence[MeasureCard],
    hierarchy: Hierarchy,
    rule: DisclosureRule,
    released: Released,
) -> Readers:
    """official: of each series whether its publisher released the counts, which then stand as they are; released: what
    may be seen of a measure is what the release shows of it, which past months keep however often they are counted."""
    measures = {card.measure: card for card in cards}

    def read(name: str, areas: Collection[str] = ()) -> Reading | None:
        if name in series:
            return series[name].within(areas) if areas else series[name]
        if cube is not None and name in measures and name in cube.measures:
            return _read_measure(cube, measures[name], hierarchy)
        return None

    def show(name: str, areas: Collection[str] = ()) -> Reading | None:
        reading = read(name, areas)
        if reading is None or official.get(name, False):
            return reading
        if name in series:
            return None if _is_in_bands(reading) else get_shown(reading, rule)
        table = released(name)
        return None if table is None else _get_released(reading, table, hierarchy)

    def read_as(ends: tuple[int, ...], baseline: str, name: str, areas: Collection[str] = ()) -> Reading | None:
        exact = read(name, areas)
        if exact is None or official.get(name, False):
            return exact
        ranges = get_range(exact, show(name, areas), rule)
        return join(ranges[ends[0]], ranges[ends[1]], baseline)

    def find_readings(baseline: str) -> tuple[Read, ...]:
        return tuple(partial(read_as, ends, baseline) for ends in product((0, 1), repeat=2))

    return Readers(exact=read, shown=show, find_readings=find_readings)


def _is_in_bands(reading: Reading) -> bool:
    """Counts by age: rounded, and without the small ones, no life expectancy or standardised rate comes of them."""
    return any(SEPARATOR in group for group in reading.groups)


def _read_measure(cube: Cube, card: MeasureCard, hierarchy: Hierarchy) -> Reading | None:
    """A measure that counts something of something, in the whole system, month by month; its newest are left out where
    they are not settled."""
    if card.statistic not in ("proportion", "rate"):
        return None
    cells = roll_up(get_cells(cube.read(card.measure), cube.units(), [ALL]), hierarchy, hierarchy.levels[0])
    known = cells.reported[0] & (cells.denominator[0] > 0)
    number, of = (np.where(known, each[0], np.nan).astype(np.float64) for each in (cells.numerator, cells.denominator))
    months = tuple(f"{end:%Y-%m}" for end in cube.window.month_ends)
    reading = Reading(
        name=card.measure,
        title=card.title,
        kind="share" if card.statistic == "proportion" else "rate",
        better=card.better,
        scale=SHARES
        if card.statistic == "proportion"
        else Scale(per=card.per, decimals=card.decimals, unit=f"per {card.per:,}"),
        groups=(ALL,),
        periods=months,
        number=number,
        of=of,
        source="The records of this release",
        has_seasons=True,
    )
    settled = len(months) - card.settles_after
    return replace(reading, periods=months[:settled], number=number[:, :settled], of=of[:, :settled])


def _get_released(exact: Reading, table: pa.Table, hierarchy: Hierarchy) -> Reading:
    """The counts of the whole system as a release shows them, NaN where it hides them, in the months of the reading."""
    wanted = {"area": hierarchy.top.code, "split": ALL, "group": ALL, "state": SHOWN}
    for column, word in wanted.items():
        table = table.filter(pc.equal(table[column].cast(pa.string()), word))
    number, of = (np.full(exact.number.shape, np.nan) for _ in range(2))
    for row in table.select(["month", "numerator", "denominator"]).to_pylist():
        month = f"{row['month']:%Y-%m}"
        if month in exact.periods:
            place = exact.periods.index(month)
            number[0, place], of[0, place] = row["numerator"], row["denominator"]
    return replace(exact, number=number, of=of)


def mark_changed_areas(
    cards: Iterable[AmbitionCard], earlier: Iterable[Sequence[AmbitionCard]]
) -> tuple[AmbitionCard, ...]:
    """A list of target areas that was another one in an earlier release, under the same version, is marked."""
    known: dict[tuple[str, str, str], set[str]] = {}
    for each in (card for cards_then in earlier for card in cards_then):
        for target in each.targets:
            if target.areas:
                known.setdefault((each.ambition, target.says, target.areas.version), set()).add(target.areas.digest)

    def mark(card: AmbitionCard) -> AmbitionCard:
        targets = []
        for target in card.targets:
            areas = target.areas
            if areas and known.get((card.ambition, target.says, areas.version), {areas.digest}) != {areas.digest}:
                areas = areas.model_copy(update={"changed": True})
            targets.append(target.model_copy(update={"areas": areas}))
        return card.model_copy(update={"targets": tuple(targets)})

    return tuple(map(mark, cards))


def get_ambitions(rows: Iterable[Mapping[str, Any]]) -> tuple[AmbitionCard, ...]:
    """As a release holds them."""
    return tuple(AmbitionCard.model_validate(row) for row in rows)


def get_statements(rows: Iterable[Mapping[str, Any]]) -> tuple[StatementCard, ...]:
    return tuple(StatementCard.model_validate(row) for row in rows)
