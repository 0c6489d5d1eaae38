"""Figures by where people live, once a year: rounded and protected apart from those by organisation.

A middle area is exactly the sum of its small areas, as shown too. A fifth of deprivation of the whole system is the sum
of small areas as well, but was rounded with the organisations, so the two agree as counts and not as roundings. What a
reader can work out of all this is what the attack works out: while a hidden count comes out narrower than any small
number, the area beside it that costs least is hidden too. So it is for hidden counts of organisations
(residence_beside.py).

A year stays as it was first released for good, and a new definition begins with the first year that nobody has seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import find_narrowed, get_rows
from placewise.publishing.attack.build import work_out
from placewise.publishing.attack.earlier import leave_out
from placewise.publishing.attack.relations import FIFTH
from placewise.publishing.attack.view import ABSENT, Rule, View, build_view, place_rows, with_months
from placewise.publishing.contract import HIDDEN, SHOWN, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES
from placewise.publishing.freezing import Frozen
from placewise.publishing.protection.tables import Levels, ProtectedTables, hide_rows
from placewise.publishing.residence_beside import hide_beside_organisations
from placewise.publishing.rounding.tables import round_tables

Mask = npt.NDArray[np.bool_]
Told = Mapping[str, Mapping[str, Any]]
_HIDDEN, _SHOWN = STATES.index(HIDDEN), STATES.index(SHOWN)
_MOST_TURNS = 30
"""After so many a year of whatever is still told of is hidden wholly."""


@dataclass(frozen=True, slots=True)
class ResidenceTables:
    """measures: RELEASED_MEASURE a level at a time; population: RELEASED_POPULATION; protecting: how many cells are
    hidden for the sake of others, or because no multiple beside their count was left."""

    measures: Mapping[str, list[pa.Table]]
    population: pa.Table
    protecting: int


def release_residence(
    counted: Levels,
    population: pa.Table,
    cards: Sequence[MeasureCard],
    areas: Told,
    frozen: Frozen,
    rule: DisclosureRule,
    beside: ProtectedTables,
) -> ResidenceTables:
    """counted: COUNTED_MEASURE of the levels where people live; population: COUNTED_POPULATION of these; areas: as in
    the manifest, with those where people live; beside: the tables of organisations as they will be released."""
    told = {measure: levels for measure, levels in counted.items() if levels}
    if not told and not population.num_rows:  # no small area is known, so nothing is told of where people live
        return ResidenceTables({}, beside.population.slice(0, 0), 0)
    cards = [card for card in cards if card.measure in told]
    lived_in = {code: said for code, said in areas.items() if said["level"] in RESIDENCE}
    stays = {card.measure: _freeze(frozen, card) for card in cards}
    anew = max((stays[card.measure].get_months_anew([card]) for card in cards), key=len, default=frozen.months[-1:])
    before = frozen.read_newest(anew)
    rounded = round_tables(told, population, cards, lived_in, anew, rule, outside=False, before=before)
    held = {card.measure: list(stays[card.measure].hold(card, rounded.measures[card.measure])) for card in cards}
    people = frozen.hold_people(rounded.population, cards)
    view, fixed = _build_view(held, people, cards, areas, frozen, rule, beside)
    said = Rule(rule.suppress_below, rule.round_to, adds_up=True)
    hide = _find_telling(view, fixed, said)
    if beside.view is not None:
        hide_beside_organisations(view, beside.view, fixed, hide, said)
    return ResidenceTables(
        {measure: [_apply(hide[measure], view, level) for level in levels] for measure, levels in held.items()},
        _apply(hide[PEOPLE], view, people),
        rounded.unfit + sum(int(each.sum()) for each in hide.values()),
    )


def _freeze(frozen: Frozen, card: MeasureCard) -> Frozen:
    """Years that were released stay as they stood; a new definition is hidden in these."""
    seen = tuple(sorted({month for release in frozen.seen for month in release.months}))
    withheld = () if card.measure in frozen.measures else seen
    return replace(frozen, is_revised=False, withheld=withheld)


def _build_view(
    held: Levels,
    people: pa.Table,
    cards: Sequence[MeasureCard],
    areas: Told,
    frozen: Frozen,
    rule: DisclosureRule,
    beside: ProtectedTables,
) -> tuple[View, dict[str, Mask]]:
    """What a reader has of where people live, with the fifths of the whole system; and of each table which cells stay
    as they are: the fifths, and what was released before."""
    top = next(code for code, said in areas.items() if said["level"] and not said["parent"] and "fifth" not in said)
    of = {code: said for code, said in areas.items() if said["level"] in RESIDENCE or code == top}
    tables = {
        measure: pa.concat_tables([*levels, *(_take_fifths(each, top) for each in beside.measures[measure][:1])])
        for measure, levels in held.items()
    }
    everybody = pa.concat_tables([people, _take_fifths(beside.population, top)])
    said = Rule(rule.suppress_below, rule.round_to, adds_up=True)
    view = build_view(tables, everybody, cards, of, frozen.months, said)
    of_top = np.array([area == top for area, _, _ in view.cells])[:, None]
    fixed = {table.name: np.broadcast_to(of_top, table.state.shape).copy() for table in view.tables}
    stays = replace(frozen, is_revised=False)
    for card in cards:
        fixed[card.measure] |= np.isin(view.months, stays.get_months_fixed(card.measure))[None, :]
    was = with_months(frozen.read_people_before(cards), view.months)
    cells, months = place_rows(was, view.cells, view.months)
    fixed[PEOPLE][cells[cells >= 0], months[cells >= 0]] = True
    return view, fixed


def _take_fifths(table: pa.Table, top: str) -> pa.Table:
    return table.filter(pc.and_(pc.equal(table["area"], top), pc.equal(table["split"], FIFTH)))


def _find_telling(view: View, fixed: Mapping[str, Mask], rule: Rule) -> dict[str, Mask]:
    """Of each table the cells to hide besides, until no hidden count is told of; bool[cells, months] of the view."""
    is_used = np.logical_or.reduce([(table.state != ABSENT).any(axis=0) for table in view.tables])
    unused = [month for month, used in zip(view.months, is_used, strict=True) if not used]
    hide = {table.name: np.zeros(table.state.shape, bool) for table in view.tables}
    siblings = _Siblings(view)
    for turn in range(2 * _MOST_TURNS):
        now = _hidden(view, hide)
        looked_at = leave_out(now, unused)
        lower, upper = work_out(looked_at, rule, primary_only=False)
        more = False
        for place, table in enumerate(looked_at.tables):
            narrowed = np.zeros(view.tables[place].state.shape, bool)
            for rows in get_rows(looked_at, table):
                if rows is not None:
                    narrowed[:, is_used] |= find_narrowed(
                        lower[rows], upper[rows], table.hidden, rule, sensitive=table.sensitive
                    )
            for cell, month in np.argwhere(narrowed).tolist():
                more |= siblings.hide_beside(hide, fixed, now, table.name, cell, month, wholly=turn >= _MOST_TURNS)
        if not more:
            break
    return hide


def _hidden(view: View, hide: Mapping[str, Mask]) -> View:
    tables = (
        replace(table, state=np.where(hide[table.name], _HIDDEN, table.state).astype(np.int8)) for table in view.tables
    )
    return replace(view, tables=tuple(tables))


class _Siblings:
    """The cells of a view that lie in one middle area, and it itself."""

    def __init__(self, view: View) -> None:
        at = {area: place for place, (area, _, _) in enumerate(view.cells) if area in view.homes}
        self._inside: dict[str, list[int]] = {}
        for area, place in at.items():
            self._inside.setdefault(view.homes[area].parent or area, []).append(place)
        for middle, inside in self._inside.items():
            if middle in at and at[middle] not in inside:
                inside.append(at[middle])
        self._middle = {place: view.homes[area].parent or area for area, place in at.items()}
        self._all = sorted(at.values())
        self._beside = {
            table.name: [other.name for other in view.tables if set(filter(None, other.counts)) & set(table.counts)]
            for table in view.tables
        }

    def hide_beside(
        self,
        hide: dict[str, Mask],
        fixed: Mapping[str, Mask],
        now: View,
        name: str,
        cell: int,
        month: int,
        *,
        wholly: bool,
    ) -> bool:
        """Hide what costs least beside a cell that is told of: of its middle area one that is shown, else the whole
        year; in every table that tells of the same count. Whether anything was left to hide."""
        tables = [table for table in now.tables if table.name in self._beside[name]]
        near = self._inside[self._middle[cell]] if cell in self._middle and not wholly else self._all
        for among in (near, self._all):
            shown = {
                place: min(int(table.denominator[place, month]) for table in of)
                for place in among
                if (of := [each for each in tables if self._can_hide(each, hide, fixed, place, month)])
            }
            if shown:
                chosen = list(shown) if among is self._all else [min(shown, key=lambda place: (shown[place], place))]
                for table in tables:
                    for place in chosen:
                        if self._can_hide(table, hide, fixed, place, month):
                            hide[table.name][place, month] = True
                return True
        return False

    @staticmethod
    def _can_hide(table: Any, hide: Mapping[str, Mask], fixed: Mapping[str, Mask], place: int, month: int) -> bool:
        is_shown = table.state[place, month] == _SHOWN and table.denominator[place, month] > 0
        return bool(is_shown and not fixed[table.name][place, month] and not hide[table.name][place, month])


def _apply(hide: Mask, view: View, table: pa.Table) -> pa.Table:
    cells, months = place_rows(with_months(table, view.months), view.cells, view.months)
    return hide_rows(table, (cells >= 0) & hide[cells, months])
