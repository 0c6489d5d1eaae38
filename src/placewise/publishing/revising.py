"""Another look at past months: figures made anew by schedule, and series that begin with a new definition.

Old and new figures of a month together must tell nothing. Months know nothing of one another, so each is judged by
itself: it stays as it was, and a new series begins later, where an attacker who has all looks can narrow a count that
one of them hides, and where areas are made up otherwise than they were: the difference of an area with a practice and
without it would tell of that practice alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.progress import Report, part_of, quiet
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import find_narrowed, get_rows
from placewise.publishing.attack.build import read_view, work_out
from placewise.publishing.attack.earlier import (
    Versions,
    add_earlier,
    find_months_made_up_otherwise,
    leave_out,
    leave_out_other_groups,
    relax,
)
from placewise.publishing.attack.official import Indicators, get_official_bounds
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.view import Rule, View, place_rows, with_months
from placewise.publishing.contract import SHOWN, MeasureCard, Revision
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES
from placewise.publishing.freezing import Frozen, is_in
from placewise.publishing.protection.tables import Levels, ProtectedTables, protect_tables
from placewise.publishing.release import Release


def protect_beside_earlier(
    frozen: Frozen,
    measures: Levels,
    population: pa.Table,
    cards: Sequence[MeasureCard],
    areas: Mapping[str, Mapping[str, Any]],
    rule: DisclosureRule,
    *,
    outside: bool,
    official: tuple[pa.Table, Indicators],
    report: Report = quiet,
) -> tuple[ProtectedTables, Revision]:
    """The tables as counted now, what is frozen as it stood, and more hidden until nothing tells of what is hidden.

    population: RELEASED_POPULATION; areas, outside: as in the manifest; official: RELEASED_PUBLISHED and its
    indicators. The revision is as the release tells it.
    """

    def protected(taken: Frozen, told: Report) -> ProtectedTables:
        return protect_tables(
            {card.measure: list(taken.hold(card, measures[card.measure])) for card in cards},
            taken.hold_people(population, cards),
            cards,
            areas,
            frozen.months,
            rule,
            outside=outside,
            official=official,
            find_fixed=partial(find_fixed, taken, cards),
            report=told,
        )

    begins = any(card.measure not in frozen.measures for card in cards)
    is_another_look = bool(frozen.seen) and (frozen.is_revised or begins)
    safe = protected(frozen, part_of(report, 0.0, 0.5) if is_another_look else report)
    if is_another_look and safe.view is not None:
        said = Rule(rule.suppress_below, rule.round_to, adds_up=True)
        if telling := find_months_that_tell(frozen, safe.view, cards, areas, said):
            frozen = frozen.without_another_look(telling)
            safe = protected(frozen, part_of(report, 0.5, 1.0))
    return safe, frozen.revision


def find_fixed(frozen: Frozen, cards: Sequence[MeasureCard], view: View) -> dict[str, npt.NDArray[np.bool_]]:
    """Table -> which of its cells may not be hidden any more, bool[cells, months]: people have seen them.

    All of a frozen month; of a month made anew, those shown before and now.
    """
    fixed = {table.name: np.zeros(table.state.shape, bool) for table in view.tables}
    people = with_months(frozen.read_people_before(cards), view.months)
    fixed[PEOPLE][_find_places(people, view)] = True
    for table in view.tables:
        if table.name != PEOPLE:
            fixed[table.name][:, np.isin(view.months, frozen.get_months_fixed(table.name))] = True
            if frozen.is_revised:
                before = frozen.read_before(table.name)
                at = _find_places(before.filter(pa.array(is_in(before, SHOWN))), view)
                fixed[table.name][at] |= table.state[at] == STATES.index(SHOWN)
    return fixed


def _find_places(released: pa.Table, view: View) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The cells and months of a view at which the rows of a released table stand, of those that it has."""
    cells, months = place_rows(released, view.cells, view.months)
    there = (cells >= 0) & (months >= 0) & (months < len(view.months))
    return cells[there], months[there]


def find_months_that_tell(
    frozen: Frozen, now: View, cards: Sequence[MeasureCard], areas: Mapping[str, Mapping[str, Any]], rule: Rule
) -> tuple[str, ...]:
    """The past months, YYYY-MM, in which another look would tell of a hidden count. now: as protected by itself."""
    released = {month for release in frozen.seen for month in release.months}
    moved = find_months_made_up_otherwise(areas, frozen.seen)
    new = now, {card.measure: card.version for card in cards}
    old = list(_iter_first_looks(frozen, set(now.months)))
    tell = _find_telling_months(new, old, rule)
    for look in old:
        tell |= _find_telling_months(look, [new], rule, later=True)
    return tuple(month for month in now.months if month in (tell | moved) & released)


def _iter_first_looks(frozen: Frozen, months: Collection[str]) -> Iterator[tuple[View, Versions]]:
    """What each earlier release showed of these months that no older one had: frozen months are one look for good."""
    known: set[str] = set()
    before: Release | None = None
    for release in reversed(frozen.seen):
        stands = release.manifest.release not in frozen.withdrawn
        follows = before is not None and stands and _follows(release, before)
        edition = release.manifest.deprivation_edition
        view = leave_out_other_groups(read_view(release), edition, frozen.deprivation_edition)
        again = known if follows else set()
        if new := set(months) & set(view.months) - again:
            yield leave_out(view, set(view.months) - new), _get_versions(release)
        if stands:
            before, known = release, again | set(release.months)


def _follows(release: Release, before: Release) -> bool:
    """Whether a release has the months of another as they stood there: of the same definitions, and not made anew."""
    now, then = release.manifest.revision, before.manifest.revision
    is_frozen = now is not None and then is not None and now.last == then.last
    return is_frozen and _get_versions(release) == _get_versions(before)


def _find_telling_months(
    look: tuple[View, Versions], others: Iterable[tuple[View, Versions]], rule: Rule, *, later: bool = False
) -> set[str]:
    """The months in which a count that one look hides can be narrowed with the others."""
    view, versions = look
    known, _ = add_earlier(view, versions, others)
    lower, upper = work_out(known, rule, primary_only=False)
    relax(lower, upper, view, known, later=later)
    tells = np.zeros(len(view.months), bool)
    told = get_official_bounds(known, find_relations(known))
    for table in view.tables:
        for rows in get_rows(view, table):
            if rows is not None:
                bounds, official = (lower[rows], upper[rows]), (told[0][rows], told[1][rows])
                narrowed = find_narrowed(*bounds, table.hidden, rule, sensitive=table.sensitive, official=official)
                tells |= narrowed.any(axis=0)
    return {month for month, does in zip(view.months, tells, strict=True) if does}


def _get_versions(release: Release) -> Versions:
    return {card.measure: card.version for card in release.manifest.measures}
